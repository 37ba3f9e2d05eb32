"""One door for every spreadsheet that people send."""

from pathlib import PurePath
from typing import Protocol

from django.utils.translation import gettext

from wimmentor.base.spreadsheets.read_csv import read_csv
from wimmentor.base.spreadsheets.read_xlsx import read_sheets, read_xlsx
from wimmentor.base.spreadsheets.tables import Limits, SpreadsheetError, Table

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES = {".csv", ".tsv", ".txt", ""}
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def read_table(file: Readable, filename: str, limits: Limits | None = None) -> Table:
    """Raises SpreadsheetError, whose message is a sentence for the sender."""
    limits = limits or Limits()
    data = _take_in(file, filename, limits)
    return read_xlsx(data, limits) if _is_archive(data) else read_csv(data, limits)


def read_tables(file: Readable, filename: str, limits: Limits | None = None) -> list[Table]:
    """Each sheet of a workbook; a CSV file is one."""
    limits = limits or Limits()
    data = _take_in(file, filename, limits)
    return read_sheets(data, limits) if _is_archive(data) else [read_csv(data, limits)]


def _is_archive(data: bytes) -> bool:
    return data.startswith(b"PK")


def _take_in(file: Readable, filename: str, limits: Limits) -> bytes:
    """The bytes, where they are of a kind that is read."""
    data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise SpreadsheetError(
            gettext("The file is larger than %(size)d MB. Split it into smaller files.")
            % {"size": limits.file_bytes // (1024 * 1024)}
        )
    ending = PurePath(filename).suffix.casefold()
    _refuse_other_kinds(data, ending)
    if ending == ".xlsx" and not _is_archive(data):
        raise SpreadsheetError(
            gettext("The file is named .xlsx but is none, or not a whole one. Save it again as XLSX or as CSV.")
        )
    if _is_archive(data) and ending in _TEXT_NAMES - {""}:
        raise SpreadsheetError(
            gettext("The file is named %(ending)s but holds a workbook. Give it the ending .xlsx, or save it as CSV.")
            % {"ending": ending}
        )
    return data


def _refuse_other_kinds(data: bytes, ending: str) -> None:
    if ending == ".xlsm":
        raise SpreadsheetError(gettext("This workbook may hold macros, which we never open. Save it as XLSX or CSV."))
    if data.startswith(_OLE) and ending != ".xls":
        raise SpreadsheetError(
            gettext("This file is protected by a password or in an old format. Save it without one, as XLSX or CSV.")
        )
    if data.startswith(_OLE) or ending == ".xls":
        raise SpreadsheetError(gettext("This is the old Excel format (.xls). Save the file as XLSX or CSV."))
    if ending not in _TEXT_NAMES | {".xlsx"} or data.startswith(_NOT_TEXT):
        raise SpreadsheetError(gettext("We read CSV and XLSX files. Save your spreadsheet as one of these."))
    if data[:500].lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise SpreadsheetError(gettext("This is a web page, not a spreadsheet. Save it as CSV or XLSX."))
