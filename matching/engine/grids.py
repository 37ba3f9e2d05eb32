"""Some mentees against all mentors at once; each method is the twin of a function in criteria.py or rules.py.

`rows` are positions of mentees. Scores are int16 and looked up in tables that the scalar functions filled.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .criteria import measure_offset, score_gap, score_interests, score_minutes, score_offset
from .encode import Columns, Encoded, Flags, FreeTimes, Ints, Tags
from .grade import NEUTRAL, scale
from .model import SLOTS_PER_WEEK, Settings
from .own_criteria import score_overlap
from .rosters import DAY_MIN, DAYS, SLOT_MIN
from .validation import MAX_MONTHS

Grid = NDArray[np.int16]
Counts = NDArray[np.uint16]
Rows = NDArray[np.intp]


class Grids:
    def __init__(self, encoded: Encoded, settings: Settings) -> None:
        self.mentees, self.mentors = encoded.mentees, encoded.mentors
        self.gender_score, self.gender_broken, self.settings = encoded.gender_score, encoded.gender_broken, settings
        self.free_times = encoded.free_times
        gaps = range(-MAX_MONTHS, MAX_MONTHS + 1)
        self.by_gap = np.array([score_gap(gap, settings) for gap in gaps], dtype=np.int16)
        self.by_offset = np.array([score_offset(measure_offset(minute, 0)) for minute in range(DAY_MIN)], np.int16)
        minutes = range(SLOT_MIN * SLOTS_PER_WEEK + 1)
        self.by_minutes = np.array([score_minutes(minute) for minute in minutes], dtype=np.int16)
        self.by_slots = self.by_minutes[::SLOT_MIN].copy()
        self.by_share = {name: _tabulate_shares(self.mentees.tags(name)) for name in ("goals", *self.mentees.own)}
        interests = range(_most(self.mentees.interests) + 1)
        self.by_interests = np.array([score_interests(shared) for shared in interests], dtype=np.int16)
        self.words = {name: _turn_bits(self.mentors.tags(name)) for name in (*_TAGS, *self.mentors.own)}
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
        return self._grade_own(criterion, rows) if criterion in self.mentees.own else self.graders[criterion](rows)

    def exclude(self, rule: str, rows: Rows) -> Flags:
        return self.excluders[rule](rows)

    def _grade_goals(self, rows: Rows) -> Grid:
        return self._grade_share("goals", rows)

    def _grade_share(self, name: str, rows: Rows) -> Grid:
        score = self.by_share[name][self.mentees.tags(name).count[rows, None], self._count_shared(name, rows)]
        return self._neutral_unless(name, rows, score)

    def _grade_own(self, key: str, rows: Rows) -> Grid:
        kind = self.settings.own_criteria[key]
        if kind == "share":
            return self._grade_share(key, rows)
        shared = self._count_shared(key, rows)
        one, other = self.mentees.tags(key).count[rows, None], self.mentors.tags(key).count
        if kind == "same":
            score = np.where((shared == one) & (shared == other), np.int16(100), np.int16(0))
        else:
            score = np.where(2 * shared > np.minimum(one, other), np.int16(score_overlap(1, 1)), np.int16(0))
            score[(score == 0) & (shared > 0)] = score_overlap(1, 2)
        return self._neutral_unless(key, rows, score)

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
        shared = self._count_shared("slots", rows)
        if self.free_times is None:
            score = _look_up(self.by_slots, shared)
        else:
            score = _look_up(self.by_minutes, self._measure_minutes(self.free_times, rows, shared))
        return self._neutral_unless("slots", rows, score)

    def _is_overlap_too_small(self, rows: Rows) -> Flags:
        stated = (self.mentees.slots.count[rows, None] > 0) & (self.mentors.slots.count > 0)
        shared, least = self._count_shared("slots", rows), self.settings.min_overlap_slots
        if self.free_times is None:
            return stated & (shared < least)
        return stated & (self._measure_minutes(self.free_times, rows, shared) < SLOT_MIN * least)

    def _measure_minutes(self, free: FreeTimes, rows: Rows, shared: Counts) -> Counts:
        """Slots to minutes; for pairs with a roster, of an average week."""
        minutes = shared * np.uint16(SLOT_MIN)
        by_roster, columns = free.mentees.has_roster[rows], np.flatnonzero(free.mentors.has_roster)
        some, rest = np.flatnonzero(by_roster), np.flatnonzero(~by_roster)
        if some.size:
            minutes[some] = self._average_minutes(free, rows[some], np.arange(minutes.shape[1]))
        if rest.size and columns.size:
            minutes[np.ix_(rest, columns)] = self._average_minutes(free, rows[rest], columns)
        return minutes

    def _average_minutes(self, free: FreeTimes, rows: Rows, columns: Rows) -> NDArray[np.int32]:
        one, other = free.mentees, free.mentors
        total = np.zeros((len(rows), len(columns)), dtype=np.int32)
        for layer in range(2):
            for other_layer in range(2):
                places = np.ix_(one.roster[rows, layer], other.roster[columns, other_layer])
                for day in range(DAYS):
                    bits, other_bits = one.bits[rows, layer, day], other.bits[columns, other_layer, day]
                    if bits.any() and other_bits.any():
                        shared = np.bitwise_count(bits[:, None] & other_bits)
                        total += shared * free.days[..., day][places]
        weeks = free.weeks[np.ix_(one.roster[rows, 0], other.roster[columns, 0])]
        return (2 * SLOT_MIN * total + weeks) // (2 * weeks)

    def _grade_interests(self, rows: Rows) -> Grid:
        shared = self._count_shared("interests", rows)
        return self._neutral_unless("interests", rows, _look_up(self.by_interests, shared))

    def _count_shared(self, name: str, rows: Rows) -> Counts:
        bits = self.mentees.tags(name).bits[rows]
        shared = np.zeros((len(rows), len(self.mentors.wish)), dtype=np.uint16)
        for word, others in enumerate(self.words[name]):
            shared += np.bitwise_count(bits[:, word, None] & others)
        return shared

    def _neutral_unless(self, name: str, rows: Rows, score: Grid) -> Grid:
        """In place: neutral where one of the two stated nothing."""
        score[self.mentees.tags(name).count[rows] == 0] = NEUTRAL
        score[:, self.mentors.tags(name).count == 0] = NEUTRAL
        return score


_TAGS = ("goals", "interests", "slots", "languages")


def _most(tags: Tags) -> int:
    return int(tags.count.max(initial=0))


def _tabulate_shares(tags: Tags) -> Grid:
    """Over (wanted, shared)."""
    wanted = range(_most(tags) + 1)
    return np.array([[scale(min(s, w), w) if w else NEUTRAL for s in wanted] for w in wanted], np.int16)


def _turn_bits(tags: Tags) -> NDArray[np.uint64]:
    """words x people, so that one word of everybody lies together"""
    return np.ascontiguousarray(tags.bits.T)


def _look_up(table: Grid, places: Counts) -> Grid:
    # every place is inside the table: clipping is only the quickest way to read it
    return np.take(table, places, mode="clip")


def _is_same(mentees: Ints, mentors: Ints) -> Flags:
    same: Flags = (mentees[:, None] == mentors) & (mentors >= 0)
    return same
