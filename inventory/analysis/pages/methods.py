"""Ways of matching beside each other: one small chart for each measure, and everything in one file."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from inventory.analysis.comparison import Comparison, Group
from inventory.analysis.figures import Figure
from inventory.analysis.measures import MEASURES, Measure
from inventory.analysis.pages.sheets import Line, Sheet, bars_of
from inventory.analysis.pages.words import raws, say_count, say_list, say_number, say_of, say_share
from wimmentor.base.charts import draw_share, draw_told
from wimmentor.base.phrases import say_list as say_items

RAW_HEAD: tuple[Promise, ...] = (
    gettext_lazy("Matching"),
    gettext_lazy("Measure"),
    gettext_lazy("Value"),
    gettext_lazy("Base"),
    pgettext_lazy("least", "From"),
    pgettext_lazy("most", "To"),
    gettext_lazy("Organisations"),
    gettext_lazy("Initiatives"),
    gettext_lazy("Editions"),
    gettext_lazy("Initiatives that do not tell"),
)


@dataclass(frozen=True)
class MeasureChart:
    """`lines`: cells as in `head`, which names the label's column first; their notes say the same on phones."""

    heading: str
    meta: str
    head: list[str]
    lines: list[Line]

    @property
    def caption(self) -> str:
        return _("%(measure)s by way of matching") % {"measure": self.heading}


@dataclass(frozen=True)
class Methods:
    sentence: str
    groups: Sheet
    charts: list[MeasureChart]
    untold: str
    sheet: Sheet


def show_methods(found: Comparison) -> Methods:
    asked = found.tally.total - found.tally.counts["?not_applicable"].known
    sentence = _("%(count)s initiatives say how they make pairs.") % {"count": say_of(found.tally.told, asked)}
    groups = bars_of(
        found.tally, "matching-groups", caption=_("Initiatives by main way of matching"), unit=_("Initiatives")
    )
    charts = [chart for number, measure in enumerate(MEASURES) if (chart := _chart(found.groups, number, measure))]
    costs = _costs(found.groups)
    told = {chart.heading for chart in charts}
    never = [str(measure.label) for measure in MEASURES if str(measure.label) not in told] if found.groups else []
    untold = _("Not told by any of them: %(measures)s.") % {"measures": say_list(never)} if never else ""
    return Methods(sentence, groups, [*charts, *costs], untold, _sheet(found.groups))


def _chart(groups: list[Group], number: int, measure: Measure) -> MeasureChart | None:
    figures = [(group, group.figures[number]) for group in groups]
    if all(figure.state == "untold" for _group, figure in figures):
        return None
    return _make_chart(str(measure.label), figures, str(measure.base))


def _costs(groups: list[Group]) -> list[MeasureChart]:
    """One chart for each currency: they are never converted."""
    currencies = sorted({str(figure.measure.label) for group in groups for figure in group.costs})
    charts = []
    for currency in currencies:
        figures = [(group, one) for group in groups for one in group.costs if one.measure.label == currency]
        heading = _("Cost of matching per pair, %(currency)s") % {"currency": currency}
        charts.append(_make_chart(heading, figures, _("pairs")))
    return charts


def _make_chart(heading: str, figures: list[tuple[Group, Figure]], base: str) -> MeasureChart:
    """`base`: of what a pooled measure is a share; empty for others, which have a range."""
    largest = max((figure.value or 0 for _group, figure in figures), default=0)
    halves = any(figure.is_half for _group, figure in figures)
    meta = _("range: where the middle half lies") if halves else ""
    value = [_("Of all editions"), _("Of %(what)s") % {"what": base}] if base else [_("Median"), _("Range")]
    head = [_("Matching"), *value, _("Organisations"), _("Editions"), _("Initiatives that do not tell")]
    return MeasureChart(heading, meta, head, [_line(group, figure, largest) for group, figure in figures])


def _line(group: Group, figure: Figure, largest: float) -> Line:
    if figure.value is None or figure.behind is None:
        said = _("hidden") if figure.state == "hidden" else _("not told")
        return Line(group.code, group.label, [said, *[""] * 4], [], bar=draw_told(0, 1))
    bar = draw_share(figure.value, 1 if figure.measure.unit == "share" else largest)
    behind = figure.behind
    unknown = _("fewer than 5") if behind.unknown.is_hidden else say_count(behind.unknown)
    numbers = [say_count(behind.organisations), say_count(behind.editions), unknown]
    spread = _say_spread(figure)
    note = _say_behind(figure, spread, numbers)
    return Line(group.code, group.label, [say_value(figure, figure.value), spread, *numbers], [], note, bar)


def say_value(figure: Figure, value: float) -> str:
    return say_share(value) if figure.measure.unit == "share" else say_number(value)


def _say_spread(figure: Figure) -> str:
    if figure.measure.pooled:
        return _("not public") if figure.base is None else say_number(figure.base)
    low, high = (_("fewer than 5") if end is None else say_number(end, 0) for end in (figure.low, figure.high))
    return low if figure.low is None and figure.high is None else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _say_behind(figure: Figure, spread: str, numbers: list[str]) -> str:
    """Of 340 places; 12 organisations, 20 editions; initiatives that do not tell: 5."""
    organisations, editions, unknown = numbers
    if figure.measure.pooled:
        spread = _("of %(base)s %(what)s") % {"base": spread, "what": figure.measure.base} if figure.base else ""
    counts = {"organisations": organisations, "editions": editions, "unknown": unknown}
    behind = _("%(organisations)s organisations, %(editions)s editions") % counts
    untold = _("initiatives that do not tell: %(unknown)s") % counts
    return say_items(filter(None, [spread, behind, untold]))


def _sheet(groups: list[Group]) -> Sheet:
    lines = [
        Line(group.code, group.label, [], [str(figure.measure.label), *_raw(figure)])
        for group in groups
        for figure in [*group.figures, *group.costs]
    ]
    head = [str(one) for one in RAW_HEAD]
    return Sheet("matching", _("Ways of matching compared"), head, lines, raw_head=head)


def _raw(figure: Figure) -> list[Any]:
    if figure.state != "shown" or figure.behind is None:
        return ["hidden" if figure.state == "hidden" else "", *[""] * 7]
    numbers = ["" if one is None else round(one, 4) for one in (figure.value, figure.base, figure.low, figure.high)]
    behind = figure.behind
    return [*numbers, *raws([behind.organisations, behind.initiatives, behind.editions, behind.unknown])]
