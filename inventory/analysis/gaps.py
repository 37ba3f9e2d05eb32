"""Who has no programme for whom: what mentoring and sponsorship there is by seniority, language and country, against
the demand that organisations see. A scope that is not told is not "for nobody"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inventory.analysis.demand import BANDS, DEMAND_ANYWHERE, SEEN, demand_for
from inventory.analysis.derived import COUNTRY, SERVED, SUPPLIED, SUPPLY
from inventory.analysis.exchanges import ANSWERED
from inventory.analysis.field import field_of
from inventory.analysis.levels import Survey
from inventory.analysis.tables import Count, CrossTable, cross, tally
from inventory.initiatives.questionnaire import QUESTIONS

# What there is or will be; what has been; and what may be, since its state is not told.
NOW = ("running", "launching", "planned", "concluding")
POSSIBLE = (*NOW, "untold")
SUPPLIES = (*NOW, "concluded", "untold")
ZERO, HIDDEN = Count(0, 0), Count(None, 0)
EVERYBODY = "all"
# "5+ years (upper end not set)" is for these too.
COVERED_BY = {"mid": ("exp_5_plus",), "senior": ("exp_5_plus",), "executive": ("exp_5_plus",)}


@dataclass(frozen=True)
class Supply:
    """What there is for one band, language or country. `also`: programmes for a wider scope that take it in.
    `demand`: organisations by how much of it they see; empty where it is not asked."""

    code: str
    label: str
    counts: Mapping[str, Count]
    also: Count = ZERO
    demand: Mapping[str, Count] = field(default_factory=dict)

    @property
    def is_gap(self) -> bool:
        """For certain: nothing that is hidden or whose state is not told could be for them."""
        return all(one.number == 0 for one in (self.also, *(self.counts[state] for state in POSSIBLE)))

    @property
    def is_wanted(self) -> bool:
        return any(self.demand[one].known for one in ("high", "medium") if one in self.demand)

    @property
    def now(self) -> Count:
        """Running, about to, or coming to its end."""
        return add(self.counts[one] for one in NOW)

    @property
    def shown(self) -> list[Count]:
        return [self.counts[one] for one in SUPPLIES]


@dataclass(frozen=True)
class Gaps:
    """`untold`: programmes that do not say for whom (in which languages, where)."""

    lines: list[Supply]
    untold: Count
    told: Count

    @property
    def gaps(self) -> list[Supply]:
        return [line for line in self.lines if line.is_gap and line.code != EVERYBODY]


def heads() -> list[str]:
    return [SUPPLY.label(one) for one in SUPPLIES]


def find_seniority_gaps(survey: Survey) -> Gaps:
    table = cross(survey.initiatives, field_of(QUESTIONS["C1"]), SUPPLIED, survey.level)
    lines = []
    for band in table.rows.codes:
        wider = [] if band == EVERYBODY else [EVERYBODY, *COVERED_BY.get(band, ())]
        also = add(table.cells[one, state] for one in wider for state in POSSIBLE)
        seen = tally(survey.organisations, demand_for(band), survey.level).counts if band in BANDS else {}
        lines.append(_supply(table, band, also, {one: seen[one] for one in SEEN if one in seen}))
    return _gaps(table, lines)


def find_language_gaps(survey: Survey) -> Gaps:
    """Also languages in which organisations work and nobody is mentored."""
    table = cross(survey.initiatives, field_of(QUESTIONS["F4"]), SUPPLIED, survey.level)
    worked_in = [code for row in survey.organisations if row.named for code in row.languages]
    return _gaps(table, [_supply(table, code) for code in _codes(table, worked_in)])


def find_country_gaps(survey: Survey) -> Gaps:
    table = cross(survey.initiatives, SERVED, SUPPLIED, survey.level)
    seen = cross(survey.organisations, COUNTRY, DEMAND_ANYWHERE, survey.level)
    at_home = [code for row in survey.organisations if row.named for code in row.countries]
    lines = []
    for code in _codes(table, at_home):
        demand = {one: seen.cells[code, one] for one in SEEN} if code in seen.rows.lines else {}
        lines.append(_supply(table, code, ZERO, demand))
    return _gaps(table, lines)


def _supply(table: CrossTable, code: str, also: Count = ZERO, demand: Mapping[str, Count] | None = None) -> Supply:
    """A line that is not in the table is not known to be empty where it was left out of it."""
    otherwise = HIDDEN if code in table.rows.counts else ZERO
    counts = {one: table.cells.get((code, one), otherwise) for one in SUPPLIES}
    return Supply(code, table.rows.field.label_of(code), counts, also, demand or {})


def _gaps(table: CrossTable, lines: list[Supply]) -> Gaps:
    untold = add(_at(table, row, column) for row in table.rows.states for column in SUPPLIES)
    whole = add(table.columns.counts[column] for column in SUPPLIES)
    if untold.is_hidden or whole.is_hidden:
        return Gaps(lines, untold, add(_at(table, ANSWERED, column) for column in SUPPLIES))
    return Gaps(lines, untold, Count(whole.known - untold.known, 0))


def _at(table: CrossTable, row: str, column: str) -> Count:
    return table.cells.get((row, column), ZERO)


def add(counts: Iterable[Count]) -> Count:
    found = list(counts)
    hidden = any(count.is_hidden for count in found)
    return Count(None if hidden else sum(count.known for count in found), sum(count.known for count in found))


def _codes(table: CrossTable, more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*table.rows.codes, *sorted(set(more))]))
