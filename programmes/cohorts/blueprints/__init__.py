"""What a new cohort begins with, as data: calendar, questions, letters, matching settings."""

from programmes.cohorts.blueprints.calendar import DAY_FIELDS, Calendar, propose_calendar, propose_calendar_to
from programmes.cohorts.blueprints.letters import LETTERS, LetterKind
from programmes.cohorts.blueprints.matching import CRITERIA, RULES, matching_defaults
from programmes.cohorts.blueprints.questions import MENTEE_QUESTIONS, MENTOR_QUESTIONS, QUESTIONS_NUMBER

__all__ = [
    "CRITERIA",
    "DAY_FIELDS",
    "LETTERS",
    "MENTEE_QUESTIONS",
    "MENTOR_QUESTIONS",
    "QUESTIONS_NUMBER",
    "RULES",
    "Calendar",
    "LetterKind",
    "matching_defaults",
    "propose_calendar",
    "propose_calendar_to",
]
