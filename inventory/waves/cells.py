"""Answers as cells of a spreadsheet. Several codes are joined by `;`, the parts of a row of several by `|`."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from inventory.initiatives.questionnaire import Question
from inventory.waves.columns import Column
from wimmentor.base.spreadsheets.tables import trim_cell

Cell = str | int | float | None

BETWEEN_CODES = ";"
BETWEEN_ROWS = "; "
BETWEEN_PARTS = " | "
_SIGNS = re.compile(r"[\\;|]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TOKENS = re.compile(r"\\.?|[^\\]", re.DOTALL)


def cell_of(column: Column, answer: Mapping[str, Any]) -> Cell:
    """None where nothing was told."""
    if column.aspect != "value":
        return plain_cell(answer.get(column.aspect))
    value = answer.get("value")
    if column.part is not None:
        return plain_cell(value.get(column.part.name)) if isinstance(value, Mapping) else None
    if column.question.kind == "rows":
        return join_rows(column.question, value or ())
    return plain_cell(value)


def plain_cell(value: Any) -> Cell:
    match value:
        case None | False:
            return None
        case True:
            return "yes"
        case int() | float():
            return _plain_number(value)
        case str():
            return trim_cell(value.replace("\x00", "")) or None
        case _:
            return BETWEEN_CODES.join(str(code) for code in value) or None


def _plain_number(value: float) -> Cell:
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def join_rows(question: Question, rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Signs that part the cells are escaped by a backslash where they stand within one."""
    lines = [[_escape(plain_cell(row.get(part.name))) for part in question.parts] for row in rows]
    return BETWEEN_ROWS.join(BETWEEN_PARTS.join(_without_blank_end(cells)) for cells in lines if any(cells)) or None


def split_rows(text: str) -> list[list[str]]:
    """As many rows and cells as are there; what they mean, the question says."""
    return [[_unescape(cell.strip()) for cell in _split(row, "|")] for row in _split(text, ";") if row.strip()]


def is_told(answer: Mapping[str, Any]) -> bool:
    """It holds a value that says something: an empty list or a blank text is no answer."""
    value = answer.get("value")
    if isinstance(value, Mapping):
        return any(plain_cell(part) is not None for part in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(is_told({"value": each}) for each in value)
    return plain_cell(value) is not None


def _escape(cell: Cell) -> str:
    return "" if cell is None else _SIGNS.sub(r"\\\g<0>", " ".join(str(cell).split()))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _split(text: str, sign: str) -> list[str]:
    """At signs that no backslash precedes."""
    pieces = [""]
    for token in _TOKENS.findall(text):
        if token == sign:
            pieces.append("")
        else:
            pieces[-1] += token
    return pieces


def _without_blank_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
