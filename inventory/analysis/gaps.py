"""Who has no programme for whom: what mentoring and sponsorship there is by seniority, language and country, against
the demand that organisations see. A scope that is not told is not "for nobody"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inventory.analysis.demand import BANDS, DEMAND_ANYWHERE, SEEN, demand_for, show_demand
from inventory.analysis.derived import COUNTRY, EVERYWHERE, SERVED, decides_place
from inventory.analysis.exchanges import ANSWERED
from inventory.analysis.field import field_of
from inventory.analysis.levels import Survey
from inventory.analysis.supply import NOW, POSSIBLE, SUPPLY, ZERO, SupplyTable, tell_supply
from inventory.analysis.tables import Count, cross, tally
from inventory.initiatives.questionnaire import QUESTIONS

EVERYBODY = "all"
WIDEST = (EVERYBODY, EVERYWHERE)
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
        return [self.counts[one] for one in SUPPLY]


@dataclass(frozen=True)
class Gaps:
    """`told`: programmes that say for whom (in which languages, where); `silent`: those that do not, by status."""

    lines: list[Supply]
    told: Count
    silent: Mapping[str, Count]

    @property
    def untold(self) -> Count:
        return add(self.silent.values())

    @property
    def gaps(self) -> list[Supply]:
        return [line for line in self.lines if line.is_gap and line.code not in WIDEST]


def heads() -> list[str]:
    return [SUPPLY.label(one) for one in SUPPLY]


def find_seniority_gaps(survey: Survey) -> Gaps:
    table = tell_supply(survey, field_of(QUESTIONS["C1"]))
    lines = []
    for band in table.rows.codes:
        wider = [] if band == EVERYBODY else [EVERYBODY, *COVERED_BY.get(band, ())]
        seen = tally(survey.organisations, demand_for(band), survey.level).counts if band in BANDS else {}
        lines.append(_supply(table, band, wider, show_demand(seen, survey.level)))
    return _gaps(table, lines)


def find_language_gaps(survey: Survey) -> Gaps:
    """Also languages in which organisations work and nobody is mentored."""
    table = tell_supply(survey, field_of(QUESTIONS["F4"]))
    worked_in = [code for row in survey.organisations if row.named for code in row.languages]
    return _gaps(table, [_supply(table, code) for code in _codes(table, worked_in)])


def find_country_gaps(survey: Survey) -> Gaps:
    table = tell_supply(survey, SERVED, decides_place)
    seen = cross(survey.organisations, COUNTRY, DEMAND_ANYWHERE, survey.level)
    at_home = [code for row in survey.organisations if row.named for code in row.countries]
    lines = []
    for code in _codes(table, at_home):
        wider = [] if code == EVERYWHERE else [EVERYWHERE]
        demand = {one: seen.cells[code, one] for one in SEEN} if code in seen.rows.lines else {}
        lines.append(_supply(table, code, wider, show_demand(demand, survey.level)))
    return _gaps(table, lines)


def _supply(
    table: SupplyTable, code: str, wider: Iterable[str] = (), demand: Mapping[str, Count] | None = None
) -> Supply:
    also = add(table.at(one, state) for one in wider for state in POSSIBLE)
    counts = {one: table.at(code, one) for one in SUPPLY}
    return Supply(code, table.rows.field.label_of(code), counts, also, demand or {})


def _gaps(table: SupplyTable, lines: list[Supply]) -> Gaps:
    silent = {one: add(table.at(state, one) for state in table.rows.states) for one in SUPPLY}
    untold = add(silent.values())
    least = add(table.at(ANSWERED, one) for one in SUPPLY).known
    hidden = untold.is_hidden or table.whole.is_hidden
    return Gaps(lines, Count(None if hidden else table.whole.known - untold.known, least), silent)


def add(counts: Iterable[Count]) -> Count:
    found = list(counts)
    hidden = any(count.is_hidden for count in found)
    return Count(None if hidden else sum(count.known for count in found), sum(count.known for count in found))


def _codes(table: SupplyTable, more: Iterable[str]) -> list[str]:
    """What is for everybody stands last, as in the list of bands."""
    found = dict.fromkeys([*table.rows.codes, *sorted(set(more))])
    return sorted(found, key=lambda code: code in WIDEST)
