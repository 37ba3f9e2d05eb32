"""Answers as people read them: unknown is not no, and never an empty cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from inventory.initiatives.partial_dates import say_partial_date
from inventory.initiatives.questionnaire import Level, Part, Question, is_asked, questions_of
from inventory.initiatives.readers import Reader, is_few, may_read
from inventory.initiatives.rows import Answers, state_of
from wimmentor.base.codes import ANSWER_STATE
from wimmentor.base.phrases import say_fact


@dataclass(frozen=True)
class Told:
    """One question with what is told; `state`: as in ANSWER_STATE, or hidden."""

    question: Question
    answer: str
    state: str
    words: str = ""
    comment: str = ""

    @property
    def text(self) -> str:
        return str(self.question.text)

    @property
    def name(self) -> str:
        return str(self.question.name)

    @property
    def is_given(self) -> bool:
        return self.state == "answered"


def read_answers(
    answers: Answers, *, level: Level, reader: Reader, about: Answers | None = None, section: str = ""
) -> list[Told]:
    """`reader`: public, alliance or iwim; `about`: the answers of the initiative, where these are of an edition."""
    return [
        read_answer(question, answers, reader=reader)
        for question in questions_of(level, section=section)
        if may_read(reader, question.visibility) and is_asked(question, answers if about is None else about)
    ]


def read_answer(question: Question, answers: Answers, *, reader: Reader = "iwim") -> Told:
    answer = answers.get(question.code, {})
    state = state_of(answers, question.code)
    text = word_value(question, answer, reader) if state == "answered" else ANSWER_STATE.label(state)
    return Told(question, text, state, str(answer.get("words", "")), str(answer.get("comment", "")))


def word_value(question: Question, answer: Mapping[str, Any], reader: Reader = "iwim") -> str:
    value, hides = answer.get("value"), question.people and reader != "iwim"
    if question.kind == "many":
        return _word_codes(question, value or (), answer.get("main"))
    if question.kind in ("integer", "decimal", "scale"):
        return word_number(value, hides=hides)
    if question.kind in ("parts", "rows"):
        rows = value if question.kind == "rows" else [value]
        return "; ".join(_word_parts(question, row or {}, hides) for row in rows or ())
    return _word_plain(question, value)


def _word_plain(question: Question, value: Any) -> str:
    if question.kind == "ranked":
        return "; ".join(f"{place}. {question.label_of(code)}" for place, code in enumerate(value or (), 1))
    if question.kind == "confirm":
        return _("yes")
    return question.label_of(str(value))


def word_number(value: Any, *, hides: bool = False) -> str:
    if hides and value is not None and is_few(value):
        return _("hidden (1 to 4)")
    return number_format(value, use_l10n=True) if value is not None else ""


def _word_codes(question: Question, codes: Iterable[str], main: Any) -> str:
    labels = {code: question.label_of(code) for code in codes}
    if main and len(labels) > 1:
        labels[main] = _("%(label)s (mainly)") % {"label": labels[main]}
    return ", ".join(labels.values())


def _word_parts(question: Question, value: Mapping[str, Any], hides: bool) -> str:
    """A single text needs no name: a funding partner's is her name."""
    told = [(part, _word_part(part, value[part.name], hides)) for part in question.parts if part.name in value]
    if len(question.parts) == 1:
        return ", ".join(text for _part, text in told)
    return ", ".join(str(part.label) if part.kind == "yes" else say_fact(part.label, text) for part, text in told)


def _word_part(part: Part, value: Any, hides: bool) -> str:
    if part.choices is not None:
        return part.choices.label(str(value))
    if part.name == "first_year":
        return str(value)
    if part.kind in ("integer", "decimal"):
        return word_number(value, hides=hides and part.is_count)
    return say_partial_date(str(value)) if part.kind == "date" else str(value)
