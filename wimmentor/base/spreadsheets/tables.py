"""What a spreadsheet becomes: headings and rows of trimmed text, within limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from wimmentor.base.text import contains_nul

_EDGES = "\ufeff\u200b"


class SpreadsheetError(ValueError):
    """A file that is not read; the message says why and what to do, for the person who sent it."""


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 10 * 1024 * 1024
    rows: int = 20_000
    columns: int = 200
    # About five seconds of reading.
    cells: int = 200_000
    cell_characters: int = 100_000
    # XLSX is a zip archive: what it may unpack to, and how much denser than its content it may be.
    unpacked_bytes: int = 50 * 1024 * 1024
    part_bytes: int = 5 * 1024 * 1024
    ratio: int = 200
    parts: int = 1000


@dataclass(frozen=True)
class Row:
    """`number` is the one that a spreadsheet shows; `cells` are as many as the headings, more only if filled."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`hidden`: indices of columns that the sender had hidden, which are hardly meant as answers."""

    headings: list[str]
    rows: list[Row]
    heading_row: int = 1
    hidden: frozenset[int] = field(default_factory=frozenset)
    kind: str = "csv"
    encoding: str = ""


def trim_cell(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip().strip(_EDGES).strip()


def check_cell(text: str, number: int, limits: Limits) -> None:
    if contains_nul(text):
        raise SpreadsheetError(
            gettext("Row %(row)d holds a character that no text has (NUL). Save the file again, as CSV UTF-8.")
            % {"row": number}
        )
    if len(text) > limits.cell_characters:
        raise SpreadsheetError(
            gettext("Row %(row)d has a cell of more than %(limit)d characters. Is a quotation mark left open there?")
            % {"row": number, "limit": limits.cell_characters}
        )


def gather_table(records: Iterable[tuple[int, Sequence[str]]], limits: Limits) -> tuple[int, list[str], list[Row]]:
    """Number of the headings' row, headings and rows; blank rows are skipped. `records` are numbered and trimmed."""
    headings: list[str] = []
    heading_row = 0
    rows: list[Row] = []
    cells_seen = 0
    for number, record in records:
        cells_seen += len(record)
        cells = _without_blank_end(record)
        _check_size(number, len(cells), len(rows), cells_seen, limits)
        if not cells:
            continue
        for cell in cells:
            check_cell(cell, number, limits)
        if not headings:
            headings, heading_row = cells, number
        else:
            rows.append(Row(number, (*cells, *[""] * (len(headings) - len(cells)))))
    if not headings:
        raise SpreadsheetError(gettext("This file is empty. Its first row should hold the headings."))
    return heading_row, headings, rows


def _without_blank_end(record: Sequence[str]) -> list[str]:
    width = len(record)
    while width and not record[width - 1]:
        width -= 1
    return list(record[:width])


def _check_size(number: int, width: int, rows: int, cells: int, limits: Limits) -> None:
    if width > limits.columns:
        raise SpreadsheetError(
            gettext("Row %(row)d has more than %(limit)d columns. Keep only the columns of the form.")
            % {"row": number, "limit": limits.columns}
        )
    if width and rows >= limits.rows:
        raise SpreadsheetError(
            gettext("The file has more than %(limit)d rows. Split it into smaller files.") % {"limit": limits.rows}
        )
    if cells > limits.cells:
        raise SpreadsheetError(
            gettext("The file has more than %(limit)d cells up to row %(row)d. Split it into smaller files.")
            % {"row": number, "limit": limits.cells}
        )
