"""What a spreadsheet becomes: headings and rows of trimmed text, within limits."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext

from wimmentor.base.phrases import Phrase
from wimmentor.base.spreadsheets.shape import find_headings
from wimmentor.base.text import contains_nul, strip_invisible


class SpreadsheetError(ValueError):
    """A file that is not read; the message says why and what to do, for the person who sent it."""


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 10 * 1024 * 1024
    rows: int = 20_000
    columns: int = 200
    # 5,000 people with the 80 columns of a long form.
    cells: int = 400_000
    cell_characters: int = 100_000
    # XLSX is a zip archive: what it may unpack to, and how much denser than its content it may be.
    unpacked_bytes: int = 50 * 1024 * 1024
    part_bytes: int = 5 * 1024 * 1024
    ratio: int = 200
    parts: int = 1000
    tags: int = 4_000_000


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
    delimiter: str = ""
    sheet: str = ""
    # What was understood of its shape and left out, in sentences for whoever looks at it.
    warnings: tuple[Phrase, ...] = ()


def trim_cell(text: str) -> str:
    """Composed letters, one kind of line break, nothing invisible at the ends."""
    if not text.isascii():
        text = strip_invisible(unicodedata.normalize("NFC", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def check_cell(text: str, number: int, limits: Limits) -> None:
    if contains_nul(text):
        raise SpreadsheetError(
            gettext("Row %(row)d holds a character that no text has (NUL). Save the file again, as CSV UTF-8.")
            % {"row": number}
        )
    check_length(len(text), number, limits)


def check_length(length: int, number: int | None, limits: Limits) -> None:
    """`number` None: where the cell stands is not known yet."""
    if length <= limits.cell_characters:
        return
    said = {"row": number, "limit": limits.cell_characters}
    if number is None:
        raise SpreadsheetError(gettext("A cell has more than %(limit)d characters.") % said)
    raise SpreadsheetError(
        gettext("Row %(row)d has a cell of more than %(limit)d characters. Is a quotation mark left open there?") % said
    )


class Gathered(NamedTuple):
    heading_row: int
    headings: list[str]
    rows: list[Row]
    warnings: tuple[Phrase, ...]


def gather_table(records: Iterable[tuple[int, Sequence[str]]], limits: Limits) -> Gathered:
    """Blank rows are skipped. `records` are numbered as a spreadsheet shows them, their cells trimmed."""
    kept: list[tuple[int, list[str]]] = []
    cells_seen = 0
    for number, record in records:
        cells = _without_blank_end(record)
        cells_seen += len(cells)
        _check_size(number, len(cells), len(kept), cells_seen, limits)
        if not cells:
            continue
        for cell in cells:
            check_cell(cell, number, limits)
        kept.append((number, cells))
    if not kept:
        raise SpreadsheetError(gettext("This file is empty. Its first row should hold the headings."))
    found = find_headings(kept)
    width = len(found.texts)
    rows = [Row(number, (*cells, *[""] * (width - len(cells)))) for number, cells in kept[found.rows :]]
    return Gathered(found.number, found.texts, rows, tuple(found.warnings))


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
    if width and rows > limits.rows:
        raise SpreadsheetError(
            gettext("The file has more than %(limit)d rows. Split it into smaller files.") % {"limit": limits.rows}
        )
    if cells > limits.cells:
        raise SpreadsheetError(
            gettext("The file has more than %(limit)d cells up to row %(row)d. Split it into smaller files.")
            % {"row": number, "limit": limits.cells}
        )
