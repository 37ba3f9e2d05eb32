"""Rows that are nobody's answers, or whose cells stand in wrong columns."""

from collections.abc import Sequence

from programmes.applications.importing.doubts import RefusedRow
from programmes.applications.importing.sources import Sources, first_answer
from programmes.applications.importing.vocabulary import score_heading
from wimmentor.base.phrases import phrase as _
from wimmentor.base.spreadsheets import Row, Table

# A heading of its own says nothing but the field: a word and all of it.
_WHOLE = 15
_FEW = 3


def where_another_begins(table: Table, sources: Sources) -> int | None:
    """Number of the row where a second table has its headings: what stands below was answered to other questions."""
    if not sources.has("email"):
        return None
    for row in table.rows:
        if "@" in first_answer(sources, "email", row):
            continue
        if row.cells != tuple(table.headings) and _are_headings(row.cells):
            return row.number
    return None


def _are_headings(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    known = sum(1 for cell in filled if max(score_heading(cell).values(), default=0) >= _WHOLE)
    return known >= _FEW and known * 2 >= len(filled)


def refuse_misplaced(row: Row, table: Table, sources: Sources, stop: int | None) -> None:
    if stop is not None and row.number >= stop:
        raise RefusedRow(
            sources.heading("email"),
            _("In row %(row)d another table begins. Put it into a file of its own.") % {"row": stop},
        )
    if row.cells == tuple(table.headings):
        raise RefusedRow(sources.heading("email"), _("This row repeats the headings."))
    if len(row.cells) > len(table.headings):
        raise RefusedRow(
            table.headings[-1],
            _("This row has more cells than there are headings: its answers stand in wrong columns."),
        )
