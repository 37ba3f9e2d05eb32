"""The rows that were refused, to be mended and sent again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from programmes.applications.domain.import_columns import reason_heading
from programmes.applications.importing import Note, name_columns, say_reasons
from wimmentor.base.spreadsheets import Table


def refused_sheet(table: Table, refused: Iterable[Note]) -> tuple[list[str], Iterator[list[str]]]:
    """Headings and rows as in the file, with the reasons in a last column."""
    notes: dict[int, list[Note]] = defaultdict(list)
    for note in refused:
        notes[note.row].append(note)
    # Worded at once: a streamed answer is made when the reader's language is over.
    reasons = {row: say_reasons(found) for row, found in notes.items()}
    width = len(table.headings)
    rows = ([*row.cells[:width], reasons[row.number]] for row in table.rows if row.number in reasons)
    return [*name_columns(table), reason_heading()], rows
