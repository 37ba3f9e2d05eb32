"""The columns under which answers stand in spreadsheets and packages: one for a question, or for each part of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from inventory.initiatives.questionnaire import Part, Question

Aspect = Literal["value", "main", "words"]

# Where a part says enough by itself; others are `column_part`.
_SHORT = {
    "first_year": "first_year",
    "completed": "editions_completed",
    "start": "start",
    "end": "end",
    "meetings": "meetings",
    "minutes": "meeting_minutes",
    "members": "members",
    "total": "mentor_count",
}
_SHORTENED = frozenset({"history", "dates", "meetings", "members", "mentors"})


@dataclass(frozen=True, eq=False)
class Column:
    """`part` of a question that has parts; `aspect`: its value, the main one of several codes, or own words."""

    name: str
    question: Question
    part: Part | None = None
    aspect: Aspect = "value"

    @property
    def kind(self) -> str:
        if self.aspect != "value":
            return "long_text" if self.aspect == "words" else "one"
        return self.part.kind if self.part else self.question.kind


def value_columns(question: Question) -> list[Column]:
    if question.kind != "parts":
        return [Column(question.column, question)]
    return [Column(_name_part(question, part), question, part) for part in question.parts]


def main_column(question: Question) -> Column:
    return Column(f"{question.column}_main", question, aspect="main")


def words_column(question: Question) -> Column:
    return Column(f"{question.column}_words", question, aspect="words")


def columns_for(question: Question, *, words: bool = False) -> Iterator[Column]:
    """`words`: also where the form has no room for them."""
    yield from value_columns(question)
    if question.has_main:
        yield main_column(question)
    if question.has_words or words:
        yield words_column(question)


def _name_part(question: Question, part: Part) -> str:
    if question.column in _SHORTENED and part.name in _SHORT:
        return _SHORT[part.name]
    return f"{question.column}_{part.name}"
