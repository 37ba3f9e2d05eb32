"""XLSX, read row by row: values only, never formulas, links or macros."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext
from openpyxl import DEFUSEDXML, load_workbook

from wimmentor.base.spreadsheets.archive import check_archive
from wimmentor.base.spreadsheets.tables import Limits, SpreadsheetError, Table, gather_table, trim_cell

if not DEFUSEDXML:
    raise ImportError("openpyxl must parse with defusedxml: unset OPENPYXL_DEFUSEDXML.")

_ROWS_OF_A_SHEET = 1_048_576
# Excel writes the carriage return of a line break as _x000D_, and an underscore before such a thing as _x005F_.
_ESCAPED = re.compile("_x(000D|005F)_")


def read_xlsx(data: bytes, limits: Limits) -> Table:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decoration that it leaves out; that is no matter here.
            warnings.simplefilter("ignore")
            return _read(data, limits)
    except SpreadsheetError:
        raise
    except Exception as error:  # A broken workbook fails anywhere in zipfile, zlib, expat or openpyxl.
        raise SpreadsheetError(
            gettext("This workbook is damaged or cut off. Open it in a spreadsheet programme and save it again.")
        ) from error


def _read(data: bytes, limits: Limits) -> Table:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive, limits)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = _first_visible(workbook)
            # The size that a sheet claims may be anything.
            sheet.reset_dimensions()
            heading_row, headings, rows = gather_table(_records(sheet), limits)
            hidden = _hidden_columns(archive, sheet._worksheet_path, limits.columns)
        finally:
            workbook.close()
    return Table(headings=headings, rows=rows, heading_row=heading_row, hidden=hidden, kind="xlsx")


def _first_visible(workbook: Any) -> Any:
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            return sheet
    raise SpreadsheetError(gettext("This workbook has no visible sheet."))


def _records(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > _ROWS_OF_A_SHEET:
                raise SpreadsheetError(gettext("This workbook names rows that no sheet has. Save it again."))
            if values:
                yield number, [_text(value) for value in values]
    except SpreadsheetError:
        raise
    except Exception as error:  # As above, with the row.
        raise SpreadsheetError(
            gettext("This workbook is damaged near row %(row)d. Open it in a spreadsheet programme and save it again.")
            % {"row": number + 1}
        ) from error


def _text(value: object) -> str:
    """Dates as ISO, whole numbers without a point, booleans as yes or no."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return _moment_text(value)
        case _:
            # date and time show themselves as ISO.
            return trim_cell(_ESCAPED.sub(lambda found: "_" if found[1] == "005F" else "", str(value)))


def _moment_text(value: datetime) -> str:
    # Excel counts in fractions of days: a second may come out as 0.999999.
    rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat()


def _hidden_columns(archive: zipfile.ZipFile, path: str, columns: int) -> frozenset[int]:
    hidden: set[int] = set()
    with archive.open(path) as stream:
        for _, element in iterparse(stream, events=("start",), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if name == "sheetData":
                break
            if name == "col" and element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                hidden.update(range(first - 1, min(last, columns)))
    return frozenset(hidden)
