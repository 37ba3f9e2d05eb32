"""Missing mentors: the fewest more, and what they must be like, so that everybody could be placed.

A profile is a language, hours of the day, a gender where somebody insists on one, and as many years as anybody needs.
How many of each are needed follows from groups who share too few places (Hall 1935): each group that is found becomes a
demand, the fewest mentors that meet all demands are added, and the next group is looked for, until nobody is left.
What was the fewest for some groups is a lower bound for all, so the end is exact.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import attrgetter
from typing import Final

import numpy as np

from .cover import extend
from .covering import Cover, Demand, cover_demands
from .field import Field, Flags, Where, find_field, index_pairs
from .model import SLOTS_PER_WEEK, Mentee, Mentor, Settings
from .reach import Reach, reach_mentors
from .result import Solution
from .score import score_matrix
from .validation import MAX_MONTHS

MOST_MENTEES: Final = 2_000
BAND_SLOTS: Final = 8  # four hours
BAND_MONTHS: Final = 60
_SLOTS_A_DAY: Final = 48
_MOST_GROUPS: Final = 30  # looked for in one round

# language, function, experience_months, hours, gender
Wanted = tuple[str | None, str | None, int | None, tuple[int, int] | None, str | None]


@dataclass(frozen=True, slots=True)
class Profile:
    """`count` more mentors like this would take `mentee_ids`. None: does not matter.

    `function`: what most of these do. `experience_months`: enough for all of them, in steps of five years. `hours`:
    first half hour of the day in UTC and the one after the last. `gender`: only where somebody insists.
    """

    count: int
    language: str | None
    function: str | None
    experience_months: int | None
    hours: tuple[int, int] | None
    gender: str | None
    mentee_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """`mentors` more suffice and fewer than `bound` do not; the same number where it is exact.

    `out_of_reach`: mentees whom no new mentor could have, such as minors among adults.
    """

    profiles: tuple[Profile, ...]
    mentors: int
    bound: int
    out_of_reach: tuple[str, ...]


def find_missing_mentors(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, solution: Solution, places: int = 1
) -> Missing:
    """`places`: of each new mentor. Above MOST_MENTEES mentees only a bound is told, without profiles."""
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    left_over = [reason.mentee_id for reason in solution.unmatched]
    if not left_over:
        return Missing((), 0, 0, ())
    if len(mentees) > MOST_MENTEES:
        return Missing((), 0, -(-len(left_over) // places), ())
    candidates = _list_candidates(mentees, settings, places)
    return _Search(mentees, mentors, settings, solution, candidates).find()


def _list_candidates(mentees: Sequence[Mentee], settings: Settings, places: int) -> list[Mentor]:
    """As senior as can be: whoever has more years is admissible for all for whom somebody with fewer is."""
    languages: list[str | None] = [*sorted({language for mentee in mentees for language in mentee.spoken})]
    wishes = {mentee.preferred_gender for mentee in mentees if mentee.preferred_gender_strict}
    genders: list[str | None] = [*sorted(wish for wish in wishes if wish)]
    bands: list[int | None] = [*range(0, _SLOTS_A_DAY, BAND_SLOTS)] if "overlap" in settings.hard else [None]
    return [
        Mentor(
            id=f"new {number:04}",
            person_key="",
            languages=frozenset({language} if language else ()),
            experience_months=MAX_MONTHS,
            gender=gender,
            availability=_fill_band(start),
            capacity=places,
        )
        for number, (language, gender, start) in enumerate(product(languages or [None], genders or [None], bands))
    ]


def _fill_band(start: int | None) -> frozenset[int]:
    hours = () if start is None else range(start, start + BAND_SLOTS)
    return frozenset(day + slot for day in range(0, SLOTS_PER_WEEK, _SLOTS_A_DAY) for slot in hours)


class _Search:
    def __init__(
        self,
        mentees: Sequence[Mentee],
        mentors: Sequence[Mentor],
        settings: Settings,
        solution: Solution,
        candidates: Sequence[Mentor],
    ) -> None:
        self.mentees, self.settings, self.candidates = mentees, settings, candidates
        points = score_matrix(mentees, [*mentors, *candidates], settings).points
        self.known = len(mentors)
        field = find_field(points[:, : self.known], mentees, mentors, settings)
        chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
        self.places, held = field.places, np.append(field.held, np.zeros(len(candidates), dtype=np.int64))
        self.field = Field(points, field.rows, np.append(self.places, np.zeros_like(held[self.known :])), held)
        self.assigned = index_pairs(mentees, mentors, field, chosen)
        self.suits = points[:, self.known :] >= 0
        self.demands: list[Demand] = []
        self.out_of_reach: list[str] = []

    def find(self) -> Missing:
        each = self.candidates[0].capacity
        kinds = self._find_greatest()
        while True:
            cover = cover_demands(len(kinds), self.demands)
            places = np.zeros(len(self.candidates), dtype=np.int64)
            places[kinds] = each * np.array(cover.counts)
            self.field = replace(self.field, places=np.append(self.places, places))
            self.assigned, reach = extend(self.field, 0, self.assigned, self.field.height)
            if reach is None:
                return self._tell(kinds, cover)
            groups = self._list_groups(reach)
            beyond = [group for group in groups if not self._suits_any(group)]
            if beyond:
                self._give_up(beyond[-1])
            else:
                self.demands += [self._demand(group, kinds, each) for group in groups]

    def _find_greatest(self) -> Where:
        """Candidates who suit mentees that no other candidate suits all of."""
        suits = self.suits[self.field.rows]
        kept: list[int] = []
        for one in sorted(range(suits.shape[1]), key=lambda one: (-int(suits[:, one].sum()), one)):
            if suits[:, one].any() and not any((suits[:, one] <= suits[:, other]).all() for other in kept):
                kept.append(one)
        return np.array(sorted(kept), dtype=np.intp)

    def _list_groups(self, everybody: Reach) -> list[Flags]:
        """Rows that share too few places: all unmatched together, and some of them each for herself."""
        groups = [self._group(everybody, np.flatnonzero(self.assigned < 0))]
        for row in np.flatnonzero(self.assigned < 0)[:_MOST_GROUPS]:
            start = np.array([row])
            groups.append(self._group(reach_mentors(self.field, 0, self.assigned, start), start))
        return groups

    def _group(self, reach: Reach, start: Where) -> Flags:
        group: Flags = (self.assigned >= 0) & reach.columns[self.assigned]
        group[start] = True
        return group

    def _suits_any(self, group: Flags) -> bool:
        return bool(self.suits[self.field.rows[group]].any())

    def _give_up(self, group: Flags) -> None:
        """One of a group that no new mentor can help stays out; what was demanded for her is demanded no more."""
        row = int(np.flatnonzero(group & (self.assigned < 0))[0])
        self.out_of_reach.append(self.mentees[self.field.rows[row]].id)
        self.field = replace(self.field, rows=np.delete(self.field.rows, row))
        self.assigned, self.demands = np.delete(self.assigned, row), []

    def _demand(self, group: Flags, kinds: Where, each: int) -> Demand:
        rows = np.flatnonzero(group)
        useful = self.suits[self.field.rows[rows]][:, kinds].any(axis=0)
        theirs = (self.field.take(rows)[:, : self.known] >= 0).any(axis=0)
        short = len(rows) - int(self.places[theirs].sum())
        return frozenset(np.flatnonzero(useful).tolist()), -(-short // each)

    def _tell(self, kinds: Where, cover: Cover) -> Missing:
        groups: dict[Wanted, list[str]] = defaultdict(list)
        counts: Counter[Wanted] = Counter()
        for kind in kinds[np.array(cover.counts) > 0].tolist():
            people = [self.mentees[row] for row in self.field.rows[self.assigned == self.known + kind]]
            people.sort(key=lambda mentee: (mentee.function or "", mentee.experience_months or 0))
            each = self.candidates[kind].capacity
            for start in range(0, len(people), each):
                group = people[start : start + each]
                wanted = self._describe(self.candidates[kind], group)
                counts[wanted] += 1
                groups[wanted] += [mentee.id for mentee in group]
        # a place that nobody needs at last is not told as a profile; it is in the number of mentors
        profiles = [Profile(count, *wanted, tuple(sorted(groups[wanted]))) for wanted, count in counts.items()]
        profiles.sort(key=lambda one: (-one.count, one.language or "", one.function or "", one.mentee_ids))
        return Missing(tuple(profiles), sum(cover.counts), cover.bound, tuple(sorted(self.out_of_reach)))

    def _describe(self, candidate: Mentor, group: Sequence[Mentee]) -> Wanted:
        functions = Counter(mentee.function for mentee in group if mentee.function)
        months = [mentee.experience_months for mentee in group if mentee.experience_months is not None]
        first = min(candidate.availability, default=None)
        band = None
        if months and "seniority_gap" in self.settings.hard:
            band = -(-(max(months) + self.settings.min_gap_months) // BAND_MONTHS) * BAND_MONTHS
        return (
            next(iter(candidate.languages), None) if "language" in self.settings.hard else None,
            min(functions, key=lambda name: (-functions[name], name), default=None),
            band,
            None if first is None else (first, first + BAND_SLOTS),
            candidate.gender if any(mentee.preferred_gender_strict for mentee in group) else None,
        )
