"""Answers to a questionnaire, kept by question code. The questions of a version never change once it is used."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.questionnaires.models import QuestionnaireVersion
from programmes.questionnaires.queries import Question
from wimmentor.base.errors import DomainError

KINDS = ("text", "long_text", "choice", "choices", "yes_no")
Answer = str | bool | list[str]


def clean_answers(version: QuestionnaireVersion, given: Mapping[str, Any]) -> dict[str, Answer]:
    """The known and filled answers of `given` (question code -> answer). What no question asks is left out, a choice
    that is not offered is refused: a form may be stale, or written by hand."""
    return {
        question["code"]: _clean_answer(question, given[question["code"]])
        for question in version.questions
        if given.get(question["code"]) not in (None, "", [], ())
    }


def _clean_answer(question: Question, answer: Any) -> Answer:
    if question["kind"] == "yes_no":
        return bool(answer)
    offered = {choice["code"] for choice in question.get("choices", [])}
    if question["kind"] == "choices":
        chosen = [str(code) for code in answer]
        _refuse_unknown(question, set(chosen) - offered)
        return chosen
    if question["kind"] == "choice":
        _refuse_unknown(question, {str(answer)} - offered)
    return str(answer)[: question.get("max_length") or None]


def _refuse_unknown(question: Question, unknown: set[str]) -> None:
    if unknown:
        raise DomainError(
            _("“%(answer)s” is not offered here. Choose from the list.") % {"answer": ", ".join(sorted(unknown))},
            code="unknown_choice",
            field=f"q_{question['code']}",
        )
