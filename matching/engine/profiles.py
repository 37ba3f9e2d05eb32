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
from .covering import Demand, cover_demands
from .field import NOBODY, Field, Flags, Ints, Where, find_field, index_pairs
from .model import SLOTS_PER_WEEK, Mentee, Mentor, Settings, Stop
from .reach import Reach, reach_mentors
from .result import Solution
from .rosters import DAYS, SLOTS_A_DAY
from .score import score_matrix
from .validation import MAX_MONTHS

MOST_MENTEES: Final = 2_000
BAND_SLOTS: Final = 8  # four hours
BAND_MONTHS: Final = 60
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
    """`mentors` more suffice; fewer than `bound` do not, as long as each has one language and one stretch of hours a
    day. The same number where it is exact; without `mentors` the bound alone is known.

    `out_of_reach`: mentees whom no new mentor could have, such as minors among adults.
    """

    profiles: tuple[Profile, ...]
    mentors: int
    bound: int
    out_of_reach: tuple[str, ...]


def find_missing_mentors(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    settings: Settings,
    solution: Solution,
    places: int = 1,
    stop: Stop | None = None,
) -> Missing:
    """`places`: of each new mentor. Above MOST_MENTEES mentees only a bound is told. Once `stop` says True, what is
    enough and the bound so far."""
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    left_over = [reason.mentee_id for reason in solution.unmatched]
    if not left_over:
        return Missing((), 0, 0, ())
    if len(mentees) > MOST_MENTEES:
        return Missing((), 0, -(-len(left_over) // places), ())
    candidates = _list_candidates(mentees, settings, places)
    return _Search(mentees, mentors, settings, solution, candidates).find(stop or (lambda: False))


def _list_candidates(mentees: Sequence[Mentee], settings: Settings, places: int) -> list[Mentor]:
    """As senior as can be: whoever has more years is admissible for all for whom somebody with fewer is."""
    languages: list[str | None] = [*sorted({language for mentee in mentees for language in mentee.spoken})]
    wishes = {mentee.preferred_gender for mentee in mentees if mentee.preferred_gender_strict}
    genders: list[str | None] = [*sorted(wish for wish in wishes if wish)]
    bands: list[int | None] = [*range(SLOTS_A_DAY)] if "overlap" in settings.hard else [None]
    return [
        Mentor(
            id=f"new {number:06}",
            person_key="",
            languages=frozenset({language} if language else ()),
            experience_months=MAX_MONTHS,
            gender=gender,
            availability=_fill_band(start, settings),
            capacity=places,
        )
        for number, (language, gender, start) in enumerate(product(languages or [None], genders or [None], bands))
    ]


def _fill_band(start: int | None, settings: Settings) -> frozenset[int]:
    """The same hours every day, also past midnight; as many as the rule asks for in a week, four at least."""
    if start is None:
        return frozenset()
    length = max(BAND_SLOTS, -(-settings.min_overlap_slots // DAYS))
    days = range(0, SLOTS_PER_WEEK, SLOTS_A_DAY)
    return frozenset((day + start + slot) % SLOTS_PER_WEEK for day in days for slot in range(length))


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
        self.known, self.each = len(mentors), candidates[0].capacity
        field = find_field(points[:, : self.known], mentees, mentors, settings)
        chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
        none = np.zeros(len(candidates), dtype=np.int64)
        self.places = field.places
        self.field = Field(points, field.rows, np.append(field.places, none), np.append(field.held, none))
        self.suits = points[:, self.known :] >= 0
        self.base = self._leave_out(index_pairs(mentees, mentors, field, chosen))

    def _leave_out(self, assigned: Ints) -> Ints:
        """Whoever suits no candidate can only have a mentor of today. Those who then have none are out of reach; all
        others are paired with the mentors of today as far as it goes."""
        stuck = ~self.suits[self.field.rows].any(axis=1)
        alone = np.where(stuck, assigned, NOBODY)
        only = replace(self.field, rows=self.field.rows[stuck])
        alone[stuck], _reach = extend(only, 0, assigned[stuck], int(stuck.sum()))
        beyond = stuck & (alone < 0)
        self.out_of_reach = sorted(self.mentees[row].id for row in self.field.rows[beyond])
        load = np.bincount(alone[alone >= 0], minlength=self.field.width)
        for row in np.flatnonzero(~stuck & (assigned >= 0)):
            if load[assigned[row]] < self.field.places[assigned[row]]:
                alone[row] = assigned[row]
                load[assigned[row]] += 1
        self.field = replace(self.field, rows=self.field.rows[~beyond])
        base, _reach = extend(self.field, 0, alone[~beyond], self.field.height)
        return base

    def find(self, stop: Stop) -> Missing:
        kinds, demands = self._find_greatest(), list[Demand]()
        bound = -(-int((self.base < 0).sum()) // self.each)
        enough, assigned = self._meet_greedily(kinds)
        while sum(enough) > bound and not stop():
            counts, least = cover_demands(len(kinds), demands)
            bound = max(bound, least)
            places = np.zeros(len(self.candidates), dtype=np.int64)
            places[kinds] = self.each * np.array(counts, dtype=np.int64)
            field = replace(self.field, places=np.append(self.places, places))
            found, reach = extend(field, 0, self._place_directly(places), field.height)
            if reach is None:
                enough, assigned = counts, found
                break
            demands += [self._demand(group, kinds) for group in _list_groups(field, found, reach)]
        return self._tell(assigned, kinds, enough, bound)

    def _meet_greedily(self, kinds: Where) -> tuple[list[int], Ints]:
        """Enough for everybody: one after the other, each like the kind that suits most of those who are left."""
        assigned, counts = self.base.copy(), [0] * len(kinds)
        suits = self.suits[self.field.rows][:, kinds]
        choice = suits.sum(axis=1)
        left = assigned < 0
        while left.any():
            number = int(suits[left].sum(axis=0).argmax())
            rows = np.flatnonzero(left & suits[:, number])
            # those who suit few kinds first
            rows = rows[np.argsort(choice[rows], kind="stable")][: self.each]
            assigned[rows], left[rows] = self.known + kinds[number], False
            counts[number] += 1
        return counts, assigned

    def _place_directly(self, places: Ints) -> Ints:
        """Those without a mentor go to new ones whom they suit, as long as these have places."""
        assigned = self.base.copy()
        for kind in np.flatnonzero(places):
            rows = np.flatnonzero((assigned < 0) & self.suits[self.field.rows, kind])[: places[kind]]
            assigned[rows] = self.known + kind
        return assigned

    def _find_greatest(self) -> Where:
        """Candidates who suit mentees that no other candidate suits all of."""
        suits = self.suits[self.field.rows]
        kept: list[int] = []
        for one in sorted(range(suits.shape[1]), key=lambda one: (-int(suits[:, one].sum()), one)):
            if suits[:, one].any() and not any((suits[:, one] <= suits[:, other]).all() for other in kept):
                kept.append(one)
        return np.array(sorted(kept), dtype=np.intp)

    def _demand(self, group: Flags, kinds: Where) -> Demand:
        rows = np.flatnonzero(group)
        useful = self.suits[self.field.rows[rows]][:, kinds].any(axis=0)
        theirs = (self.field.take(rows)[:, : self.known] >= 0).any(axis=0)
        short = len(rows) - int(self.places[theirs].sum())
        return frozenset(np.flatnonzero(useful).tolist()), -(-short // self.each)

    def _tell(self, assigned: Ints, kinds: Where, needed: list[int], bound: int) -> Missing:
        groups: dict[Wanted, list[str]] = defaultdict(list)
        counts: Counter[Wanted] = Counter()
        for kind in kinds[np.array(needed, dtype=np.int64) > 0].tolist():
            people = [self.mentees[row] for row in self.field.rows[assigned == self.known + kind]]
            people.sort(key=lambda mentee: (mentee.function or "", mentee.experience_months or 0))
            for start in range(0, len(people), self.each):
                group = people[start : start + self.each]
                wanted = self._describe(self.candidates[kind], group)
                counts[wanted] += 1
                groups[wanted] += [mentee.id for mentee in group]
        # a place that nobody needs at last is not told as a profile; it is in the number of mentors
        profiles = [Profile(count, *wanted, tuple(sorted(groups[wanted]))) for wanted, count in counts.items()]
        profiles.sort(key=lambda one: (-one.count, one.language or "", one.function or "", one.mentee_ids))
        return Missing(tuple(profiles), sum(needed), bound, tuple(self.out_of_reach))

    def _describe(self, candidate: Mentor, group: Sequence[Mentee]) -> Wanted:
        functions = Counter(mentee.function for mentee in group if mentee.function)
        months = [mentee.experience_months for mentee in group if mentee.experience_months is not None]
        band = None
        if months and "seniority_gap" in self.settings.hard:
            band = -(-(max(months) + self.settings.min_gap_months) // BAND_MONTHS) * BAND_MONTHS
        return (
            next(iter(candidate.languages), None) if "language" in self.settings.hard else None,
            min(functions, key=lambda name: (-functions[name], name), default=None),
            band,
            _tell_hours(candidate.availability),
            candidate.gender if any(mentee.preferred_gender_strict for mentee in group) else None,
        )


def _list_groups(field: Field, assigned: Ints, everybody: Reach) -> list[Flags]:
    """Rows that share too few places: all unmatched together, and some of them each for herself."""
    unmatched = np.flatnonzero(assigned < 0)
    groups = [_group(assigned, everybody, unmatched)]
    for row in unmatched[:: max(1, len(unmatched) // _MOST_GROUPS)]:
        start = np.array([row])
        groups.append(_group(assigned, reach_mentors(field, 0, assigned, start), start))
    return groups


def _group(assigned: Ints, reach: Reach, start: Where) -> Flags:
    group: Flags = (assigned >= 0) & reach.columns[assigned]
    group[start] = True
    return group


def _tell_hours(availability: frozenset[int]) -> tuple[int, int] | None:
    """The stretch that is free every day; it may end after midnight."""
    slots = {slot % SLOTS_A_DAY for slot in availability}
    if not slots:
        return None
    start = min((slot for slot in slots if (slot - 1) % SLOTS_A_DAY not in slots), default=0)
    return start, start + len(slots)
