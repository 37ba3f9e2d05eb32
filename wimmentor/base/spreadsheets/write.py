"""Exports: everything that people typed stays text, in whatever programme it is opened."""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from wimmentor.base.spreadsheets.guard import guard_cell
from wimmentor.base.spreadsheets.tables import trim_cell

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ROWS_A_CHUNK = 500
_XLSX_CELL = 32_767
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# XLSX reads _x0041_ as "A", so that what looks like it is escaped.
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_csv(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with a mark, without which Excel takes it for something else. For a StreamingHttpResponse."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([_csv_text(heading) for heading in headings])
    yield b"\xef\xbb\xbf"
    for count, row in enumerate(rows, 1):
        writer.writerow([_csv_text(value) for value in row])
        if count % _ROWS_A_CHUNK == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def _drain(buffer: io.StringIO) -> bytes:
    chunk = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return chunk


def _csv_text(value: object) -> str:
    plain = _plain(value)
    if isinstance(plain, str):
        return guard_cell(plain)
    return format(plain, "f") if isinstance(plain, Decimal) else str(plain)


def _plain(value: object) -> str | int | float | Decimal:
    """Numbers stay numbers, all else becomes trimmed text."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return value if math.isfinite(value) else ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return trim_cell(str(value).replace("\x00", ""))


def write_xlsx(headings: Sequence[object], rows: Iterable[Sequence[object]], title: str = "") -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or None)
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(str(heading)) + 2, 12), 40)
    sheet.append([_xlsx_cell(sheet, trim_cell(str(heading)), bold=True) for heading in headings])
    for row in rows:
        sheet.append([None if (plain := _plain(value)) == "" else _xlsx_cell(sheet, plain) for value in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: str | float | Decimal, *, bold: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    if bold:
        cell.font = Font(bold=True)
    if isinstance(value, str):
        cell.value = _xlsx_text(value)
        # openpyxl takes "=..." for a formula and "#N/A" for an error; the prefix keeps it text when edited in Excel.
        cell.data_type = "s"
        if guard_cell(value) != value:  # any style makes a cell slow to write
            cell.quotePrefix = True
    else:
        cell.value = value
    return cell


def _xlsx_text(text: str) -> str:
    escaped = _ESCAPE_LOOKALIKE.sub("_x005F_", _NOT_IN_XML.sub("", text))
    return escaped if len(escaped) <= _XLSX_CELL else escaped[: _XLSX_CELL - 4] + " […]"
