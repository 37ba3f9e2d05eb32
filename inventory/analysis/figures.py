"""One figure of a group of initiatives, with who stands behind it and who did not tell. Never an average over
unknowns, never a rate without its base."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

from inventory.analysis.levels import Level
from inventory.analysis.measures import Measure, Number
from inventory.analysis.tables import Count
from inventory.initiatives.readers import FEWEST, is_few
from inventory.initiatives.rows import InitiativeRow

State = Literal["shown", "hidden", "untold"]


@dataclass(frozen=True)
class Behind:
    """`unknown`: initiatives of the group that do not tell it."""

    organisations: Count
    initiatives: Count
    editions: Count
    unknown: Count


@dataclass(frozen=True)
class Figure:
    """`low` and `high`: the whole range, or (`is_half`) between which the middle half lies, where the ends would be
    the answers of single organisations that are not public."""

    measure: Measure
    state: State
    value: float | None = None
    base: float | None = None
    low: float | None = None
    high: float | None = None
    is_half: bool = False
    behind: Behind | None = None


@dataclass(frozen=True)
class _Told:
    row: InitiativeRow
    part: Number
    whole: Number


def figure_of(rows: Sequence[InitiativeRow], measure: Measure, level: Level) -> Figure:
    told = [
        _Told(row, *found)
        for row in rows
        for edition in row.editions
        if (found := measure.read(row, edition)) is not None
    ]
    if not told:
        return Figure(measure, "untold")
    private = level != "iwim" and not (measure.public and all(one.row.organisation.named for one in told))
    if private and len({one.row.organisation.id for one in told}) < FEWEST:
        return Figure(measure, "hidden")
    behind = _behind(rows, told, private)
    if measure.pooled:
        base = sum(one.whole for one in told)
        return Figure(measure, "shown", sum(one.part for one in told) / base, base, behind=behind)
    values = sorted(one.part for one in told)
    low, high = _middle_half(values) if private else (values[0], values[-1])
    few = level != "iwim" and measure.people and any(is_few(value) for value in values)
    return _spread(measure, median(values), low, high, behind, is_half=private, hides_few=few)


def _spread(
    measure: Measure, middle: float, low: float, high: float, behind: Behind, *, is_half: bool, hides_few: bool
) -> Figure:
    """Of people, one to four are not told: `low` below five is left out; so is a middle."""
    if hides_few and is_few(middle):
        return Figure(measure, "hidden")
    return Figure(
        measure,
        "shown",
        middle,
        low=None if hides_few and is_few(low) else low,
        high=high,
        is_half=is_half,
        behind=behind,
    )


def _middle_half(values: Sequence[float]) -> tuple[float, float]:
    first, _middle, third = quantiles(values, n=4, method="inclusive")
    return first, third


def _behind(rows: Sequence[InitiativeRow], told: Sequence[_Told], private: bool) -> Behind:
    telling = {one.row.code for one in told}
    known = len(telling)
    organisations = len({one.row.organisation.id for one in told})
    unknown = len(rows) - known
    return Behind(
        organisations=known_of(organisations, len({row.organisation.id for row in rows}), private),
        initiatives=known_of(known, len(rows), private),
        editions=known_of(len(told), sum(len(row.editions) for row in rows), private),
        unknown=Count(None if private and is_few(unknown) else unknown, 0),
    )


def known_of(known: int, whole: int, private: bool) -> Count:
    """Where few do not tell, how many do would give that away."""
    return Count(None, max(whole - FEWEST + 1, FEWEST)) if private and is_few(whole - known) else Count(known, known)
