"""How much of a record is answered. What is not answered yet is open, never a "no"."""

from collections.abc import Iterable
from dataclasses import dataclass

from inventory.initiatives.models import Record
from inventory.initiatives.questionnaire import Level, Question, is_asked, is_needed, questions_of
from inventory.initiatives.rows import Answers, state_of


@dataclass(frozen=True)
class Progress:
    answered: int
    asked: int

    @property
    def is_whole(self) -> bool:
        return self.answered == self.asked


def level_of(record: Record) -> Level:
    return "organisation" if record.initiative_id is None else "initiative"


def missing_short(record: Record) -> list[Question]:
    """Of the short form; an organisation's confirmation is given when it sends."""
    return [q for q in questions_of(level_of(record), short=True) if _is_open(q, record.answers, needed=True)]


def progress_of(questions: Iterable[Question], answers: Answers) -> Progress:
    """A given state ("not known") is an answer here."""
    asked = [question for question in questions if is_asked(question, answers) and question.kind != "confirm"]
    return Progress(sum(not _is_open(question, answers) for question in asked), len(asked))


def _is_open(question: Question, answers: Answers, *, needed: bool = False) -> bool:
    if needed and not is_needed(question, answers):
        return False
    return state_of(answers, question.code) == "pending"
