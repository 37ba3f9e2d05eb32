"""What mentoring and sponsorship there is, by status, for each line of a field.

Anybody can make the table of all initiatives by status beside it, and subtract. So of each status it is decided who
stands where, and whether it supplies. Where few do, or few do something else, two of the same status could have changed
places, which leaves the other table as it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, product
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from inventory.analysis.exchanges import ANSWERED, Cell, Lines, Unit
from inventory.analysis.field import Field, field_of, is_state
from inventory.analysis.levels import Survey
from inventory.analysis.suppression import Inner, Sums, count_cells, hide_inner
from inventory.analysis.tables import Count, Tally, guard, read_all, tally
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import InitiativeRow
from wimmentor.base.codes.codelist import CodeList

SUPPLY = CodeList(
    "supply",
    [
        ("running", _("Running")),
        ("launching", _("Launching")),
        ("planned", _("Planned")),
        ("concluding", _("Concluding")),
        ("concluded", _("Concluded")),
        ("untold", _("Status not told")),
    ],
)
# What there is or will be; and what may be, since its state is not told.
NOW = ("running", "launching", "planned", "concluding")
POSSIBLE = (*NOW, "untold")
STATUS, KINDS = field_of(QUESTIONS["B3"]), field_of(QUESTIONS["B2"])
SUPPLYING, OTHER = ("supplying",), ("other",)
ZERO, HIDDEN = Count(0, 0), Count(None, 0)
Origin = Callable[[InitiativeRow], str]


@dataclass(frozen=True)
class SupplyTable:
    """`whole`: all that supply, wherever they stand or do not say it."""

    rows: Tally
    cells: Mapping[Cell, Count]
    whole: Count

    def at(self, line: str, supply: str) -> Count:
        """A line that is not in the table is not known to be empty where it was left out of it."""
        return self.cells.get((line, supply), HIDDEN if line in self.rows.counts else ZERO)


class _Told(NamedTuple):
    """Of one initiative. `supply` is empty where it rests: ideas, what is paused or stopped."""

    status: str
    supply: str
    whether: Lines

    @property
    def is_supply(self) -> bool:
        return self.supply != "" and self.whether == SUPPLYING


class _Guarded(NamedTuple):
    lines: Lines
    told: _Told
    origin: str


def tell_supply(survey: Survey, by: Field, origin: Origin = lambda row: "") -> SupplyTable:
    """`origin`: from which answer the lines are read, where it is not always the same."""
    initiatives = survey.initiatives
    rows, lines, told = tally(initiatives, by, survey.level), read_all(initiatives, by), _read_told(survey)
    hide = guard(initiatives, [by, STATUS, KINDS], survey.level)
    guarded = [
        _Guarded(line, one, origin(row))
        for row, line, one in compress(zip(initiatives, lines, told, strict=True), hide)
    ]
    hidden = _hide_statuses([one.told for one in guarded], tally(initiatives, STATUS, survey.level).sums)
    hides = _hide_cells(guarded, rows, hidden)
    whole = count_cells((line, (one.supply,)) for line, one in zip(lines, told, strict=True) if one.is_supply)
    unnamed = count_cells((one.lines, (one.told.supply,)) for one in guarded if one.told.is_supply)
    cells = {
        cell: Count(None if hides(cell) else whole[cell], whole[cell] - unnamed[cell])
        for cell in product((*rows.lines, ANSWERED), SUPPLY)
    }
    number = sum(one.is_supply for one in told)
    least = number - sum(one.told.is_supply for one in guarded)
    return SupplyTable(rows, cells, Count(None if hidden else number, least))


def _read_told(survey: Survey) -> list[_Told]:
    """Once for all tables of a survey."""
    units = survey.initiatives
    read = zip(read_all(units, STATUS), read_all(units, KINDS), strict=True)
    return units.once("supply", lambda: [_tell(status, kinds) for (status,), kinds in read])


def _tell(status: str, kinds: Lines) -> _Told:
    supply = "untold" if is_state(status) else status if status in SUPPLY else ""
    mentors = any(kind.startswith("mentoring") or kind == "sponsorship" for kind in kinds)
    return _Told(status, supply, SUPPLYING if mentors else OTHER)


def _hide_statuses(guarded: Sequence[_Told], statuses: Sums) -> set[str]:
    """Where few supply or few do something else, so that two of different status could have changed kinds."""
    rows = frozenset(one.supply for one in guarded if one.status in statuses.hidden)
    inner = hide_inner([((one.supply,), one.whether) for one in guarded], Sums(rows), Sums())
    return {one.supply for one in guarded if one.supply and inner.hides((one.supply, *SUPPLYING))}


def _hide_cells(guarded: Iterable[_Guarded], rows: Tally, hidden: Set[str]) -> Callable[[Cell], bool]:
    together: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
    for lines, (status, supply, whether), origin in guarded:
        if supply and supply not in hidden:
            together[supply, status, origin].append((lines, whether))
    inner: dict[str, list[Inner]] = defaultdict(list)
    for (supply, *_apart), units in together.items():
        inner[supply].append(hide_inner(units, rows.sums, Sums()))

    def hides(cell: Cell) -> bool:
        line, supply = cell
        if line in rows.counts and rows.counts[line].number == 0:
            return False
        wholly = line in rows.sums.hidden or supply in hidden
        return wholly or any(one.hides((line, *SUPPLYING)) for one in inner[supply])

    return hides
