"""What mentees have in common, so that it is compared with the mentors once for all of them.

A facet is what some criteria and rules look at (the months of experience, say). Mentees who are equal in it are of one
kind, and get the same row of points. Facets with few kinds are joined: Chileans in the same time zone who speak Spanish
are one kind of three facets. What remains for each mentee is to add up a few rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .codes import ALWAYS_ON
from .criteria import list_own
from .encode import Columns, Tags
from .grids import Grid, Grids, Rows
from .model import Settings

# Less than any sum of points is great: an excluded pair stays below 0 whatever is added to it.
EXCLUDED: Final = np.int16(-10_001)
_TABLE_CELLS: Final = 8_000_000  # 16 MB a table
_CELLS_AT_ONCE: Final = 200_000

Arrays = Sequence[NDArray[np.generic]]


def _tags(tags: Tags) -> Arrays:
    return [tags.bits, tags.count]


def _layers(side: Columns) -> Arrays:
    return [] if side.layers is None else [side.layers.bits, side.layers.roster]


# Every column that the twins in grids.py read of a mentee for these criteria and rules.
_COLUMNS: Final[Mapping[str, Callable[[Columns], Arrays]]] = {
    "goals": lambda side: _tags(side.goals),
    "months": lambda side: [side.months, side.months_known],
    "function": lambda side: [side.function, side.area],
    "offset": lambda side: [side.offset, side.offset_known],
    "language": lambda side: [*_tags(side.languages), side.preferred_language, side.speaks],
    "place": lambda side: [side.country, side.region],
    "wish": lambda side: [side.wish],
    "minor": lambda side: [side.minor],
    "employer": lambda side: [side.employer],
    "slots": lambda side: [*_tags(side.slots), *_layers(side)],
    "interests": lambda side: _tags(side.interests),
}
CRITERION_OF: Final = {
    "goals": "goals",
    "months": "seniority_gap",
    "function": "function",
    "offset": "time_zone",
    "language": "language",
    "place": "region",
    "wish": "gender_preference",
    "slots": "availability",
    "interests": "interests",
}
RULE_OF: Final = {
    "months": "seniority_gap",
    "language": "language",
    "wish": "gender_strict",
    "minor": "minor",
    "employer": "employer",
    "slots": "overlap",
}


@dataclass(frozen=True, slots=True)
class Kinds:
    """`of`: kind of each mentee; `example`: the place in `of` of one mentee of each kind; `parts`: what was joined."""

    facets: tuple[str, ...]
    of: NDArray[np.intp]
    example: Rows
    parts: tuple["Kinds", ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: kinds x mentors. `excludes`: whether any pair in it is excluded."""

    kinds: Kinds
    rows: Grid
    excludes: bool


def find_facets(settings: Settings) -> list[str]:
    """Those that can change a pair under these settings; a programme's own criterion is one under its key."""
    facets = [*_COLUMNS, *list_own(settings)]
    return [facet for facet in facets if weight_of(facet, settings.weights) or rule_of(facet, settings)]


def weight_of(facet: str, weights: Mapping[str, int]) -> int:
    return weights.get(CRITERION_OF.get(facet, facet), 0)


def rule_of(facet: str, settings: Settings) -> str | None:
    rule = RULE_OF.get(facet)
    return rule if rule in ALWAYS_ON or rule in settings.hard else None


def find_kinds(facet: str, mentees: Columns) -> Kinds:
    columns = _tags(mentees.own[facet]) if facet in mentees.own else _COLUMNS[facet](mentees)
    arrays = [array.reshape(len(array), -1) for array in columns]
    packed = np.concatenate([np.ascontiguousarray(array).view(np.uint8) for array in arrays], axis=1)
    whole = np.ascontiguousarray(packed).view([("", f"V{packed.shape[1]}")]).ravel()
    _kinds, example, of = np.unique(whole, return_index=True, return_inverse=True)
    return Kinds((facet,), of.ravel(), example)


def narrow(kinds: Kinds, rows: Rows) -> Kinds:
    """The same of these mentees alone."""
    _kinds, example, of = np.unique(kinds.of[rows], return_index=True, return_inverse=True)
    return Kinds(kinds.facets, of.ravel(), example)


def join(one: Kinds, other: Kinds) -> Kinds:
    both = one.of * len(other.example) + other.of
    _kinds, example, of = np.unique(both, return_index=True, return_inverse=True)
    parts = *(one.parts or (one,)), *(other.parts or (other,))
    return Kinds((*one.facets, *other.facets), of.ravel(), example, parts)


def join_kinds(single: Sequence[Kinds], mentors: int) -> tuple[list[Kinds], list[str]]:
    """Joined as far as a table of their rows stays small, and the facets in which nearly everybody is different."""
    mentees = max((len(kinds.of) for kinds in single), default=0)
    most = max(1, min(_TABLE_CELLS // max(mentors, 1), mentees // 3))
    joined: list[Kinds] = []
    for kinds in sorted(single, key=lambda kinds: len(kinds.example)):
        if len(kinds.example) > most:
            continue
        wider = join(joined[-1], kinds) if joined else kinds
        if joined and len(wider.example) <= most:
            joined[-1] = wider
        else:
            joined.append(kinds)
    tabled = {facet for kinds in joined for facet in kinds.facets}
    return joined, [facet for kinds in single for facet in kinds.facets if facet not in tabled]


def add_up(facets: Sequence[str], rows: Rows, grids: Grids, weights: Mapping[str, int]) -> tuple[Grid, bool]:
    """Points of some mentees in these facets, EXCLUDED or less where one of their rules excludes."""
    excludes = False
    points = np.zeros((len(rows), len(grids.mentors.wish)), dtype=np.int16)
    for facet in facets:
        if weight := weight_of(facet, weights):
            points += grids.grade(CRITERION_OF.get(facet, facet), rows) * np.int16(weight)
    for facet in facets:
        if rule := rule_of(facet, grids.settings):
            excluded = grids.exclude(rule, rows)
            excludes = excludes or bool(excluded.any())
            points[excluded] = EXCLUDED
    return points, excludes


def make_table(kinds: Kinds, mentees: Rows, grids: Grids, weights: Mapping[str, int]) -> Table:
    """`mentees`: which of them the kinds are about, in their order."""
    mentors = len(grids.mentors.wish)
    rows, excludes = np.zeros((len(kinds.example), mentors), dtype=np.int16), False
    height = max(1, _CELLS_AT_ONCE // max(mentors, 1))
    # a joined kind is the sum of kinds that are fewer, so that each is compared once
    parts = [make_table(part, mentees, grids, weights) for part in kinds.parts]
    buffer = np.empty((height if parts else 0, mentors), dtype=np.int16)
    for start in range(0, len(rows), height):
        block = slice(start, start + height)
        example = kinds.example[block]
        if parts:
            add_tables(rows[block], example, parts, buffer[: len(example)])
        else:
            rows[block], some = add_up(kinds.facets, mentees[example], grids, weights)
            excludes = excludes or some
    return Table(kinds, rows, excludes or any(part.excludes for part in parts))


def add_tables(points: Grid, of: Rows | slice, tables: Sequence[Table], buffer: Grid) -> None:
    """In place, into zeros. `of`: which mentees the rows of `points` are about, as places among those of the kinds."""
    for number, table in enumerate(tables):
        if number:
            np.take(table.rows, table.kinds.of[of], axis=0, out=buffer, mode="clip")
            points += buffer
        else:
            np.take(table.rows, table.kinds.of[of], axis=0, out=points, mode="clip")
        if table.excludes:
            # two exclusions would add up below what an int16 holds if a third came
            np.maximum(points, EXCLUDED, out=points)
