"""The inventory's questionnaire: 85 questions with their lists. D1 is an edition's own label and year.

A version that has been used in a wave stays as it is; a later one may ask more (`VERSIONS`).
"""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire import editions, lessons, organisation, practice, scope
from inventory.initiatives.questionnaire.conditions import PAIRED, STARTED, is_asked, is_needed
from inventory.initiatives.questionnaire.question import COUNTRIES, LANGUAGES, Level, Part, Places, Question, Visibility

VERSION = "2027"
_ALL = (
    *organisation.ABOUT,
    *scope.INITIATIVE,
    *scope.SCOPE,
    *editions.SIZE,
    *practice.MATCHING,
    *editions.MATCHING_WORK,
    *practice.RUNNING,
    *practice.FUNDING,
    *practice.CONDUCT,
    *lessons.RESULTS,
    *editions.OUTCOMES,
    *lessons.LESSONS,
    *organisation.CLOSING,
)
QUESTIONS: dict[str, Question] = {question.code: question for question in _ALL}

SECTIONS: dict[str, Promise] = {
    "A": _("Organisation"),
    "B": _("Initiative"),
    "C": _("Scope: mentees and mentors"),
    "D": _("Size and uptake"),
    "E": _("Matching"),
    "F": _("How it runs"),
    "G": _("Cost and funding"),
    "H": _("Care and conduct"),
    "I": _("Results"),
    "J": _("Lessons"),
    "K": _("Needs and consent"),
}


def questions_of(level: Level, *, section: str = "", short: bool = False) -> Iterator[Question]:
    for question in QUESTIONS.values():
        if question.level == level and section in ("", question.section) and (question.short or not short):
            yield question


def sections_of(level: Level) -> list[str]:
    return list(dict.fromkeys(question.section for question in questions_of(level)))


__all__ = [
    "COUNTRIES",
    "LANGUAGES",
    "PAIRED",
    "QUESTIONS",
    "SECTIONS",
    "STARTED",
    "VERSION",
    "Level",
    "Part",
    "Places",
    "Question",
    "Visibility",
    "is_asked",
    "is_needed",
    "questions_of",
    "sections_of",
]
