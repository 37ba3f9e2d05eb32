"""CSV of any dialect that office programmes write."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext

from wimmentor.base.spreadsheets.decode import decode_text
from wimmentor.base.spreadsheets.guard import unguard_cell
from wimmentor.base.spreadsheets.tables import Limits, SpreadsheetError, Table, gather_table, trim_cell
from wimmentor.base.text import contains_nul

_DELIMITERS = (",", ";", "\t")
_SAMPLE_RECORDS = 20
# Excel's own first line that names the delimiter; it shows it as no row.
_NAMED_DELIMITER = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


def read_csv(data: bytes, limits: Limits) -> Table:
    text, encoding = decode_text(data)
    named = _NAMED_DELIMITER.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _guess_delimiter(text)
    heading_row, headings, rows = gather_table(_records(text, delimiter), limits)
    return Table(headings=headings, rows=rows, heading_row=heading_row, kind="csv", encoding=encoding)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    if contains_nul(text):
        # Some versions of the csv module stop at NUL, others do not; the row is named either way.
        number = text[: text.index("\x00")].count("\n") + 1
        raise SpreadsheetError(
            gettext("Row %(row)d holds a character that no text has (NUL). Save the file again, as CSV UTF-8.")
            % {"row": number}
        )
    number = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            yield number, [trim_cell(unguard_cell(trim_cell(cell))) for cell in record]
    except csv.Error as error:
        raise SpreadsheetError(
            gettext("Row %(row)d cannot be read: a quotation mark is open or misplaced, or the file is cut off.")
            % {"row": number + 1}
        ) from error


def _guess_delimiter(text: str) -> str:
    """The one that cuts most of the first records into as many cells as the headings; a tie: into more cells."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    records: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        records = list(islice((record for record in reader if any(record)), _SAMPLE_RECORDS))
    except csv.Error:
        return -1.0, 0
    if not records or len(records[0]) < 2:
        return 0.0, 0
    width = len(records[0])
    return sum(len(record) == width for record in records) / len(records), width
