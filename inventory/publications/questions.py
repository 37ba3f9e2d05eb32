"""Which questions a package shows, and what stands in their columns."""

from collections.abc import Mapping
from typing import Any

from inventory.initiatives.questionnaire import QUESTIONS, Level, Question, questions_of
from inventory.initiatives.rows import Answers, OrganisationRow
from inventory.waves.cells import Cell, cell_of, is_told
from inventory.waves.columns import Column, columns_for, value_columns

# How many mentors there were is shown, and by gender only to members of the Alliance.
_MENTORS = QUESTIONS["D6"]
_GENDERS = ("women", "men", "nonbinary", "undisclosed")
_MENTOR_COUNT = value_columns(_MENTORS)[0]


def _published(level: Level) -> tuple[Question, ...]:
    return tuple(q for q in questions_of(level) if q.visibility == "public" or q is _MENTORS)


PUBLISHED: Mapping[Level, tuple[Question, ...]] = {
    "organisation": _published("organisation"),
    "initiative": _published("initiative"),
    "edition": _published("edition"),
}


def shown_columns(question: Question) -> tuple[Column, ...]:
    """With one for own words also where the form has no room for them: some come with a document."""
    return (_MENTOR_COUNT,) if question is _MENTORS else tuple(columns_for(question, words=True))


def told_cell(column: Column, answer: Mapping[str, Any]) -> Cell:
    cell = cell_of(column, answer)
    return _add_up(answer) if cell is None and column is _MENTOR_COUNT else cell


def state_of_shown(question: Question, answer: Mapping[str, Any]) -> str:
    if not is_told(answer):
        return str(answer.get("state") or "pending")
    is_open = question is _MENTORS and told_cell(_MENTOR_COUNT, answer) is None
    return "unknown" if is_open else "answered"


def with_known(organisation: OrganisationRow) -> Answers:
    """What its register of the site says counts where it has not answered."""
    o = organisation
    known = {"A1": o.name, "A3": o.type, "A4": o.countries, "A8": o.languages}
    filled = {code: {"value": value} for code, value in known.items() if value}
    told = {code: answer for code, answer in o.answers.items() if is_told(answer) or code not in filled}
    return {**filled, **told, "A1": {"value": o.name}}


def _add_up(answer: Mapping[str, Any]) -> Cell:
    """Only where all parts are known: one that is not is no zero."""
    parts = answer.get("value")
    if not isinstance(parts, Mapping):
        return None
    numbers = [number for name in _GENDERS if isinstance(number := parts.get(name), int)]
    return sum(numbers) if len(numbers) == len(_GENDERS) else None
