"""A sheet before its rows are read: what its headings ask, how its dates are written, and what is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from inventory.waves.columns import Column
from inventory.waves.importing.answers import Manner
from inventory.waves.importing.headings import Heading, list_parts, read_headings
from inventory.waves.importing.plan import Note
from inventory.waves.importing.sheets import Sheet
from programmes.applications.importing.dates import DateOrder
from programmes.applications.importing.vocabulary import is_day_first


@dataclass(frozen=True)
class Prepared:
    headings: list[Heading]
    manner: Manner
    flagged: list[Note] = field(default_factory=list)


def prepare_sheet(sheet: Sheet, *, literal: bool) -> Prepared:
    seen: set[str] = set()
    headings, flagged = [], [_note(sheet, "", str(warning)) for warning in sheet.table.warnings]
    for heading in read_headings(sheet.table, sheet.kind):
        reason = _why_left_out(sheet, heading, seen)
        headings.append(replace(heading, meaning=None) if reason else heading)
        if reason and any(_cells(sheet, heading)):
            flagged.append(_note(sheet, heading.text, reason))
    return Prepared(headings, Manner(literal, dict(_find_orders(sheet, headings))), flagged)


def _why_left_out(sheet: Sheet, heading: Heading, seen: set[str]) -> str:
    meaning = heading.meaning
    if meaning is None:
        if parts := list_parts(heading.text):
            return _("This question has several parts. Give each a column: %(columns)s.") % {
                "columns": ", ".join(parts)
            }
        return _("This heading is not known. The column was left out.")
    if heading.index in sheet.table.hidden:
        return _("The column is hidden. It was left out.")
    name = meaning.name if isinstance(meaning, Column) else meaning
    if name in seen:
        return _("This column stands twice. The first one counts.")
    seen.add(name)
    return ""


def _find_orders(sheet: Sheet, headings: list[Heading]) -> Iterator[tuple[str, DateOrder]]:
    for heading in headings:
        if isinstance(heading.meaning, Column) and heading.meaning.kind == "date":
            order = DateOrder.of(_cells(sheet, heading), is_day_first=is_day_first(heading.text))
            yield heading.meaning.name, order


def _cells(sheet: Sheet, heading: Heading) -> Iterator[str]:
    return (row.cells[heading.index] for row in sheet.table.rows)


def _note(sheet: Sheet, heading: str, reason: str) -> Note:
    return Note(sheet.name, sheet.table.heading_row, heading, reason)
