"""A table as it stands on a page, beside its bars, and as it is taken along as CSV."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from inventory.analysis.exchanges import STATE
from inventory.analysis.field import NOT_APPLICABLE
from inventory.analysis.pages.words import raw, say_count, say_of, shorten
from inventory.analysis.tables import Count, Tally
from wimmentor.base.charts import draw_share, draw_told
from wimmentor.base.phrases import say_fact

NO_BAR = SafeString("")


@dataclass(frozen=True)
class Line:
    """`cells`: as read; `raw`: as taken along."""

    code: str
    label: str
    cells: list[str]
    raw: list[Any]
    note: str = ""
    bar: SafeString = NO_BAR


@dataclass(frozen=True)
class Sheet:
    """`head`: over the labels of its lines and over their cells; `raw_head`: where the file has other columns.
    `rest`: lines of the file that stand on the page in words only (`states`)."""

    name: str
    caption: str
    head: list[str]
    lines: list[Line]
    rest: list[Line] = field(default_factory=list)
    raw_head: list[str] = field(default_factory=list)
    states: str = ""
    hides: bool = False

    @property
    def columns(self) -> list[str]:
        return self.head[1:]

    @property
    def export_head(self) -> list[str]:
        return ["code", *(self.raw_head or self.head)]

    @property
    def export_rows(self) -> Iterable[list[Any]]:
        return ([line.code, line.label, *line.raw] for line in [*self.lines, *self.rest])

    @property
    def labelled(self) -> list[tuple[Line, list[tuple[str, str]]]]:
        """Each cell with its column's head, which phones show beside it."""
        return [(line, list(zip(self.columns, line.cells, strict=True))) for line in self.lines]


def bars_of(found: Tally, name: str, *, caption: str, unit: str, zeros: bool = False, in_order: bool = False) -> Sheet:
    """One bar for each code. The states in which an answer is missing follow in words, and as lines of the file.
    `zeros`: also codes that nobody names, where anybody names one. `in_order`: of the list, not of the counts."""
    zeros = zeros and found.told.number != 0
    codes = [code for code in found.codes if zeros or found.counts[code].number != 0]
    if not in_order:
        codes.sort(key=lambda code: -found.counts[code].known)
    largest = max((found.counts[code].known for code in codes), default=0)
    lines = [make_bar(code, found.field.word(code), found.counts[code], largest) for code in codes]
    rest = [_line_of(found, state) for state in found.states]
    states = " · ".join(say_fact(line.label, line.cells[0]) for line in rest)
    return Sheet(name, caption, [str(found.field.label), unit], lines, rest, states=states, hides=found.hides)


def make_bar(code: str, label: str, count: Count, largest: int, note: str = "") -> Line:
    """Of a hidden count the part that is public by name is filled, and stripes stand for the rest."""
    if count.is_hidden:
        bar = draw_told(count.least, max(largest, count.least + 1), fill="f1")
    else:
        bar = draw_share(count.known, largest)
    return Line(code, shorten(label), [say_count(count)], [raw(count)], note, bar)


def make_told_bar(found: Tally, label: str) -> Line:
    """How many tell it, of those it is asked of."""
    asked = found.total - found.counts[NOT_APPLICABLE[0]].known
    bar = draw_told(found.told.known, asked)
    return Line(found.field.name, label, [say_of(found.told, asked)], [raw(found.told), asked], bar=bar)


def _line_of(found: Tally, state: str) -> Line:
    count = found.counts[state]
    return Line(state.removeprefix(STATE), found.field.word(state), [say_count(count)], [raw(count)])
