"""XLSX, read row by row: values only, never formulas, links or macros."""

import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from django.utils.translation import gettext

from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _
from wimmentor.base.spreadsheets.archive import check_archive
from wimmentor.base.spreadsheets.sheet_cells import SheetReader
from wimmentor.base.spreadsheets.tables import Limits, SpreadsheetError, Table, gather_table
from wimmentor.base.spreadsheets.workbook import Sheet, Workbook, read_workbook
from wimmentor.base.spreadsheets.xml_parts import stream_part

_LOOKED_AT = 50
Read = TypeVar("Read")


def read_xlsx(data: bytes, limits: Limits) -> Table:
    return _open(data, limits, _read)


def read_sheets(data: bytes, limits: Limits) -> list[Table]:
    """Each visible sheet that holds anything."""
    return _open(data, limits, _read_each)


def _open(data: bytes, limits: Limits, read: Callable[[zipfile.ZipFile, Limits], Read]) -> Read:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive, limits)
            return read(archive, limits)
    except SpreadsheetError:
        raise
    except Exception as error:  # A broken workbook fails anywhere in zipfile, zlib or expat.
        raise SpreadsheetError(
            gettext("This workbook is damaged or cut off. Open it in a spreadsheet programme and save it again.")
        ) from error


def _read(archive: zipfile.ZipFile, limits: Limits) -> Table:
    book = read_workbook(archive, limits)
    sheet, others = _choose_sheet(archive, book, limits)
    return _read_sheet(archive, book, sheet, others, limits)


def _read_each(archive: zipfile.ZipFile, limits: Limits) -> list[Table]:
    book = read_workbook(archive, limits)
    visible = [sheet for sheet in book.sheets if sheet.is_visible]
    if not visible:
        raise SpreadsheetError(gettext("This workbook has no visible sheet."))
    filled = [sheet for sheet in visible if _holds_anything(archive, book, sheet, limits)]
    return [_read_sheet(archive, book, sheet, [], limits) for sheet in filled or visible[:1]]


def _holds_anything(archive: zipfile.ZipFile, book: Workbook, sheet: Sheet, limits: Limits) -> bool:
    records = islice(_records(archive, sheet, SheetReader(book, limits)), _LOOKED_AT)
    return any(cell for _number, record in records for cell in record)


def _read_sheet(archive: zipfile.ZipFile, book: Workbook, sheet: Sheet, others: list[Sheet], limits: Limits) -> Table:
    reader = SheetReader(book, limits)
    gathered = gather_table(_records(archive, sheet, reader), limits)
    warnings = [*gathered.warnings, *_say_left_out(sheet, others), *_say_unread(reader)]
    return Table(
        headings=gathered.headings,
        rows=gathered.rows,
        heading_row=gathered.heading_row,
        hidden=frozenset(reader.hidden),
        kind="xlsx",
        sheet=sheet.name,
        warnings=tuple(warnings),
    )


def _choose_sheet(archive: zipfile.ZipFile, book: Workbook, limits: Limits) -> tuple[Sheet, list[Sheet]]:
    """The first visible one that holds addresses, else the first that holds anything; and the other filled ones."""
    visible = [sheet for sheet in book.sheets if sheet.is_visible]
    if not visible:
        raise SpreadsheetError(gettext("This workbook has no visible sheet."))
    if len(visible) == 1:
        return visible[0], []
    filled: list[Sheet] = []
    addressed: list[Sheet] = []
    for sheet in visible:
        records = islice(_records(archive, sheet, SheetReader(book, limits)), _LOOKED_AT)
        cells = [cell for _number, record in records for cell in record if cell]
        if cells:
            filled.append(sheet)
        if any("@" in cell for cell in cells):
            addressed.append(sheet)
    chosen = next(iter([*addressed, *filled, *visible]))
    return chosen, [sheet for sheet in filled if sheet is not chosen]


def _records(archive: zipfile.ZipFile, sheet: Sheet, reader: SheetReader) -> Iterator[tuple[int, list[str]]]:
    try:
        for _block in stream_part(archive, sheet.path, reader):
            yield from reader.rows
            reader.rows.clear()
    except SpreadsheetError:
        raise
    except Exception as error:  # As above, with the row.
        raise SpreadsheetError(
            gettext("This workbook is damaged near row %(row)d. Open it in a spreadsheet programme and save it again.")
            % {"row": max(reader.number, 1)}
        ) from error


def _say_left_out(sheet: Sheet, others: list[Sheet]) -> Iterator[Phrase]:
    if others:
        names = ", ".join(f"“{other.name}”" for other in others)
        yield _("Only the sheet “%(sheet)s” was read, not %(others)s.") % {"sheet": sheet.name, "others": names}


def _say_unread(reader: SheetReader) -> Iterator[Phrase]:
    if reader.hidden_rows:
        yield _("Hidden rows were read like the others: %(number)d.") % {"number": reader.hidden_rows}
    for rows, sentence in (
        (reader.unread_formulas, _("Formulas without a value were left empty, in row %(rows)s.")),
        (reader.errors, _("Formulas that ended in an error were left empty, in row %(rows)s.")),
    ):
        if rows:
            distinct = list(dict.fromkeys(rows))
            shown = ", ".join(map(str, distinct[:5])) + ("…" if len(distinct) > 5 else "")
            yield sentence % {"rows": shown}
