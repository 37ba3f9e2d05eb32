"""Ways of matching compared: how large, how quick, how costly, how good. Groups of initiatives, never single ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.analysis.derived import METHOD, METHOD_GROUP
from inventory.analysis.figures import Figure, figure_of
from inventory.analysis.levels import Survey
from inventory.analysis.measures import MEASURES, currency_of, measure_cost
from inventory.analysis.tables import Count, Tally, read_all, tally
from inventory.initiatives.rows import InitiativeRow


@dataclass(frozen=True)
class Group:
    code: str
    initiatives: Count
    figures: list[Figure]
    costs: list[Figure]  # per pair, one for each currency

    @property
    def label(self) -> str:
        return METHOD_GROUP.label(self.code)


@dataclass(frozen=True)
class Comparison:
    """`tally`: how many say how they match, and who does not."""

    tally: Tally
    groups: list[Group]


def compare_methods(survey: Survey) -> Comparison:
    found = tally(survey.initiatives, METHOD, survey.level)
    rows: dict[str, list[InitiativeRow]] = {}
    for row, (method,) in zip(survey.initiatives, read_all(survey.initiatives, METHOD), strict=True):
        # Where the tally hides how many there are, the number of rows here would give the unnamed ones away.
        if row.organisation.named or not found.counts[method].is_hidden:
            rows.setdefault(method, []).append(row)
    groups = [Group(code, found.counts[code], *_figures(rows[code], survey)) for code in METHOD.codes if code in rows]
    return Comparison(found, groups)


def _figures(rows: Sequence[InitiativeRow], survey: Survey) -> tuple[list[Figure], list[Figure]]:
    currencies = sorted({currency_of(edition) for row in rows for edition in row.editions} - {""})
    costs = [figure_of(rows, measure_cost(currency), survey.level) for currency in currencies]
    if survey.level != "iwim":  # even that somebody pays in this currency is told to IWiM only
        costs = [cost for cost in costs if cost.state == "shown"]
    return [figure_of(rows, measure, survey.level) for measure in MEASURES], costs
