"""Some mentees against all mentors at once; each method is the twin of a function in criteria.py or rules.py.

`rows` are positions of mentees. Scores are int16 and looked up in tables that the scalar functions filled.
"""

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
from .encode import Columns, Encoded, Flags, Ints, Tags
from .model import SLOTS_PER_WEEK, Settings
from .validation import MAX_MONTHS

Grid = NDArray[np.int16]
Counts = NDArray[np.uint16]
Rows = NDArray[np.intp]


class Grids:
    def __init__(self, encoded: Encoded, settings: Settings) -> None:
        self.mentees, self.mentors = encoded.mentees, encoded.mentors
        self.gender_score, self.gender_broken, self.settings = encoded.gender_score, encoded.gender_broken, settings
        gaps = range(-MAX_MONTHS, MAX_MONTHS + 1)
        self.by_gap = np.array([score_gap(gap, settings) for gap in gaps], dtype=np.int16)
        self.by_offset = np.array([score_offset(measure_offset(minute, 0)) for minute in range(DAY_MIN)], np.int16)
        self.by_slots = np.array([score_slots(slots) for slots in range(SLOTS_PER_WEEK + 1)], dtype=np.int16)
        wanted = range(_most(self.mentees.goals) + 1)
        self.by_goals = np.array([[scale(min(s, w), w) if w else NEUTRAL for s in wanted] for w in wanted], np.int16)
        interests = range(_most(self.mentees.interests) + 1)
        self.by_interests = np.array([score_interests(shared) for shared in interests], dtype=np.int16)
        self.words = {name: _turn_bits(getattr(self.mentors, name)) for name in _TAGS}
        self.graders: Mapping[str, Callable[[Rows], Grid]] = {
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
        self.excluders: Mapping[str, Callable[[Rows], Flags]] = {
            "gender_strict": lambda rows: self.gender_broken[self.mentees.wish[rows, None], self.mentors.wish],
            "minor": lambda rows: self.mentees.minor[rows, None] != self.mentors.minor,
            "language": lambda rows: self._count_shared("languages", rows) == 0,
            "employer": lambda rows: _is_same(self.mentees.employer[rows], self.mentors.employer),
            "seniority_gap": self._is_gap_too_small,
            "overlap": self._is_overlap_too_small,
        }

    def grade(self, criterion: str, rows: Rows) -> Grid:
        return self.graders[criterion](rows)

    def exclude(self, rule: str, rows: Rows) -> Flags:
        return self.excluders[rule](rows)

    def _grade_goals(self, rows: Rows) -> Grid:
        score = self.by_goals[self.mentees.goals.count[rows, None], self._count_shared("goals", rows)]
        return self._neutral_unless("goals", rows, score)

    def _grade_seniority_gap(self, rows: Rows) -> Grid:
        known, gap = self._measure_gap(rows)
        return np.where(known, self.by_gap[gap + MAX_MONTHS], np.int16(NEUTRAL))

    def _is_gap_too_small(self, rows: Rows) -> Flags:
        known, gap = self._measure_gap(rows)
        return known & (gap < self.settings.min_gap_months)

    def _measure_gap(self, rows: Rows) -> tuple[Flags, Ints]:
        known = self.mentees.months_known[rows, None] & self.mentors.months_known
        return known, np.where(known, self.mentors.months - self.mentees.months[rows, None], 0)

    def _grade_function(self, rows: Rows) -> Grid:
        return self._grade_likeness(rows, lambda side: side.function, lambda side: side.area)

    def _grade_region(self, rows: Rows) -> Grid:
        return self._grade_likeness(rows, lambda side: side.country, lambda side: side.region)

    def _grade_likeness(self, rows: Rows, exact: Callable[[Columns], Ints], wider: Callable[[Columns], Ints]) -> Grid:
        one, other = exact(self.mentees)[rows], exact(self.mentors)
        score = np.where(_is_same(wider(self.mentees)[rows], wider(self.mentors)), np.int16(60), np.int16(0))
        score[_is_same(one, other)] = 100
        return np.where((one[:, None] >= 0) & (other >= 0), score, np.int16(NEUTRAL))

    def _grade_time_zone(self, rows: Rows) -> Grid:
        known = self.mentees.offset_known[rows, None] & self.mentors.offset_known
        difference = (self.mentees.offset[rows, None] - self.mentors.offset) % DAY_MIN
        return np.where(known, self.by_offset[difference], np.int16(NEUTRAL))

    def _grade_language(self, rows: Rows) -> Grid:
        mentees, mentors = self.mentees, self.mentors
        score = np.where(self._count_shared("languages", rows) > 0, np.int16(60), np.int16(0))
        # -1, no preference, picks the last column, which nobody speaks
        mentor_speaks = mentors.speaks.T[mentees.preferred_language[rows]]
        mentee_speaks = mentees.speaks[rows][:, mentors.preferred_language]
        score[mentor_speaks | mentee_speaks] = 80
        score[_is_same(mentees.preferred_language[rows], mentors.preferred_language)] = 100
        return self._neutral_unless("languages", rows, score)

    def _grade_gender_preference(self, rows: Rows) -> Grid:
        return self.gender_score[self.mentees.wish[rows, None], self.mentors.wish]

    def _grade_availability(self, rows: Rows) -> Grid:
        return self._neutral_unless("slots", rows, _look_up(self.by_slots, self._count_shared("slots", rows)))

    def _is_overlap_too_small(self, rows: Rows) -> Flags:
        stated = (self.mentees.slots.count[rows, None] > 0) & (self.mentors.slots.count > 0)
        return stated & (self._count_shared("slots", rows) < self.settings.min_overlap_slots)

    def _grade_interests(self, rows: Rows) -> Grid:
        shared = self._count_shared("interests", rows)
        return self._neutral_unless("interests", rows, _look_up(self.by_interests, shared))

    def _count_shared(self, name: str, rows: Rows) -> Counts:
        bits = getattr(self.mentees, name).bits[rows]
        shared = np.zeros((len(rows), len(self.mentors.wish)), dtype=np.uint16)
        for word, others in enumerate(self.words[name]):
            shared += np.bitwise_count(bits[:, word, None] & others)
        return shared

    def _neutral_unless(self, name: str, rows: Rows, score: Grid) -> Grid:
        """In place: neutral where one of the two stated nothing."""
        score[getattr(self.mentees, name).count[rows] == 0] = NEUTRAL
        score[:, getattr(self.mentors, name).count == 0] = NEUTRAL
        return score


_TAGS = ("goals", "interests", "slots", "languages")


def _most(tags: Tags) -> int:
    return int(tags.count.max(initial=0))


def _turn_bits(tags: Tags) -> NDArray[np.uint64]:
    """words x people, so that one word of everybody lies together"""
    return np.ascontiguousarray(tags.bits.T)


def _look_up(table: Grid, places: Counts) -> Grid:
    # every place is inside the table: clipping is only the quickest way to read it
    return np.take(table, places, mode="clip")


def _is_same(mentees: Ints, mentors: Ints) -> Flags:
    same: Flags = (mentees[:, None] == mentors) & (mentors >= 0)
    return same
