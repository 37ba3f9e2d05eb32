"""A programme's own choice questions as criteria: what people answered, and how the questions are worded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from matching.engine import OWN_PREFIX
from matching.runs.part_wording import choice_key
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.questionnaires.models import QuestionnaireVersion
from programmes.questionnaires.queries import wording


def read_own_answers(application: Application, keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """Codes of choices by key of the criterion; only of the questions that count."""
    found: dict[str, frozenset[str]] = {}
    for key in keys:
        answer = application.answers.get(key.removeprefix(OWN_PREFIX))
        if isinstance(answer, str) and answer:
            found[key] = frozenset({answer})
        elif isinstance(answer, list) and answer:
            found[key] = frozenset(map(str, answer))
    return found


def question_words(parts: Iterable[Mapping[str, Any]], people: Sequence[Application]) -> dict[str, str]:
    """Labels of the own questions among the parts, and of their choices, in the reader's language. Without such a part
    it asks the database nothing."""
    keys = {part["criterion"] for part in parts if part["criterion"].startswith(OWN_PREFIX)}
    if not keys:
        return {}
    language, words = get_language() or "en", dict[str, str]()
    for question in _list_questions(people):
        key = OWN_PREFIX + question["code"]
        if key in keys:
            words.setdefault(key, wording(question["label"], language))
            for choice in question.get("choices", []):
                words.setdefault(choice_key(key, choice["code"]), wording(choice["label"], language))
    return words


def _list_questions(people: Sequence[Application]) -> list[Mapping[str, Any]]:
    """As the mentees' form has them first: it is they who are looked for."""
    forms = Cohort.objects.filter(pk__in={person.cohort_id for person in people}).order_by("pk")
    ids = [pk for pair in forms.values_list("mentee_questions_id", "mentor_questions_id") for pk in pair]
    # what people were asked may be older than the cohort's present forms
    ids += sorted({person.questionnaire_id for person in people if person.questionnaire_id is not None})
    versions = QuestionnaireVersion.objects.in_bulk(ids)
    return [question for pk in ids for question in versions[pk].questions]
