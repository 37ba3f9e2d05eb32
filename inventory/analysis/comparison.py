"""Ways of matching compared: how large, how quick, how costly, how good. Groups of initiatives, never single ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from inventory.analysis.derived import METHOD, METHOD_GROUP
from inventory.analysis.figures import Figure, Told, figure_of, make_figure
from inventory.analysis.levels import Survey
from inventory.analysis.measures import MEASURES, currency_of, measure_cost, read_cost
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
    return [figure_of(rows, measure, survey) for measure in MEASURES], _costs(rows, survey)


def _costs(rows: Sequence[InitiativeRow], survey: Survey) -> list[Figure]:
    """Who tells a cost in another currency is not among those who tell none."""
    told: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        for edition in row.editions:
            if (cost := read_cost(row, edition)) is not None:
                told[currency_of(edition)].append(Told(row, *cost))
    silent = len(rows) - len({one.row.code for costs in told.values() for one in costs})
    figures = [make_figure(rows, measure_cost(code), survey, told[code], silent) for code in sorted(told)]
    if survey.level == "iwim":
        return figures
    # Even that somebody pays in this currency is told to IWiM only.
    return [figure for figure in figures if figure.state == "shown"]
