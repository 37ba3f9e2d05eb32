"""One row of a sheet: its cells by what they mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from inventory.initiatives.questionnaire import Level, Question
from inventory.waves.columns import Column
from inventory.waves.importing.choosing import UnfitCell
from inventory.waves.importing.gathering import RefusedRow
from inventory.waves.importing.headings import Heading
from inventory.waves.importing.numbers import read_number
from inventory.waves.importing.states import state_in
from programmes.applications.importing.doubts import shorten
from wimmentor.base.phrases import quote
from wimmentor.base.spreadsheets import Row, Table

# Where a sheet says it in another column.
_INSTEAD = {"label": ("edition", "year")}
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Beside the answers: where they come from.
ABOUT = ("evidence", "remarks", "source", "as_of")
_MOST = {"topic": 60, "value": 300, "source": 200}
Cells = list[tuple[Column, str]]


@dataclass(frozen=True)
class SheetRow:
    sheet: str
    row: Row
    headings: Sequence[Heading]

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, *names: str) -> str:
        """Of columns that are no question: the first that is filled."""
        found = (self._cell(h) for h in self.headings if isinstance(h.meaning, str) and h.meaning in names)
        return next(filter(None, found), "")

    def questions(self, level: Level) -> Iterator[tuple[Question, Cells]]:
        """With the cells of each, where one is filled."""
        by_code: dict[str, Cells] = {}
        for heading in self.headings:
            column = heading.meaning
            if isinstance(column, Column) and column.question.level == level:
                by_code.setdefault(column.question.code, []).append((column, self._cell(heading)))
        for cells in by_code.values():
            if any(text for _column, text in cells):
                yield cells[0][0].question, cells

    def heading_of_field(self, field: str) -> str:
        """`field`: B6, or B6__first_year."""
        code, _sign, part = field.partition("__")
        columns = [(h.text, h.meaning) for h in self.headings if isinstance(h.meaning, Column)]
        asked = [(text, column) for text, column in columns if column.question.code == code]
        of_part = [text for text, column in asked if column.part and column.part.name == part]
        return ", ".join(of_part or [text for text, _column in asked])

    def heading_of(self, meaning: Column | str) -> str:
        """As written; the first heading of the sheet where there is none."""
        wanted = [_name(meaning), *_INSTEAD.get(str(_name(meaning)), ())]
        found = [heading.text for name in wanted for heading in self.headings if _name(heading.meaning) == name]
        return next(iter(found), self.headings[0].text if self.headings else "")

    def _cell(self, heading: Heading) -> str:
        return self.row.cells[heading.index] if heading.index < len(self.row.cells) else ""


def find_label(row: SheetRow) -> str:
    """Its name, else its year; one that has neither is the only one."""
    return row.text("label", "edition") or row.text("year") or "1"


def find_year(row: SheetRow) -> int | None:
    """Raises UnfitCell."""
    text = row.text("year")
    if not text or state_in(text):
        return None
    year = int(read_number(text, whole=True))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnfitCell(_("%(text)s is no year.") % {"text": quote(text)})
    return year


def read_about(row: SheetRow, name: str) -> str:
    """Raises RefusedRow where it would not fit."""
    text = row.text(name)
    most = _MOST.get(name)
    if most and len(text) > most:
        raise RefusedRow(name, _("That is %(count)s signs; %(most)s fit.") % {"count": len(text), "most": most})
    if name == "as_of" and text and not _is_day(text):
        raise RefusedRow(name, _("%(text)s is no day. Write it as 2021-07-29.") % {"text": quote(shorten(text))})
    return text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def refuse_misplaced(row: SheetRow, table: Table) -> None:
    """Raises RefusedRow."""
    if row.row.cells == tuple(table.headings):
        raise RefusedRow("", _("This row repeats the headings."))
    if len(row.row.cells) > len(table.headings):
        raise RefusedRow("", _("This row has more cells than there are headings: its answers stand in wrong columns."))


def _name(meaning: Column | str | None) -> str | None:
    return meaning.name if isinstance(meaning, Column) else meaning
