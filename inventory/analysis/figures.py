"""One figure of a group of initiatives, with who stands behind it and who did not tell. Never an average over
unknowns, never a rate without its base.

Outside IWiM, what is not public by name is told as a figure of at least five organisations of which none has more than
half, rounded and without the number that it is a share of: beside public numbers, or beside the same figure of another
wave, exact ones would tell what single organisations answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, median_low, quantiles
from typing import Literal

from inventory.analysis.levels import Survey
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
    the answers of single organisations that are not public; None where they are few. `base` None: not told."""

    measure: Measure
    state: State
    value: float | None = None
    base: float | None = None
    low: float | None = None
    high: float | None = None
    is_half: bool = False
    behind: Behind | None = None


@dataclass(frozen=True)
class Told:
    """What one edition tells."""

    row: InitiativeRow
    part: Number
    whole: Number


def read_told(rows: Iterable[InitiativeRow], measure: Measure) -> list[Told]:
    return [
        Told(row, *found)
        for row in rows
        for edition in row.editions
        if (found := measure.read(row, edition)) is not None
    ]


def figure_of(rows: Sequence[InitiativeRow], measure: Measure, survey: Survey) -> Figure:
    return make_figure(rows, measure, survey, read_told(rows, measure))


def make_figure(
    rows: Sequence[InitiativeRow],
    measure: Measure,
    survey: Survey,
    told: Sequence[Told],
    silent: int | None = None,
) -> Figure:
    """`told` of `rows`; `silent`: how many initiatives tell nothing, where they are not all others."""
    if not told:
        return Figure(measure, "untold")
    private = survey.level != "iwim" and not (measure.public and all(one.row.organisation.named for one in told))
    if private and not (survey.is_settled and _are_many(told)):
        return Figure(measure, "hidden")
    behind = _behind(rows, told, private, silent)
    if measure.pooled:
        return _pool(measure, told, behind, private)
    return _spread(measure, told, behind, private, hides_few=survey.level != "iwim" and measure.people)


def _are_many(told: Sequence[Told]) -> bool:
    """At least five organisations, none of which has more than half."""
    weights: dict[int, Number] = defaultdict(int)
    for one in told:
        weights[one.row.organisation.id] += one.whole
    return len(weights) >= FEWEST and max(weights.values()) * 2 <= sum(weights.values())


def _pool(measure: Measure, told: Sequence[Told], behind: Behind, private: bool) -> Figure:
    part, base = sum(one.part for one in told), sum(one.whole for one in told)
    if not private:
        return Figure(measure, "shown", part / base, base, behind=behind)
    if measure.people and (is_few(part) or is_few(base - part)):
        return Figure(measure, "hidden")
    return Figure(measure, "shown", _round(part / base, measure), behind=behind)


def _round(value: float, measure: Measure) -> float:
    """To whole percents, or to two digits."""
    return round(value, 2) if measure.unit == "share" else float(f"{value:.2g}")


def _spread(measure: Measure, told: Sequence[Told], behind: Behind, private: bool, *, hides_few: bool) -> Figure:
    """Of people, one to four are not told: an end that is few is left out, and with a middle that is few all. No
    middle is taken between two numbers of which one is few."""
    values = sorted(one.part for one in told)
    hides_few = hides_few and any(is_few(value) for value in values)
    middle = median_low(values) if hides_few else median(values)
    if hides_few and is_few(middle):
        return Figure(measure, "hidden")
    low, high = _middle_half(values, between=not hides_few) if private else (values[0], values[-1])
    first, last = (None if hides_few and is_few(end) else end for end in (low, high))
    return Figure(measure, "shown", middle, low=first, high=last, is_half=private, behind=behind)


def _middle_half(values: Sequence[float], *, between: bool) -> tuple[float, float]:
    """`between`: an end may lie between two values."""
    if not between:
        return values[len(values) // 4], values[-1 - len(values) // 4]
    first, _middle, third = quantiles(values, n=4, method="inclusive")
    return first, third


def _behind(rows: Sequence[InitiativeRow], told: Sequence[Told], private: bool, silent: int | None) -> Behind:
    known = len({one.row.code for one in told})
    organisations = len({one.row.organisation.id for one in told})
    unknown = len(rows) - known if silent is None else silent
    return Behind(
        organisations=known_of(organisations, len({row.organisation.id for row in rows}), private),
        initiatives=known_of(known, len(rows), private),
        editions=known_of(len(told), sum(len(row.editions) for row in rows), private),
        unknown=Count(None if private and is_few(unknown) else unknown, 0),
    )


def known_of(known: int, whole: int, private: bool) -> Count:
    """Where few do not tell, how many do would give that away."""
    return Count(None, max(whole - FEWEST + 1, FEWEST)) if private and is_few(whole - known) else Count(known, known)
