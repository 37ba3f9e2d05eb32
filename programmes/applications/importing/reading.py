"""A table to people, refusals and doubts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from programmes.applications.importing.columns import name_columns
from programmes.applications.importing.doubts import Doubts, Note, RefusedRow
from programmes.applications.importing.fields import FIELDS
from programmes.applications.importing.person import read_person
from programmes.applications.importing.repeats import Replaced, list_differences
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.spreadsheets import Row, Table


class UnknownField(ValueError):
    """A mapping names a field that does not exist."""


@dataclass(frozen=True)
class Entry:
    """A good row. `values` are columns of an application, as JSON; `person` shows the file for the report."""

    row: int
    roles: tuple[str, ...]
    email: str
    values: dict[str, Any]
    person: dict[str, Any]


@dataclass
class Reading:
    read: int = 0
    entries: list[Entry] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)
    # Headings of the columns that doubts about a person are shown under, by field.
    headings: dict[str, str] = field(default_factory=dict)
    unknown_headings: list[str] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Reading":
        return cls(
            read=stored["read"],
            entries=[Entry(**{**entry, "roles": tuple(entry["roles"])}) for entry in stored["entries"]],
            refused=[Note(**note) for note in stored["refused"]],
            flagged=[Note(**note) for note in stored["flagged"]],
            headings=stored["headings"],
            unknown_headings=stored["unknown_headings"],
            # Stored before there was such a list: rows that wait for the second step of an import.
            replaced=[Replaced(**each) for each in stored.get("replaced", ())],
        )


def read_people(
    table: Table,
    *,
    role: str,
    zone: str = "UTC",
    mapping: Mapping[str, str | None] | None = None,
    strict: bool = False,
    remembered: Mapping[str, str | None] | None = None,
) -> Reading:
    """`role` is one of ROLES_IN_FILE; `zone` reads times without an offset; `mapping` is {heading: field or None} and
    wins over what is `remembered`, which wins over the guess."""
    reading = Reading(read=len(table.rows))
    columns = _find_columns(table, {**(remembered or {}), **(mapping or {})}, reading)
    reading.headings = {name: table.headings[index] for name, index in columns.items()}
    dissenting: dict[str, int] = {}
    for row in table.rows:
        doubts = Doubts(row.number, strict, lambda name: reading.headings.get(name, name))
        try:
            _refuse_shifted(row, table.headings)
            cells = {name: row.cells[index] for name, index in columns.items()}
            roles, email, values, person = read_person(cells, doubts, role=role, zone=zone)
        except RefusedRow as refusal:
            reading.refused.append(Note(row.number, refusal.column, refusal.reason))
            if refusal.says_no:
                dissenting[_email_of(row, columns)] = row.number
            continue
        reading.entries.append(Entry(row.number, roles, email, values, person))
        reading.flagged += doubts.notes
    _drop_replaced(reading, dissenting, table)
    return reading


def _find_columns(table: Table, mapping: Mapping[str, str | None], reading: Reading) -> dict[str, int]:
    """Field to column. A heading that is a field's name needs no mapping; a hidden column is read only if mapped."""
    wrong = sorted(str(name) for name in mapping.values() if name is not None and name not in FIELDS)
    if wrong:
        raise UnknownField(_("The mapping names a field that does not exist: %(name)s.") % {"name": ", ".join(wrong)})
    columns: dict[str, int] = {}
    for index, heading in enumerate(table.headings):
        if heading in mapping:
            name = mapping[heading]
        else:
            name = _name_of(heading) if index not in table.hidden else None
            if name is None and heading:
                reading.unknown_headings.append(heading)
                reason = _("This heading is not known. The column was left out.")
                reading.flagged.append(Note(table.heading_row, heading, reason))
        if name is not None and name in columns:
            reason = _("This column stands twice. The first one counts.")
            reading.flagged.append(Note(table.heading_row, heading, reason))
        elif name is not None:
            columns[name] = index
    return columns


def _name_of(heading: str) -> str | None:
    name = match_key(heading).replace(" ", "_")
    return name if name in FIELDS else None


def _refuse_shifted(row: Row, headings: Sequence[str]) -> None:
    if len(row.cells) > len(headings):
        raise RefusedRow(
            headings[-1], _("This row has more cells than there are headings: its answers stand in wrong columns.")
        )


def _email_of(row: Row, columns: Mapping[str, int]) -> str:
    return row.cells[columns["email"]].strip().casefold()


def _drop_replaced(reading: Reading, dissenting: Mapping[str, int], table: Table) -> None:
    """Of repeated e-mails the later row counts; a later row without consent takes the earlier one out too."""
    last = {entry.email: entry.row for entry in reading.entries}
    for email, row in dissenting.items():
        last[email] = max(row, last.get(email, 0))
    kept = []
    cells = {row.number: row.cells for row in table.rows}
    for entry in reading.entries:
        if entry.row == last[entry.email]:
            kept.append(entry)
            continue
        reason = _("The same e-mail stands again in row %(row)d, which counts.") % {"row": last[entry.email]}
        by_row = last[entry.email]
        differences = list_differences(name_columns(table), cells[entry.row], cells[by_row])
        reading.replaced.append(Replaced(entry.row, by_row, entry.email, differences))
        reading.flagged = [note for note in reading.flagged if note.row != entry.row]
        reading.flagged.append(Note(entry.row, reading.headings["email"], reason))
    reading.entries = kept
    reading.flagged.sort(key=lambda note: note.row)
