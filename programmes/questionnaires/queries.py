from collections.abc import Mapping
from typing import Any

from programmes.questionnaires.models import QuestionnaireVersion

Question = Mapping[str, Any]


def questions_of_step(version: QuestionnaireVersion | None, step: str) -> list[Question]:
    return [question for question in (version.questions if version else []) if question["step"] == step]


def wording(texts: Mapping[str, str] | None, language: str) -> str:
    """The text in that language, else in English, else in whatever there is: a question is never without words."""
    texts = texts or {}
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def read_answer(question: Question, answer: Any, language: str) -> Any:
    """An answer as a person reads it: labels for codes; True and False stay for the page to word."""
    choices = question.get("choices", [])
    labels: dict[str, str] = {choice["code"]: wording(choice["label"], language) for choice in choices}
    if isinstance(answer, list):
        return ", ".join(str(labels.get(code, code)) for code in answer)
    return labels.get(answer, answer) if isinstance(answer, str) else answer
