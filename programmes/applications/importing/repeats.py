"""Of two answers of one person the later row counts; what it changed is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from programmes.applications.importing.columns import name_columns
from programmes.applications.importing.doubts import Note
from programmes.applications.importing.vocabulary import is_system_heading
from wimmentor.base.phrases import phrase as _
from wimmentor.base.spreadsheets import Table

if TYPE_CHECKING:
    from programmes.applications.importing.reading import Entry, Reading


@dataclass(frozen=True)
class Replaced:
    """`differences`: [heading, earlier, later] of every answer that is not the same in both rows."""

    row: int
    by_row: int
    email: str
    differences: list[list[str]]


def drop_replaced(reading: "Reading", dissenting: Mapping[str, int], table: Table) -> None:
    """A later row without consent takes the earlier one out too. `dissenting` is the row by e-mail."""
    last = {entry.email: entry.row for entry in reading.entries}
    by_row = {entry.row: entry for entry in reading.entries}
    for email, row in dissenting.items():
        last[email] = max(row, last.get(email, 0))
    kept: list[Entry] = []
    said: list[Note] = []
    cells = {row.number: row.cells for row in table.rows}
    headings = name_columns(table)
    for entry in reading.entries:
        later = last[entry.email]
        if entry.row == later:
            kept.append(entry)
            continue
        differences = _list_differences(headings, cells[entry.row], cells[later])
        reading.replaced.append(Replaced(entry.row, later, entry.email, differences))
        column = reading.headings["email"]
        reason = _("The same e-mail stands again in row %(row)d, which counts.") % {"row": later}
        said.append(Note(entry.row, column, reason))
        if later in by_row and _was_sent_later(entry, by_row[later]):
            reason = _("This row counts, though row %(row)d, which it replaces, was sent later.") % {"row": entry.row}
            said.append(Note(later, reading.headings["submitted_at"], reason))
    reading.entries = kept
    gone = {each.row for each in reading.replaced}
    doubts = [note for note in reading.flagged if note.row not in gone]
    reading.flagged = sorted([*doubts, *said], key=lambda note: note.row)


def _list_differences(headings: Sequence[str], earlier: Sequence[str], later: Sequence[str]) -> list[list[str]]:
    return [
        [heading, before, after]
        for heading, before, after in zip(headings, earlier, later, strict=False)
        if before != after and not is_system_heading(heading)
    ]


def _was_sent_later(entry: "Entry", other: "Entry") -> bool:
    earlier, later = (each.values.get("submitted_at") or "" for each in (entry, other))
    return bool(earlier and later) and datetime.fromisoformat(earlier) > datetime.fromisoformat(later)
