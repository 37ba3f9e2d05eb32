"""Features and outcomes that go together, with interval and caution."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from inventory.analysis.association import FAMILY_RATE, Association, Associations, Side
from inventory.analysis.pages.sheets import NO_BAR, Line, Sheet
from inventory.analysis.pages.words import raw, say_count, say_list, say_number, say_share
from wimmentor.base.charts import draw_interval

RAW_HEAD: tuple[Promise, ...] = (
    gettext_lazy("Feature"),
    gettext_lazy("Outcome"),
    gettext_lazy("Organisations with it"),
    gettext_lazy("Mean with it"),
    gettext_lazy("Organisations without"),
    gettext_lazy("Mean without"),
    gettext_lazy("Difference"),
    pgettext_lazy("least", "From"),
    pgettext_lazy("most", "To"),
)


@dataclass(frozen=True)
class AssociationPart:
    """`untold`: what could not be compared."""

    sentence: str
    method: str
    sheet: Sheet
    untold: str


def show_associations(found: Associations) -> AssociationPart:
    told = found.told
    reach = max((abs(end) for one in told for end in _ends(one)), default=0) or 1
    lines = [_line(one, reach) for one in told]
    few = [_name(one) for one in found.found if one.difference is None and told]
    untold = _("Told by fewer than five organisations on one of the two sides, so not compared: %(what)s.")
    head = [_("Feature"), _("Outcome"), _("Means (organisations)"), _("Difference in points"), _("Interval")]
    raw_head = [str(one) for one in RAW_HEAD]
    sheet = Sheet("associations", _("Features and outcomes"), head, lines, _few_lines(found), raw_head)
    method = _say_method(found.comparisons) if told else ""
    return AssociationPart(_sentence(told), method, sheet, untold % {"what": say_list(few, most=30)} if few else "")


def _sentence(told: list[Association]) -> str:
    if not told:
        return _("Too few organisations tell enough to compare anything.")
    found = [_name(one) for one in told if one.difference and one.difference.is_found]
    if not found:
        return _("Nothing is found that could not be chance.")
    return _("More than chance: %(what)s. What goes together need not cause one another.") % {"what": say_list(found)}


def _say_method(comparisons: int) -> str:
    text = ngettext(
        "%(number)s comparison was made. Where nothing goes together, its interval would find something in %(rate)s of "
        "surveys at most.",
        "%(number)s comparisons were made. Their intervals are so wide that, where nothing goes together, one of them "
        "or more would find something in %(rate)s of surveys at most.",
        comparisons,
    )
    return text % {"number": say_number(comparisons), "rate": say_share(FAMILY_RATE)}


def _line(one: Association, reach: float) -> Line:
    difference = one.difference
    if difference is None:
        return _few_line(one)
    low, high = difference.low, difference.high
    bounded = low is not None and high is not None
    bar = draw_interval(low or 0, difference.value, high or 0, reach) if bounded else NO_BAR
    cells = [str(one.outcome.label), _say_sides(one), _say_points(difference.value), _say_interval(one)]
    note = _("Caution: fewer than ten organisations on one side.") if one.needs_caution else ""
    numbers = [*_raw_side(one.with_it), *_raw_side(one.without), *map(_round, (difference.value, low, high))]
    return Line(_code(one), str(one.feature.label), cells, [str(one.outcome.label), *numbers], note, bar)


def _few_lines(found: Associations) -> list[Line]:
    return [_few_line(one) for one in found.found if one.difference is None]


def _few_line(one: Association) -> Line:
    numbers: list[Any] = [raw(one.with_it.organisations), "", raw(one.without.organisations), "", "", "", ""]
    return Line(_code(one), str(one.feature.label), [], [str(one.outcome.label), *numbers])


def _say_sides(one: Association) -> str:
    """86 % with a say (12), 74 % without (15); without the means: with a say (12), without (15)."""
    return ", ".join(_say_side(side) for side in one.sides)


def _say_side(side: Side) -> str:
    told = {"side": side.label, "number": say_count(side.organisations)}
    if side.mean is None:
        return _("%(side)s (%(number)s)") % told
    return _("%(share)s %(side)s (%(number)s)") % {**told, "share": say_share(side.mean)}


def _say_interval(one: Association) -> str:
    difference = one.difference
    if difference is None or difference.low is None or difference.high is None:
        return _("no interval: too few organisations for so many comparisons")
    return _("from %(low)s to %(high)s") % {"low": _say_points(difference.low), "high": _say_points(difference.high)}


def _say_points(difference: float) -> str:
    """In points of a hundred, with its sign."""
    points = round(difference * 100)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{say_number(abs(points))}"


def _ends(one: Association) -> list[float]:
    difference = one.difference
    if difference is None:
        return []
    return [end for end in (difference.low, difference.value, difference.high) if end is not None]


def _name(one: Association) -> str:
    return _("%(feature)s and %(outcome)s") % {"feature": one.feature.label, "outcome": str(one.outcome.label).lower()}


def _code(one: Association) -> str:
    return f"{one.feature.name}:{one.outcome.name}"


def _raw_side(side: Side) -> list[Any]:
    return [raw(side.organisations), _round(side.mean)]


def _round(number: float | None) -> float | str:
    return "" if number is None else round(number, 4)
