"""Why a mentee is without a mentor: proven on the rules and on the exchanges that could have made room."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .codes import ALWAYS_ON, RULES
from .failing import find_first
from .field import Field, Flags, Ints, Where
from .model import Mentee
from .reach import reach_mentors
from .result import Unmatched
from .score import Scores

MOST_NAMED: Final = 60  # a larger group is counted, not listed
_COMMON: Final = ("function", "country", "preferred_language")
_ALWAYS_ON: Final = sum(1 << (RULES.index(rule) - 1) for rule in ALWAYS_ON)


def explain_unmatched(mentees: Sequence[Mentee], scores: Scores, field: Field, assigned: Ints) -> tuple[Unmatched, ...]:
    """In order of rows. The assignment must have as many pairs as possible, or the groups are not short."""
    groups = _Groups(mentees, field, assigned)
    return tuple(_explain(int(row), mentees, scores, field, groups) for row in np.flatnonzero(assigned < 0))


def _explain(row: int, mentees: Sequence[Mentee], scores: Scores, field: Field, groups: "_Groups") -> Unmatched:
    whole_row = int(field.rows[row])
    points = scores.points[whole_row]
    if not field.width:
        return Unmatched(mentees[whole_row].id, "no_mentors", {})
    failing = scores.find_failing(np.array([whole_row]))[0]
    rules = _count_rules(failing)
    if not (points >= 0).any():
        openings = find_openings(failing.tolist())
        values = {"mentors": len(failing), "rules": rules, "openings": openings}
        return Unmatched(mentees[whole_row].id, "no_admissible_mentor", values)
    own = {"admissible": int((points >= 0).sum()), "best_points": int(points.max()), "rules": rules}
    return Unmatched(mentees[whole_row].id, "places_short", {**own, **groups.measure(row)})


def _count_rules(failing: NDArray[np.uint16]) -> list[list[Any]]:
    """How many mentors each rule excludes as the first."""
    first = np.bincount(find_first(failing), minlength=len(RULES))
    return [[rule, int(first[index])] for index, rule in enumerate(RULES) if index and first[index]]


def find_openings(failing: Sequence[int]) -> list[list[Any]]:
    """The smallest sets of switchable rules without which a mentor would open, and how many would.

    `failing`: per mentor the excluding rules as bits. No set contains another; fewest rules first, then most mentors.
    """
    free = {mask for mask in failing if mask and not mask & _ALWAYS_ON}
    masks = sorted(free, key=lambda mask: (mask.bit_count(), mask))
    smallest: list[int] = []
    for mask in masks:
        if not any(mask & known == known for known in smallest):
            smallest.append(mask)
    found = [[_name_rules(mask), failing.count(mask)] for mask in smallest]
    return sorted(found, key=lambda opening: (len(opening[0]), -opening[1], opening[0]))


def _name_rules(mask: int) -> list[str]:
    return [rule for index, rule in enumerate(RULES[1:]) if mask & 1 << index]


class _Groups:
    """Groups of mentees who can go only to mentors with fewer places: by exchanges from one unmatched mentee alone.

    Such a group cannot be made smaller: each other member could give her place away and be the one left over.
    """

    def __init__(self, mentees: Sequence[Mentee], field: Field, assigned: Ints) -> None:
        self._mentees, self._field, self._assigned = mentees, field, assigned
        self._open_places = int(field.places.sum())
        self._hub: Flags | None = None

    def measure(self, row: int) -> dict[str, Any]:
        field, half = self._field, self._field.height // 2
        admissible = self._admissible(row)
        if self._hub is not None and (admissible & self._hub).any():
            return self._everybody
        reach = reach_mentors(field, 0, self._assigned, np.array([row]), half)
        inside = np.flatnonzero((self._assigned >= 0) & reach.columns[self._assigned])
        places = int(field.places[reach.columns].sum())
        if len(inside) > half or places == self._open_places:
            self._hub = self._hub if self._hub is not None else self._find_hub(np.flatnonzero(admissible))
            return self._everybody
        group = np.sort(np.append(inside, row))
        ids = [self._mentees[field.rows[member]].id for member in group]
        return {
            "overall": False,
            "group": len(group),
            "places": places,
            "mentors": int(reach.columns.sum()),
            "people": ids if len(ids) <= MOST_NAMED else [],
            "common": self._find_common(group),
        }

    def _find_hub(self, columns: Where) -> Flags | None:
        """Mentors from whom one exchange leads to a mentor who is known to reach more than half of all mentees."""
        field, half = self._field, self._field.height // 2
        for column in columns[:8]:
            start = np.flatnonzero(self._assigned == column)
            reach = reach_mentors(field, 0, self._assigned, start, half)
            if int(((self._assigned >= 0) & reach.columns[self._assigned]).sum()) > half:
                leading = self._assigned[(field.points[field.rows, column] >= 0) & (self._assigned >= 0)]
                hub = np.zeros(field.width, dtype=bool)
                hub[leading] = hub[column] = True
                return hub
        return None

    @cached_property
    def _everybody(self) -> dict[str, Any]:
        """All unmatched mentees together, where one of them alone already reaches most of the others."""
        field, assigned = self._field, self._assigned
        # with no place open anywhere, everybody who has an admissible mentor
        able = (field.places > 0) | (self._open_places == 0)
        left = np.flatnonzero(assigned < 0).tolist()
        start = [row for row in left if ((field.take(np.array([row]))[0] >= 0) & able).any()]
        reach = reach_mentors(field, 0, assigned, np.array(start))
        places = int(field.places[reach.columns].sum())
        return {
            "overall": places == self._open_places,
            "group": len(start) + int(((assigned >= 0) & reach.columns[assigned]).sum()),
            "places": places,
            "mentors": int(reach.columns.sum()),
            "people": [],
            "common": {},
        }

    def _admissible(self, row: int) -> Flags:
        admissible: Flags = (self._field.take(np.array([row]))[0] >= 0) & (self._field.places > 0)
        return admissible

    def _find_common(self, group: Where) -> dict[str, Any]:
        """What all of the group state alike."""
        people = [self._mentees[self._field.rows[row]] for row in group]
        languages = frozenset.intersection(*(person.spoken for person in people))
        found: dict[str, Any] = {"languages": sorted(languages)} if languages else {}
        for name in _COMMON:
            values = {getattr(person, name) for person in people}
            if len(values) == 1 and any(values):
                found[name] = values.pop()
        return found
