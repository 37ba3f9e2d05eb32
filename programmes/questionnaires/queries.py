from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from programmes.questionnaires.models import QuestionnaireVersion
from wimmentor.base.languages import speak

Question = Mapping[str, Any]
CHOICE_KINDS = ("choice", "choices")


def questions_of_step(version: QuestionnaireVersion | None, step: str) -> list[Question]:
    return [question for question in (version.questions if version else []) if question["step"] == step]


def wording(texts: Mapping[str, str] | None, language: str) -> str:
    """The text in that language, else what the catalogues make of the English one, else in whatever there is: a
    question is never without words."""
    texts = texts or {}
    if english := not texts.get(language) and texts.get("en"):
        return translate(english, language)
    return texts.get(language) or next(iter(texts.values()), "")


def translate(english: str, language: str) -> str:
    if language == get_language():
        return gettext(english)
    with speak(language):
        return gettext(english)


def read_answer(question: Question, answer: Any, language: str) -> Any:
    """An answer as a person reads it: labels for codes; True and False stay for the page to word."""
    choices = question.get("choices", [])
    labels: dict[str, str] = {choice["code"]: wording(choice["label"], language) for choice in choices}
    if isinstance(answer, list):
        return ", ".join(str(labels.get(code, code)) for code in answer)
    return labels.get(answer, answer) if isinstance(answer, str) else answer


def list_shared_choices(one: QuestionnaireVersion, other: QuestionnaireVersion) -> list[Question]:
    """Questions with choices that both ask under the same code, as the first one words them."""
    codes = {question["code"] for question in other.questions if question["kind"] in CHOICE_KINDS}
    return [question for question in one.questions if question["kind"] in CHOICE_KINDS and question["code"] in codes]
