"""Pairs that were made elsewhere: mentor, mentee, since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from programmes.applications.importing.addresses import is_email
from programmes.applications.importing.columns import name_columns
from programmes.applications.importing.doubts import Note
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.spreadsheets import Row, Table
from wimmentor.base.text import fold_email

PAIR_FIELDS = ("mentor_email", "mentee_email", "started_on")
_HEADINGS = {
    "mentor_email": "mentor email|mentor e mail|mentor",
    "mentee_email": "mentee email|mentee e mail|mentee",
    "started_on": "start date|started on|start",
}


@dataclass(frozen=True)
class PairEntry:
    row: int
    mentor_email: str
    mentee_email: str
    started_on: date | None


@dataclass
class PairReading:
    """`headings`: of the columns that were read, by field."""

    read: int = 0
    entries: list[PairEntry] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


def read_pairs(table: Table, *, mapping: Mapping[str, str | None] | None = None) -> PairReading:
    """`mapping` is {heading: one of PAIR_FIELDS or None}. What needs the database is not looked at."""
    reading = PairReading(read=len(table.rows))
    columns: dict[str, int] = {}
    for index, heading in enumerate(name_columns(table)):
        for name, words in _HEADINGS.items():
            if (mapping or {}).get(heading, name if match_key(heading) in words.split("|") else None) == name:
                columns.setdefault(name, index)
                reading.headings.setdefault(name, heading)
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        _read_row(row, columns, reading, seen)
    return reading


def _read_row(row: Row, columns: Mapping[str, int], reading: PairReading, seen: dict[tuple[str, str], int]) -> None:
    cells = {name: row.cells[index] for name, index in columns.items()}
    emails = {}
    for name in ("mentor_email", "mentee_email"):
        emails[name] = fold_email(cells.get(name, ""))
        if not is_email(emails[name]):
            heading = reading.headings.get(name, name)
            reading.refused.append(Note(row.number, heading, _("This is no complete e-mail address.")))
            return
    started = None
    if text := cells.get("started_on", ""):
        try:
            started = date.fromisoformat(text)
        except ValueError:
            reading.refused.append(Note(row.number, reading.headings["started_on"], _("There is no such day.")))
            return
    reading.entries.append(PairEntry(row.number, emails["mentor_email"], emails["mentee_email"], started))
