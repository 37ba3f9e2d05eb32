"""Where the answers begin: lines of a title above the headings, and headings in two rows.

Survey tools write the question in one row and its choices in the next, and spreadsheets have groups of columns: both
become `question / choice`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _
from wimmentor.base.text import fold

_LOOKED_AT = 30
# What survey tools write below a question that has no choices.
_NO_CHOICE = frozenset(
    (
        "response",
        "open-ended response",
        "respuesta",
        "respuesta abierta",
        "reponse",
        "reponse ouverte",
        "reponse libre",
        "resposta",
        "resposta aberta",
        "respons",
        "jawaban",
        "tanggapan terbuka",
    )
)
# Longer cells are texts: no address, number or moment, and not worth the time that the pattern takes over them.
_LONGEST_ANSWER = 320
_ANSWER = re.compile(r"\S+@\S+\.\S+|[-+]?[\d.,:/\s-]*\d[\d.,:/\s-]*(?:[ap]\.?m\.?)?|\d{4}-\d\d-\d\dT.*")
Record = tuple[int, list[str]]


class Headings(NamedTuple):
    """`rows`: how many records above the first answer, with the title's."""

    number: int
    texts: list[str]
    rows: int
    warnings: list[Phrase]


def find_headings(records: Sequence[Record]) -> Headings:
    """`records` are not blank and at least one."""
    start = _count_titles(records[:_LOOKED_AT])
    number, texts = records[start]
    warnings: list[Phrase] = []
    if start:
        warnings.append(
            _("The headings were found in row %(row)d. What stands above them was left out.") % {"row": number}
        )
    if not _is_second_row(records[start : start + _LOOKED_AT]):
        return Headings(number, list(texts), start + 1, warnings)
    warnings.append(_("Two rows of headings were read as one: question / choice."))
    return Headings(number, _combine(texts, records[start + 1][1]), start + 2, warnings)


def _count_titles(records: Sequence[Record]) -> int:
    """A title has one cell or two where the rows below have many."""
    widths = sorted(_filled(cells) for _number, cells in records)
    usual = widths[len(widths) * 3 // 4]
    for count, (_number, cells) in enumerate(records[:-1]):
        filled = _filled(cells)
        if filled > 2 or filled * 2 >= usual or usual < 3:
            return count
    return 0


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _is_second_row(records: Sequence[Record]) -> bool:
    if len(records) < 2 or records[1][0] != records[0][0] + 1:
        return False
    above, below = records[0][1], records[1][1]
    if any(_is_answer(cell) for cell in (*below, *above)):
        return False
    if any(fold(cell) in _NO_CHOICE for cell in below):
        return True
    padded = [*above, *[""] * len(below)]
    choices = sum(1 for question, choice in zip(padded, below, strict=False) if choice and not question)
    answers = records[2:]
    with_address = sum(1 for _number, cells in answers if any("@" in cell for cell in cells))
    return choices >= 2 and bool(answers) and with_address * 2 >= len(answers)


def _is_answer(cell: str) -> bool:
    return len(cell) <= _LONGEST_ANSWER and _ANSWER.fullmatch(cell) is not None


def _combine(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """A question reaches as far to the right as there are choices without a question of their own."""
    width = max(len(above), len(below))
    questions = [*above, *[""] * (width - len(above))]
    choices = [*below, *[""] * (width - len(below))]
    texts: list[str] = []
    question = ""
    for own, choice in zip(questions, choices, strict=True):
        question = own or (question if choice else "")
        plain = "" if fold(choice) in _NO_CHOICE else choice
        texts.append(f"{question} / {plain}" if question and plain else question or plain)
    return texts
