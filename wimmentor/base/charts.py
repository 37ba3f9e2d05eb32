"""Shapes for charts, drawn on the server. SVG holds shapes only: words and figures stay HTML beside them.

Coordinates: a bar is 1000 wide and 9 high and is stretched by the page. Colours are classes, f0 to f7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH = 1000
HEIGHT = 9
GAP = 5
STRIPE = 5
STRIPE_STEP = 13
# From weight 5 of 100 a word fits over its place on the ruler.
SHORTEST_NAMED = 0.035

Rect = tuple[str, float, float]  # class, left edge, width


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of a pair: its weight gives the place, its score (0 to 100) fills it; unknown counts half."""

    criterion: str
    weight: float
    score: float
    unknown: bool = False
    short: str = ""

    @classmethod
    def read(cls, source: Any) -> "Part":
        """From a mapping or an object with the same names."""
        get = source.get if isinstance(source, Mapping) else lambda name, default=None: getattr(source, name, default)
        return cls(
            criterion=str(get("criterion", "")),
            weight=float(get("weight", 0) or 0),
            score=float(get("score", 0) or 0),
            unknown=bool(get("unknown", False)),
            short=str(get("short", "") or ""),
        )


def draw(rects: Sequence[Rect], *, css: str, label: str = "") -> SafeString:
    """Without a label the drawing is decoration: the figure stands beside it."""
    shapes = format_html_join("", "{}", ((_shape(*rect),) for rect in rects if rect[2] > 0))
    return _frame(shapes, css=css, label=label)


def _shape(fill: str, left: float, width: float) -> SafeString:
    return format_html('<path class="{}" d="{}"/>', fill, _outline(left, width)) if width > 0 else SafeString("")


def _outline(left: float, width: float) -> str:
    return f"M{_figure(left)} 0h{_figure(width)}v{HEIGHT}h-{_figure(width)}z"


def _frame(shapes: SafeString, *, css: str, label: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" {}>{}</svg>', css, WIDTH, HEIGHT, said, shapes
    )


def draw_core(parts: Sequence[Part], *, size: str = "", label: str = "") -> SafeString:
    """The bar of a pair: every criterion at its fixed place, so that pairs can be compared down the page."""
    rects: list[Rect] = []
    for part, left, width in place_parts(parts):
        rects.append(("f0", left, width))
        if part.unknown:
            rects.extend(_stripes(left, width))
        else:
            rects.append(("f1", left, width * _share(part.score, 100)))
    return draw(rects, css=f"core {size}".strip(), label=label or describe_parts(parts))


def draw_ruler(parts: Sequence[Part]) -> SafeString:
    """Names of the criteria over a column of core bars, in the same places."""
    texts = format_html_join(
        "",
        '<text x="{}%" y="12">{}</text>',
        (
            (_figure(left * 100 / WIDTH), part.short or part.criterion)
            for part, left, width in place_parts(parts)
            if width / WIDTH >= SHORTEST_NAMED
        ),
    )
    return format_html('<svg class="ruler" aria-hidden="true">{}</svg>', texts)


def draw_share(value: float, maximum: float, *, fill: str = "f1", css: str = "bar", label: str = "") -> SafeString:
    whole: Rect = ("f0", 0, WIDTH)
    return draw([whole, (fill, 0, WIDTH * _share(value, maximum))], css=css, label=label)


def draw_told(told: float, whole: float, *, fill: str = "f7", css: str = "bar", label: str = "") -> SafeString:
    """What is told, and stripes for the rest, which nobody knows."""
    width = WIDTH * _share(told, whole)
    begin = width + GAP if width else 0
    path = "".join(_outline(left, right) for _fill, left, right in _stripes(begin, WIDTH - begin))
    rest = format_html('<path class="f4" d="{}"/>', path) if WIDTH - begin > STRIPE else SafeString("")
    return _frame(_shape(fill, 0, width) + rest, css=css, label=label)


def draw_interval(low: float, value: float, high: float, reach: float, *, label: str = "") -> SafeString:
    """From `low` to `high` with a mark at `value`, on an axis from -reach to reach with a mark at nought."""
    left, middle, right = (WIDTH * _share(one + reach, 2 * reach) for one in (low, value, high))
    rects: list[Rect] = [("f0", 0, WIDTH), ("f4", left, right - left)]
    return draw([*rects, ("f7", WIDTH / 2 - 2, 4), ("f1", middle - 5, 10)], css="bar", label=label)


def draw_stack(segments: Sequence[tuple[str, float]], *, css: str = "bar tall", label: str = "") -> SafeString:
    """Segments (class, amount) side by side with a gap: the darks differ little in lightness."""
    shown = [(fill, amount) for fill, amount in segments if amount > 0]
    total = sum(amount for _fill, amount in shown)
    room = WIDTH - GAP * max(len(shown) - 1, 0)
    rects: list[Rect] = []
    left = 0.0
    for fill, amount in shown:
        width = room * amount / total
        rects.append((fill, left, width))
        left += width + GAP
    return draw(rects or [("f0", 0, WIDTH)], css=css, label=label)


def draw_rating(value: int, maximum: int = 10, *, label: str = "") -> SafeString:
    """A rating as single blocks, for goals that a person rates herself."""
    step = (WIDTH + GAP) / maximum
    rects: list[Rect] = [("f1" if number < value else "f0", number * step, step - GAP) for number in range(maximum)]
    return draw(rects, css="bar", label=label)


def draw_swatch(fill: str) -> SafeString:
    """A key's sample; `unknown` gives the stripes, `untold` those of `draw_told`."""
    if fill == "untold":
        return SafeString(
            '<svg viewBox="0 0 20 12" aria-hidden="true"><path class="f4" d="M1 0h3v12H1zM7 0h3v12H7zM13 0h3v12h-3z"/>'
            "</svg>"
        )
    if fill != "unknown":
        return format_html(
            '<svg viewBox="0 0 20 12" aria-hidden="true"><path class="{}" d="M0 0h20v12H0z"/></svg>', fill
        )
    return SafeString(
        '<svg viewBox="0 0 20 12" aria-hidden="true"><path class="f1" d="M1 0h2v12H1zM6 0h2v12H6zM11 0h2v12h-2zM16 0h2'
        'v12h-2z"/></svg>'
    )


def place_parts(parts: Sequence[Part]) -> list[tuple[Part, float, float]]:
    """Each part with its left edge and width: the same for every pair with the same weights."""
    shown = [part for part in parts if part.weight > 0]
    total = sum(part.weight for part in shown)
    room = WIDTH - GAP * max(len(shown) - 1, 0)
    placed = []
    left = 0.0
    for part in shown:
        width = room * part.weight / total
        placed.append((part, left, width))
        left += width + GAP
    return placed


def describe_parts(parts: Sequence[Part]) -> str:
    """The bar in words, for those who do not see it."""
    values = [
        f"{part.criterion} {_('not answered') if part.unknown else format(part.score, '.0f')}"
        for part in parts
        if part.weight > 0
    ]
    return _("Score by criterion: %(values)s") % {"values": ", ".join(values)}


def _stripes(left: float, width: float) -> list[Rect]:
    count = max(int(width // STRIPE_STEP), 1)
    return [("f1", left + number * STRIPE_STEP, STRIPE) for number in range(count)]


def _share(value: float, maximum: float) -> float:
    return min(max(value / maximum, 0), 1) if maximum > 0 else 0


def _figure(value: float) -> str:
    """Coordinates never depend on the reader's language."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
