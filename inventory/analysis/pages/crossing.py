"""A table of two fields, as it stands on its page and in its file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from inventory.analysis.exchanges import STATE
from inventory.analysis.pages.sheets import Line, Sheet
from inventory.analysis.pages.words import raws, say_count, shorten
from inventory.analysis.tables import Count, CrossTable, Tally
from wimmentor.base.charts import draw_stack

# Series of the chart, in the order of the visual language; what is over stands together as the last.
FILLS = ("f1", "f2", "f4", "f6", "f7")
REST = "f5"


def show_table(found: CrossTable) -> Sheet:
    """The last column and the last line hold the sums of the tables of one field."""
    rows, columns = _shown(found.rows), _shown(found.columns)
    fills = _fill(found.columns, columns)
    head = [_word(found.rows), *(_short(found.columns, column) for column in columns), _("Total")]
    lines = []
    for row in rows:
        counts = [*(found.cells[row, column] for column in columns), found.rows.counts[row]]
        segments = [(fills[column], found.cells[row, column].known) for column in columns]
        bar = draw_stack(sorted(segments, key=lambda one: one[0] == REST), css="bar")
        lines.append(Line(row.removeprefix(STATE), _short(found.rows, row), _say(counts), raws(counts), bar=bar))
    sums = [found.columns.counts[column] for column in columns]
    total = [*_say(sums), str(found.rows.total)]
    lines.append(Line("", _("Total"), total, [*raws(sums), found.rows.total]))
    caption = _("%(rows)s by %(columns)s") % {"rows": _word(found.rows), "columns": _word(found.columns).lower()}
    return Sheet("table", caption, head, lines, hides=found.hides)


def make_key(found: CrossTable) -> list[tuple[str, str]]:
    """Swatch and word of each series."""
    fills = _fill(found.columns, _shown(found.columns))
    words = [(fill, _short(found.columns, column)) for column, fill in fills.items() if fill != REST]
    return [*words, (REST, _("others"))] if REST in fills.values() else words


def _fill(tally: Tally, columns: list[str]) -> dict[str, str]:
    """The largest columns have a series of their own."""
    largest = sorted(columns, key=lambda column: -tally.counts[column].known)
    own = dict(zip(largest, FILLS, strict=False))
    return {column: own.get(column, REST) for column in columns}


def _word(tally: Tally) -> str:
    return str(tally.field.label)


def _short(tally: Tally, line: str) -> str:
    return shorten(tally.field.word(line))


def say_several(found: CrossTable) -> list[str]:
    """Why lines can add up to more than the sum."""
    fields = [tally.field for tally in (found.rows, found.columns) if tally.field.several]
    return [_("%(field)s: an initiative can stand in several.") % {"field": field.label} for field in fields]


def _shown(tally: Tally) -> list[str]:
    """Of long lists only what occurs."""
    return [line for line in tally.lines if len(tally.codes) <= 12 or tally.counts[line].number != 0]


def _say(counts: Iterable[Count]) -> list[str]:
    return [say_count(count) for count in counts]
