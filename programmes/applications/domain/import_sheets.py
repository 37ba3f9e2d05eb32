"""The rows that were refused, to be mended and sent again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction

from programmes.applications.domain.import_columns import reason_heading
from programmes.applications.domain.import_files import reopen_table
from programmes.applications.domain.imports import look_again
from programmes.applications.importing import Note, name_columns, say_reasons
from programmes.applications.models import ImportBatch
from programmes.audit.domain import record_event
from wimmentor.base.actors import Actor
from wimmentor.base.spreadsheets import Table

Sheet = tuple[list[str], Iterator[list[str]]]


@transaction.atomic
def record_refused_download(*, batch: ImportBatch, by: Actor) -> Sheet:
    """Raises DomainError where the file is kept no longer."""
    table = reopen_table(batch)
    report = batch.report if batch.applied_at else look_again(batch).report()
    record_event(
        "import.refused_downloaded",
        by=by,
        subject=batch,
        organisation_id=batch.cohort.organisation_id,
        cohort_id=batch.cohort_id,
    )
    return refused_sheet(table, [Note.from_json(note) for note in report["refused"]])


def refused_sheet(table: Table, refused: Iterable[Note]) -> Sheet:
    """Headings and rows as in the file, also cells beyond the last heading, with the reasons in a last column."""
    notes: dict[int, list[Note]] = defaultdict(list)
    for note in refused:
        notes[note.row].append(note)
    # Worded at once: a streamed answer is made when the reader's language is over.
    reasons = {row: say_reasons(found) for row, found in notes.items()}
    found = [row for row in table.rows if row.number in reasons]
    headings = name_columns(table)
    width = max([len(headings), *(len(row.cells) for row in found)])
    rows = ([*_widen(row.cells, width), reasons[row.number]] for row in found)
    return [*_widen(headings, width), reason_heading()], rows


def _widen(cells: Iterable[str], width: int) -> list[str]:
    filled = list(cells)
    return [*filled, *[""] * (width - len(filled))]
