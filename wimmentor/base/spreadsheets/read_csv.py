"""CSV of any dialect that office programmes write."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext

from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _
from wimmentor.base.spreadsheets.decode import decode_text
from wimmentor.base.spreadsheets.guard import unguard_cell
from wimmentor.base.spreadsheets.tables import Limits, Row, SpreadsheetError, Table, gather_table, trim_cell
from wimmentor.base.text import contains_nul

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 20
_SAMPLE_LINES = 500
_MOST_DELIMITERS = 200_000
# Enough of a line to guess the delimiter by.
_LONG_LINE = 100_000
# With those inside cells.
_MOST_LINES = 500_000
_LINE_END = re.compile(r"\r\n|\r|\n")
# Excel's own first line that names the delimiter; it shows it as no row.
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


def read_csv(data: bytes, limits: Limits) -> Table:
    text, encoding = decode_text(data)
    named = _NAMED_DELIMITER.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _guess_delimiter(text)
    gathered = gather_table(_records(text, delimiter, limits.columns), limits)
    table = Table(**gathered._asdict(), kind="csv", encoding=encoding, delimiter=delimiter)
    return replace(table, warnings=(*table.warnings, _say_cut(table.rows))) if _is_cut(text, delimiter) else table


def _is_cut(text: str, delimiter: str) -> bool:
    """The last line has no end and fewer cells than the one before it, which no programme writes."""
    before, _end, last = text.rpartition("\n")
    line = before.rpartition("\n")[2]
    return bool(last.strip()) and '"' not in line + last and last.count(delimiter) < line.count(delimiter)


def _say_cut(rows: list[Row]) -> Phrase:
    return _("The file ends in the middle of row %(row)d: it may be cut off.") % {"row": rows[-1].number if rows else 1}


def _records(text: str, delimiter: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    if contains_nul(text):
        # Some versions of the csv module stop at NUL, others do not; the row is named either way.
        number = text[: text.index("\x00")].count("\n") + 1
        raise SpreadsheetError(
            gettext("Row %(row)d holds a character that no text has (NUL). Save the file again, as CSV UTF-8.")
            % {"row": number}
        )
    number = 0
    try:
        for number, record in enumerate(
            csv.reader(_narrow_lines(text, delimiter, columns), delimiter=delimiter, strict=True), 1
        ):
            yield number, [trim_cell(unguard_cell(trim_cell(cell))) for cell in record]
    except csv.Error as error:
        raise SpreadsheetError(
            gettext("Row %(row)d cannot be read: a quotation mark is open or misplaced, or the file is cut off.")
            % {"row": number + 1}
        ) from error


def _narrow_lines(text: str, delimiter: str, columns: int) -> Iterator[str]:
    """A line of millions of delimiters is refused before it becomes millions of cells."""
    for number, line in enumerate(split_lines(text), 1):
        if line.count(delimiter) > _MOST_DELIMITERS:
            raise SpreadsheetError(
                gettext("Row %(row)d has more than %(limit)d columns. Keep only the columns of the form.")
                % {"row": number, "limit": columns}
            )
        if number > _MOST_LINES:
            raise SpreadsheetError(
                gettext("The file has more than %(limit)d lines. Split it into smaller files.") % {"limit": _MOST_LINES}
            )
        yield line


def _guess_delimiter(text: str) -> str:
    """The one that cuts most of the first records into equally many cells; a tie: into more cells."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    records: list[list[str]] = []
    try:
        reader = csv.reader((line[:_LONG_LINE] for line in split_lines(text)), delimiter=delimiter)
        looked_at = islice(reader, _SAMPLE_LINES)
        records = list(islice((record for record in looked_at if any(record)), _SAMPLE_RECORDS))
    except csv.Error:
        return -1.0, 0
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return count / len(records), width


def split_lines(text: str) -> Iterator[str]:
    """At the ends that spreadsheets know, and only there; without a copy of the whole text."""
    start = 0
    for found in _LINE_END.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]
