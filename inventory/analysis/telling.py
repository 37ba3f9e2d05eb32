"""Whether a question is answered, whatever the answer: also where it is no list."""

from typing import Any

from inventory.analysis.exchanges import STATE, Lines
from inventory.analysis.field import MEANS_UNKNOWN, NOT_APPLICABLE, PENDING, STATES, Field, read_state
from inventory.initiatives.questionnaire import QUESTIONS, Question
from inventory.initiatives.rows import InitiativeRow, state_of

TOLD = ("told",)
NOTHING: tuple[Any, ...] = (None, "", [], {})


def telling(code: str) -> Field:
    question = QUESTIONS[code]

    def read(row: InitiativeRow) -> Lines:
        if question.level == "edition":
            told = any("value" in edition.answers.get(code, ()) for edition in row.editions)
            return TOLD if told else _why(row, question)
        return TOLD if is_told(row, code) else read_state(row.answers, question)

    return Field(
        name=f"told_{question.column}",
        label=question.name,
        read=read,
        label_of=str,
        codes=TOLD,
        visibility=question.visibility,
    )


def is_told(row: InitiativeRow, code: str) -> bool:
    """Zero and no are answers; an empty list and "not known" as a choice are none."""
    answer = row.answers.get(code)
    value = answer.get("value") if answer else None
    return value not in NOTHING and value != MEANS_UNKNOWN.get(code, NOTHING)


def _why(row: InitiativeRow, question: Question) -> Lines:
    """No edition tells it: what they say of it, before "not answered yet"."""
    asked = read_state(row.answers, question)
    states = {f"{STATE}{state_of(edition.answers, question.code)}" for edition in row.editions}
    return asked if asked == NOT_APPLICABLE else next(((state,) for state in STATES if state in states), PENDING)
