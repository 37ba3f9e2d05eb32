"""Rows of mentees against all mentors at once; each method is the twin of a function in criteria.py or rules.py."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .criteria import (
    DAY_MIN,
    NEUTRAL,
    measure_offset,
    scale,
    score_gap,
    score_interests,
    score_offset,
    score_slots,
)
from .encode import Encoded, Flags, Ints, Tags
from .model import SLOTS_PER_WEEK, Settings
from .validation import MAX_MONTHS

Grid = NDArray[np.int16]


class Grids:
    """Scores are int16 and looked up in tables that the scalar functions filled. `move_to` chooses the rows."""

    def __init__(self, encoded: Encoded, settings: Settings) -> None:
        self.mentees, self.mentors = encoded.mentees, encoded.mentors
        self.gender_score, self.gender_broken, self.settings = encoded.gender_score, encoded.gender_broken, settings
        gaps = range(-MAX_MONTHS, MAX_MONTHS + 1)
        self.by_gap = np.array([score_gap(gap, settings) for gap in gaps], dtype=np.int16)
        self.by_offset = np.array([score_offset(measure_offset(minute, 0)) for minute in range(DAY_MIN)], np.int16)
        self.by_slots = np.array([score_slots(slots) for slots in range(SLOTS_PER_WEEK + 1)], dtype=np.int16)
        wanted = range(int(self.mentees.goals.count.max()) + 1)
        self.by_goals = np.array([[scale(min(s, w), w) if w else NEUTRAL for s in wanted] for w in wanted], np.int16)
        interests = range(int(self.mentees.interests.count.max()) + 1)
        self.by_interests = np.array([score_interests(shared) for shared in interests], dtype=np.int16)
        self.graders: Mapping[str, Callable[[], Grid]] = {
            "goals": self._grade_goals,
            "seniority_gap": self._grade_seniority_gap,
            "function": self._grade_function,
            "time_zone": self._grade_time_zone,
            "language": self._grade_language,
            "region": self._grade_region,
            "gender_preference": self._grade_gender_preference,
            "availability": self._grade_availability,
            "interests": self._grade_interests,
        }
        self.move_to(slice(0, 0))

    def move_to(self, rows: slice) -> None:
        """What several rules and criteria need is computed here, once for the rows."""
        self.rows = rows
        self.slots = self._count_shared(self.mentees.slots, self.mentors.slots)
        self.slots_stated = self._both_stated(self.mentees.slots, self.mentors.slots)
        self.share_language = self._count_shared(self.mentees.languages, self.mentors.languages) > 0
        self.gap_known = self.mentees.months_known[rows, None] & self.mentors.months_known
        self.gap = np.where(self.gap_known, self.mentors.months - self.mentees.months[rows, None], 0)

    def exclude(self) -> dict[str, Flags]:
        """The pairs that each dense rule in force excludes."""
        mentees, mentors, rows, settings = self.mentees, self.mentors, self.rows, self.settings
        excluded = {
            "gender_strict": self.gender_broken[mentees.wish[rows, None], mentors.wish],
            "minor": mentees.minor[rows, None] != mentors.minor,
            "language": ~self.share_language,
            "employer": self._is_same(mentees.employer, mentors.employer),
            "seniority_gap": self.gap_known & (self.gap < settings.min_gap_months),
            "overlap": self.slots_stated & (self.slots < settings.min_overlap_slots),
        }
        always = ("gender_strict", "minor")
        return {rule: pairs for rule, pairs in excluded.items() if rule in always or rule in settings.hard}

    def grade(self, criterion: str) -> Grid:
        return self.graders[criterion]()

    def _grade_goals(self) -> Grid:
        shared = self._count_shared(self.mentees.goals, self.mentors.goals)
        score = self.by_goals[self.mentees.goals.count[self.rows, None], shared]
        return _neutral_unless(self._both_stated(self.mentees.goals, self.mentors.goals), score)

    def _grade_seniority_gap(self) -> Grid:
        return _neutral_unless(self.gap_known, self.by_gap[self.gap + MAX_MONTHS])

    def _grade_function(self) -> Grid:
        mentees, mentors = self.mentees, self.mentors
        return self._grade_likeness((mentees.function, mentors.function), (mentees.area, mentors.area))

    def _grade_time_zone(self) -> Grid:
        known = self.mentees.offset_known[self.rows, None] & self.mentors.offset_known
        difference = (self.mentees.offset[self.rows, None] - self.mentors.offset) % DAY_MIN
        return _neutral_unless(known, self.by_offset[difference])

    def _grade_language(self) -> Grid:
        mentees, mentors, rows = self.mentees, self.mentors, self.rows
        score = np.where(self.share_language, np.int16(60), np.int16(0))
        # -1, no preference, picks the last column, which nobody speaks
        mentor_speaks = mentors.speaks.T[mentees.preferred_language[rows]]
        mentee_speaks = mentees.speaks[rows][:, mentors.preferred_language]
        score[mentor_speaks | mentee_speaks] = 80
        score[self._is_same(mentees.preferred_language, mentors.preferred_language)] = 100
        return _neutral_unless(self._both_stated(mentees.languages, mentors.languages), score)

    def _grade_region(self) -> Grid:
        mentees, mentors = self.mentees, self.mentors
        return self._grade_likeness((mentees.country, mentors.country), (mentees.region, mentors.region))

    def _grade_gender_preference(self) -> Grid:
        return self.gender_score[self.mentees.wish[self.rows, None], self.mentors.wish]

    def _grade_availability(self) -> Grid:
        return _neutral_unless(self.slots_stated, self.by_slots[self.slots])

    def _grade_interests(self) -> Grid:
        mentees, mentors = self.mentees.interests, self.mentors.interests
        return _neutral_unless(
            self._both_stated(mentees, mentors), self.by_interests[self._count_shared(mentees, mentors)]
        )

    def _grade_likeness(self, exact: tuple[Ints, Ints], wider: tuple[Ints, Ints]) -> Grid:
        score = np.where(self._is_same(*wider), np.int16(60), np.int16(0))
        score[self._is_same(*exact)] = 100
        return _neutral_unless((exact[0][self.rows, None] >= 0) & (exact[1] >= 0), score)

    def _count_shared(self, mentees: Tags, mentors: Tags) -> Ints:
        one = mentees.bits[self.rows]
        shared = np.zeros((len(one), len(mentors.bits)), dtype=np.int32)
        for word in range(one.shape[1]):
            shared += np.bitwise_count(one[:, word, None] & mentors.bits[:, word])
        return shared

    def _both_stated(self, mentees: Tags, mentors: Tags) -> Flags:
        return (mentees.count[self.rows, None] > 0) & (mentors.count > 0)

    def _is_same(self, mentees: Ints, mentors: Ints) -> Flags:
        same: Flags = (mentees[self.rows, None] == mentors) & (mentors >= 0)
        return same


def _neutral_unless(known: Flags, score: Grid) -> Grid:
    return np.where(known, score, np.int16(NEUTRAL))
