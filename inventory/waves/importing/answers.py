"""The cells of one question in one row to its answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from inventory.initiatives.questionnaire import Part, Question
from inventory.waves.cells import split_rows
from inventory.waves.columns import Column
from inventory.waves.importing.choosing import UnfitCell, read_choice, read_choices
from inventory.waves.importing.numbers import read_number, read_partial_date
from inventory.waves.importing.states import NOTHING, state_in
from programmes.applications.importing.dates import DateOrder
from programmes.applications.importing.words import parse_yes
from wimmentor.base.phrases import quote

NO_ORDER = DateOrder("")


@dataclass(frozen=True)
class Manner:
    """How a file writes. `literal`: it is a package of ours, which has the reasons of empty cells in another table, so
    that "unknown" is a text like any other."""

    literal: bool = False
    orders: Mapping[str, DateOrder] = field(default_factory=dict)

    def state_in(self, column: Column, text: str) -> str | None:
        """A choice that is called like a state is a choice."""
        state = None if self.literal else state_in(text)
        if state and column.kind in ("one", "many", "ranked") and _is_choice(column, text):
            return None
        return state


def read_answer(cells: Iterable[tuple[Column, str]], manner: Manner) -> dict[str, Any]:
    """Of one question. Empty where the cells say nothing. Raises UnfitAnswer."""
    answer: dict[str, Any] = {}
    states: list[str] = []
    main: Column | None = None
    for column, text in cells:
        if not text:
            continue
        if column.aspect == "value" and (state := manner.state_in(column, text)):
            states.append(state)
            continue
        try:
            value = _read_value(column, text, manner)
        except UnfitCell as refusal:
            raise UnfitAnswer(column, str(refusal)) from refusal
        _put(answer, column, value)
        if column.aspect == "main":
            main = column
    if main and "value" not in answer:
        raise UnfitAnswer(main, _("Say all of them as well, not only the main one."))
    if states and "value" not in answer and states[0] != NOTHING:
        answer["state"] = states[0]
    return answer


def _put(answer: dict[str, Any], column: Column, value: Any) -> None:
    if column.part:
        answer.setdefault("value", {})[column.part.name] = value
    else:
        answer[column.aspect] = value


class UnfitAnswer(ValueError):
    def __init__(self, column: Column, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _is_choice(column: Column, text: str) -> bool:
    choices = column.part.choices if column.part else column.question.choices
    try:
        return choices is not None and bool(read_choices(choices, text))
    except UnfitCell:
        return False


def _read_value(column: Column, text: str, manner: Manner) -> Any:
    question, kind = column.question, column.kind
    if column.aspect == "words":
        return text
    if kind == "rows":
        return read_rows(question, text, manner)
    if kind in ("many", "ranked") and column.aspect == "value":
        return read_choices(_choices(question, None), text)
    if kind == "confirm":
        return _read_yes(text)
    order = manner.orders.get(column.name, NO_ORDER)
    return _read_single(question, column.part, kind, text, order)


def _read_single(question: Question, part: Part | None, kind: str, text: str, order: DateOrder) -> Any:
    if kind in ("one", "many", "ranked"):
        return read_choice(_choices(question, part), text)
    if kind in ("integer", "year", "scale", "decimal"):
        return read_number(text, whole=kind != "decimal")
    if kind == "date":
        return read_partial_date(text, order)
    return _read_yes(text) if kind == "yes" else text


def read_rows(question: Question, text: str, manner: Manner) -> list[dict[str, Any]]:
    """Rows parted by `;`, their parts by `|`, in the order in which the question has them."""
    rows = []
    for cells in split_rows(text):
        if len(cells) > len(question.parts):
            parts = " | ".join(str(part.label) for part in question.parts)
            raise UnfitCell(
                _("%(text)s has more parts than the question: %(parts)s.")
                % {"text": quote(" | ".join(cells)), "parts": parts}
            )
        row = {
            part.name: _read_single(question, part, part.kind, cell, NO_ORDER)
            for part, cell in zip(question.parts, cells, strict=False)
            if cell
        }
        rows.append(row)
    return [row for row in rows if row]


def _choices(question: Question, part: Part | None) -> Any:
    return part.choices if part else question.choices


def _read_yes(text: str) -> bool:
    answer = parse_yes(text)
    if answer is None:
        raise UnfitCell(_("%(text)s is neither yes nor no.") % {"text": quote(text)})
    return answer
