"""What a new cohort begins with, as data: calendar, questions, letters, matching settings."""

from programmes.cohorts.blueprints.calendar import DAY_FIELDS, Calendar, propose_calendar, propose_calendar_to
from programmes.cohorts.blueprints.letters import LETTERS, LetterKind
from programmes.cohorts.blueprints.matching import (
    CRITERIA,
    FAIRNESS,
    OWN_KINDS,
    OWN_PREFIX,
    RULES,
    TOP_CRITERION_EXTRA,
    matching_defaults,
)
from programmes.cohorts.blueprints.questions import MENTEE_QUESTIONS, MENTOR_QUESTIONS, QUESTIONS_NUMBER

__all__ = [
    "CRITERIA",
    "DAY_FIELDS",
    "FAIRNESS",
    "LETTERS",
    "MENTEE_QUESTIONS",
    "MENTOR_QUESTIONS",
    "OWN_KINDS",
    "OWN_PREFIX",
    "QUESTIONS_NUMBER",
    "RULES",
    "TOP_CRITERION_EXTRA",
    "Calendar",
    "LetterKind",
    "matching_defaults",
    "propose_calendar",
    "propose_calendar_to",
]
