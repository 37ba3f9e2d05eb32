"""What is told about initiatives, as plain data: the ground on which tables, charts and packages are made.

An answer is `{"value": ...}` or `{"state": "unknown" | "not_applicable" | "declined"}`; with either there may be
`words` (the organisation's own), `main` (the main one of several codes) and `comment`. A question that is not in the
mapping is not answered yet. Shapes of values: `questionnaire.question`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    label: str
    year: int | None = None
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """`named`: it agreed that its public answers are shown under its name; `counted`: that they are counted."""

    id: int
    slug: str
    name: str
    type: str
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    part_of: int | None = None
    named: bool = True
    counted: bool = True
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class InitiativeRow:
    code: str
    organisation: OrganisationRow
    answers: Answers
    editions: tuple[EditionRow, ...] = ()
    evidence: str = ""
    remarks: str = ""
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    organisation: OrganisationRow
    topic: str
    value: str
    evidence: str = ""
    remarks: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Bundle:
    """Everything that was told at one time, as rows."""

    organisations: Sequence[OrganisationRow] = field(default_factory=list)
    initiatives: Sequence[InitiativeRow] = field(default_factory=list)
    statements: Sequence[StatementRow] = field(default_factory=list)


def value_of(answers: Answers, code: str) -> Any:
    """None where it is not answered, for whatever reason."""
    return answers.get(code, {}).get("value")


def state_of(answers: Answers, code: str) -> str:
    answer = answers.get(code)
    if answer is None:
        return "pending"
    return "answered" if "value" in answer else str(answer.get("state", "pending"))


def part_of(answers: Answers, code: str, part: str) -> Any:
    value = value_of(answers, code)
    return value.get(part) if isinstance(value, Mapping) else None
