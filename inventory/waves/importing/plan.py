"""What a spreadsheet of answers would write: nothing of it is looked up yet, and nothing kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Note:
    """`row` is the number that a spreadsheet shows, `column` the heading as written."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass
class PlannedEdition:
    sheet: str
    row: int
    label: str
    year: int | None = None
    answers: Answers = field(default_factory=dict)


@dataclass
class PlannedInitiative:
    """`id`: its code where the file has one, or what an edition's row calls it; else it is known by organisation and
    name. `about`: evidence, remarks, source, as_of."""

    sheet: str
    row: int
    id: str = ""
    organisation_id: str = ""
    organisation: str = ""
    country: str = ""
    name: str = ""
    answers: Answers = field(default_factory=dict)
    editions: list[PlannedEdition] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)


@dataclass
class PlannedOrganisation:
    """`id`: its slug, where the file has one. `part_of` is what the file says: an import does not write it."""

    sheet: str
    row: int
    id: str = ""
    name: str = ""
    country: str = ""
    part_of: str = ""
    answers: Answers = field(default_factory=dict)


@dataclass
class PlannedStatement:
    sheet: str
    row: int
    organisation_id: str
    organisation: str
    country: str
    topic: str
    value: str
    about: dict[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """`refused`: answers, or where no answer is named whole rows, that would not go in; `flagged`: what to look at."""

    rows: int = 0
    organisations: list[PlannedOrganisation] = field(default_factory=list)
    initiatives: list[PlannedInitiative] = field(default_factory=list)
    statements: list[PlannedStatement] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Plan":
        return cls(
            rows=stored["rows"],
            organisations=[PlannedOrganisation(**each) for each in stored["organisations"]],
            initiatives=[_initiative(each) for each in stored["initiatives"]],
            statements=[PlannedStatement(**each) for each in stored["statements"]],
            refused=[Note(**each) for each in stored["refused"]],
            flagged=[Note(**each) for each in stored["flagged"]],
        )


def _initiative(stored: Mapping[str, Any]) -> PlannedInitiative:
    return PlannedInitiative(**{**stored, "editions": [PlannedEdition(**each) for each in stored["editions"]]})
