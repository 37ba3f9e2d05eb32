"""A table to people, refusals and doubts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from programmes.applications.importing.addresses import tidy_address
from programmes.applications.importing.columns import ColumnGuess, guess_columns, name_columns
from programmes.applications.importing.dates import DateOrder
from programmes.applications.importing.doubts import Doubts, Note, RefusedRow
from programmes.applications.importing.fields import FIELD_NAMES, FIELDS, GATHERED_FIELDS, LIST_FIELDS
from programmes.applications.importing.person import Answers, read_person
from programmes.applications.importing.repeats import Replaced, drop_replaced
from programmes.applications.importing.rows import refuse_misplaced, where_another_begins
from programmes.applications.importing.sources import (
    Sources,
    find_sources,
    first_answer,
    joined_answers,
    list_answers,
)
from programmes.applications.importing.vocabulary import is_day_first
from wimmentor.base.phrases import Named
from wimmentor.base.phrases import phrase as _
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
            refused=[Note.from_json(note) for note in stored["refused"]],
            flagged=[Note.from_json(note) for note in stored["flagged"]],
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
    known = {**_checked(remembered or {}), **_checked(mapping or {})}
    _say_absent(reading, mapping or {}, table)
    sources = _find_columns(table, known, role, reading)
    order = _find_order(table, sources, reading)
    stop = where_another_begins(table, sources)
    dissenting: dict[str, int] = {}
    for row in table.rows:
        doubts = Doubts(row.number, strict, sources.heading)
        try:
            refuse_misplaced(row, table, sources, stop)
            answers = _gather(sources, row)
            roles, email, values, person = read_person(answers, doubts, role=role, zone=zone, order=order)
        except RefusedRow as refusal:
            reading.refused.append(Note(row.number, refusal.column, refusal.reason))
            if refusal.says_no:
                dissenting[tidy_address(first_answer(sources, "email", row))] = row.number
            continue
        reading.entries.append(Entry(row.number, roles, email, values, person))
        reading.flagged += doubts.notes
    drop_replaced(reading, dissenting, table)
    return reading


def _checked(mapping: Mapping[str, str | None]) -> Mapping[str, str | None]:
    wrong = sorted(str(name) for name in mapping.values() if name is not None and name not in FIELDS)
    if wrong:
        raise UnknownField(_("The mapping names a field that does not exist: %(name)s.") % {"name": ", ".join(wrong)})
    return mapping


def _say_absent(reading: Reading, mapping: Mapping[str, str | None], table: Table) -> None:
    reason = _("The mapping names this heading, which the file does not have.")
    absent = [heading for heading, name in mapping.items() if name and heading not in name_columns(table)]
    reading.flagged += [Note(table.heading_row, heading, reason) for heading in absent]


def _find_columns(table: Table, known: Mapping[str, str | None], role: str, reading: Reading) -> Sources:
    """Columns by field; what was left out or is not certain is flagged with the row of the headings."""
    names: dict[int, str] = {}
    for guess in guess_columns(table, role=role, remembered=known):
        name = guess.field
        if name is None:
            if guess.heading not in known and not guess.is_hidden and guess.examples:
                _say_left_out(reading, guess, table)
        elif name in names.values() and name not in GATHERED_FIELDS:
            reason = _("This column stands twice. The first one counts.")
            reading.flagged.append(Note(table.heading_row, guess.heading, reason))
        else:
            names[guess.index] = name
            if not guess.is_sure:
                reason = _("The column was taken for “%(field)s”. %(reason)s") % {
                    "field": Named(FIELD_NAMES, name),
                    "reason": guess.reason,
                }
                reading.flagged.append(Note(table.heading_row, guess.heading, reason))
    sources = find_sources(table, names, name_columns(table))
    reading.headings = {name: sources.heading(name) for name in sources.by_field}
    return sources


def _say_left_out(reading: Reading, guess: ColumnGuess, table: Table) -> None:
    if guess.is_sure and guess.is_tool:
        return
    reading.unknown_headings.append(guess.heading)
    reason = (
        _("This heading is not known. The column was left out.")
        if guess.is_sure
        else _("The column was left out: %(reason)s") % {"reason": guess.reason}
    )
    reading.flagged.append(Note(table.heading_row, guess.heading, reason))


def _find_order(table: Table, sources: Sources, reading: Reading) -> DateOrder:
    if not sources.has("submitted_at"):
        return DateOrder("")
    heading = sources.heading("submitted_at")
    cells = (first_answer(sources, "submitted_at", row) for row in table.rows)
    order = DateOrder.of(cells, is_day_first=is_day_first(heading))
    if order.is_mixed:
        reason = _("Some rows have the day first and some the month. Those that could be either were left empty.")
        reading.flagged.append(Note(table.heading_row, heading, reason))
    elif order.is_inferred:
        reason = (
            _("No date says it for certain; they were read as day/month/year.")
            if order.order == "dmy"
            else _("No date says it for certain; they were read as month/day/year.")
        )
        reading.flagged.append(Note(table.heading_row, heading, reason))
    return order


def _gather(sources: Sources, row: Row) -> Answers:
    cells: dict[str, str] = {}
    for name in sources.by_field:
        if name in LIST_FIELDS:
            continue
        cells[name] = (joined_answers if name == "notes" else first_answer)(sources, name, row)
    lists = {name: list_answers(sources, name, row) for name in LIST_FIELDS & sources.by_field.keys()}
    return Answers(cells, dict(sorted(lists.items())))
