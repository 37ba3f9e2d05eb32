"""Marks, charts and small formats for templates: `{% load wim %}`."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wimmentor.base import charts
from wimmentor.base.codes.zones import name_place
from wimmentor.base.phrases import say_fact

register = template.Library()

BREAK = re.compile(r"(?<=[@;])(?=\S)")

# Kind of badge: its class and its shape.
BADGES = {
    "done": ("done", "check"),
    "now": ("now", "half"),
    "waiting": ("wait", "ring"),
    "attention": ("attn", "alert"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Decoration beside words; with a label it speaks for itself."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="i" {}><use href="{}#{}"/></svg>', said, static("icons/icons.svg"), name)


@register.filter
def says(label: object, value: object) -> str:
    """Label and value as the reader's language puts them."""
    return say_fact(label, value)


@register.filter
def breakable(text: object) -> SafeString:
    """Long addresses and lists break after their @ and ; rather than in the middle of a word."""
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in BREAK.split(str(text))))


@register.simple_tag
def badge(kind: str, text: object) -> SafeString:
    """Shape and word. Kinds: done, now, waiting, attention."""
    css, shape = BADGES[kind]
    return format_html('<span class="badge {}">{}{}</span>', css, icon(shape), text)


@register.simple_tag
def core_bar(parts: Iterable[Any], size: str = "", label: str = "") -> SafeString:
    """`parts`: criterion, weight, score 0 to 100, unknown. Sizes: "", "lg", "mini"."""
    return charts.draw_core([charts.Part.read(part) for part in parts], size=size, label=str(label))


@register.simple_tag
def core_ruler(parts: Iterable[Any]) -> SafeString:
    return charts.draw_ruler([charts.Part.read(part) for part in parts])


@register.simple_tag
def core_order(parts: Iterable[Any]) -> str:
    """The ruler in words, for phones."""
    names = ", ".join(charts.Part.read(part).criterion for part in parts)
    return _("From left: %(names)s.") % {"names": names}


@register.simple_tag
def core_key() -> SafeString:
    return chart_key([("f1", _("points")), ("f0", _("missed")), ("unknown", _("not answered, counts half"))])


@register.simple_tag
def chart_key(entries: Sequence[Sequence[Any]]) -> SafeString:
    """`entries`: (class, word) or (class, word, figure)."""
    rows = ((charts.draw_swatch(entry[0]), entry[1], _bold(entry[2:])) for entry in entries)
    return format_html('<ul class="key">{}</ul>', format_html_join("", "<li>{}{}{}</li>", rows))


@register.simple_tag
def bar(value: float, maximum: float, label: str = "", fill: str = "f1", css: str = "bar") -> SafeString:
    return charts.draw_share(float(value or 0), float(maximum or 0), fill=fill, css=css, label=str(label))


@register.simple_tag
def stack_bar(segments: Iterable[tuple[str, float]], label: str = "", css: str = "bar tall") -> SafeString:
    """`segments`: (class, amount)."""
    return charts.draw_stack(list(segments), css=css, label=str(label))


@register.simple_tag
def rating_bar(value: int, maximum: int = 10, label: str = "") -> SafeString:
    return charts.draw_rating(int(value or 0), maximum, label=str(label))


@register.inclusion_tag("components/steps.html")
def steps(current: int, total: int, meta: str = "", over: str = "") -> dict[str, Any]:
    return {"steps": range(1, total + 1), "current": current, "total": total, "meta": meta, "over": over}


@register.simple_tag(takes_context=True)
def sort_link(context: Context, name: str, text: str) -> SafeString:
    """A table head that sorts by `?sort=name`, or the other way round when it does already. Keeps the filters."""
    request = context["request"]
    query = request.GET.copy()
    now = query.get("sort", "")
    query.pop("page", None)
    query["sort"] = f"-{name}" if now == name else name
    arrow = {name: " ↑", f"-{name}": " ↓"}.get(now, "")
    return format_html('<a href="?{}">{}{}</a>', query.urlencode(), text, arrow)


@register.simple_tag(takes_context=True)
def sort_state(context: Context, name: str) -> SafeString:
    """The attribute that tells the order to screen readers: `<th scope="col" {% sort_state "name" %}>`."""
    order = {name: "ascending", f"-{name}": "descending"}.get(context["request"].GET.get("sort", ""))
    return format_html('aria-sort="{}"', order) if order else SafeString("")


@register.filter
def points(hundredths: int | None) -> str:
    """7840 -> "78.4" in the reader's notation."""
    if hundredths is None:
        return ""
    value = (Decimal(hundredths) / 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return number_format(value, decimal_pos=1)


@register.filter
def in_zone(when: datetime | None, zone: str) -> str:
    """Sunday 10 January 2027, 23:59 in Santiago (UTC−3). An unknown zone counts as UTC, and says so."""
    if when is None:
        return ""
    local = when.astimezone(_read_zone(zone))
    day, hour = date_format(local, pgettext("date format", "l j F Y")), date_format(local, "H:i")
    if local.tzinfo is UTC:
        return f"{day}, {hour} UTC"
    words = {"day": day, "time": hour, "place": name_place(zone), "offset": format_offset(local)}
    return _("%(day)s, %(time)s in %(place)s (%(offset)s)") % words


@register.filter
def moment_in(when: datetime | None, zone: str) -> str:
    """10 Jan 2027, 23:59 (UTC−3): for lists and histories."""
    if when is None:
        return ""
    local = when.astimezone(_read_zone(zone))
    return (
        f"{date_format(local, 'SHORT_DATETIME_FORMAT')} ({format_offset(local) if local.tzinfo is not UTC else 'UTC'})"
    )


@register.filter
def day_in(when: datetime | None, zone: str) -> str:
    """Sunday 10 January 2027, as it is in that zone."""
    return date_format(when.astimezone(_read_zone(zone)), pgettext("date format", "l j F Y")) if when else ""


@register.filter
def initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def format_offset(local: datetime) -> str:
    """UTC−3, UTC+5:30."""
    offset = local.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def _read_zone(zone: str) -> tzinfo:
    try:
        return UTC if zone in ("", "UTC") else ZoneInfo(zone)
    except (KeyError, OSError, ValueError):
        return UTC


def _bold(figure: Sequence[Any]) -> SafeString:
    return format_html(" <b>{}</b>", figure[0]) if figure else SafeString("")
