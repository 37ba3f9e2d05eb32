"""What a spreadsheet leaves about a person beside her application, and how it goes with her."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from programmes.applications.domain.import_files import drop_files, reopen_table
from programmes.applications.domain.import_plan import Plan
from programmes.applications.importing import Reading, name_columns
from programmes.applications.importing.addresses import tidy_address
from programmes.applications.models import Application, ImportBatch, ImportLine
from wimmentor.base.digests import key_of_email, keys_of_email
from wimmentor.base.errors import DomainError
from wimmentor.base.spreadsheets import Table

_CHUNK = 500
_ABOUT_ROWS = ("refused", "flagged", "replaced", "people")
# In the kept reading, beside what was read: [row, address] of rows that were refused.
_REFUSED = "refused_emails"
Rows = dict[int, set[int]]


def keep_reading(reading: Reading, table: Table) -> dict[str, Any]:
    """For the dry run; with the addresses in refused rows, by which those are found when their person is erased."""
    return {**reading.as_json(), _REFUSED: [[row, email] for row, email in _find_refused(reading, table)]}


def _find_refused(reading: Reading, table: Table) -> Iterator[tuple[int, str]]:
    headings, heading = name_columns(table), reading.headings.get("email")
    column = headings.index(heading) if heading in headings else None
    refused = {note.row for note in reading.refused}
    for row in table.rows:
        if row.number not in refused:
            continue
        own = tidy_address(row.cells[column]) if column is not None else ""
        # Where her column has none, the cells may be shifted: whichever stands there may be hers.
        for email in [own] if own else dict.fromkeys(filter(None, map(tidy_address, row.cells))):
            yield row.number, email


def trace_lines(plan: Plan, batch: ImportBatch) -> None:
    """A line for each row that named somebody: also for one that stayed out or was replaced by a later one."""
    lines = [
        ImportLine(
            batch=batch,
            row=application.import_row or 0,
            key=key_of_email(application.email),
            application=application,
            version=application.version,
            before=plan.before.get(application.pk),
        )
        for application in (*plan.new, *plan.changed)
    ]
    inside = {line.row for line in lines}
    outside = [(entry.row, entry.email) for entry in plan.reading.entries if entry.row not in inside]
    outside += [(each.row, each.email) for each in plan.reading.replaced]
    outside += [(row, email) for reading in batch.rows for row, email in reading.get(_REFUSED, ())]
    lines += [ImportLine(batch=batch, row=row, key=key_of_email(email)) for row, email in outside]
    ImportLine.objects.bulk_create(lines, batch_size=_CHUNK)


def forget_in_imports(application: Application) -> None:
    """Of the imports of her cohort: files with her row in them, report lines about it, what an undo would restore, and
    dry runs that she is in."""
    lines = _lines_of(application.email).filter(batch__cohort_id=application.cohort_id)
    rows = _rows_of(lines)
    if application.import_batch_id and application.import_row:
        rows[application.import_batch_id].add(application.import_row)
    _forget_rows(rows)
    lines.filter(application=None).delete()
    ImportLine.objects.filter(application=application).delete()
    _empty_dry_runs(application.email, cohort_id=application.cohort_id)


def forget_person_in_imports(email: str) -> None:
    """The same in every cohort, where nothing of hers goes on: also where her row was refused or came in after she
    had withdrawn."""
    lines = _lines_of(email)
    _forget_rows(_rows_of(lines))
    lines.delete()
    _empty_dry_runs(email)


def cohorts_with_traces(email: str) -> set[int]:
    waiting = ImportBatch.objects.filter(pk__in=_find_dry_runs(email)).values_list("cohort_id", flat=True)
    return {*_lines_of(email).values_list("batch__cohort_id", flat=True), *waiting}


def _lines_of(email: str) -> QuerySet[ImportLine]:
    return ImportLine.objects.filter(key__in=keys_of_email(email))


def _rows_of(lines: QuerySet[ImportLine]) -> Rows:
    rows: Rows = defaultdict(set)
    for batch_id, row in lines.values_list("batch_id", "row"):
        rows[batch_id].add(row)
    return rows


def _forget_rows(rows: Rows) -> None:
    batches = list(ImportBatch.objects.select_for_update().filter(pk__in=rows).order_by("pk"))
    for batch in batches:
        for kind in set(_ABOUT_ROWS) & batch.report.keys():
            batch.report[kind] = [note for note in batch.report[kind] if not _concerns(note, rows[batch.pk])]
        batch.save(update_fields=["report"])
    drop_files(batches)


def _concerns(note: dict[str, int], rows: set[int]) -> bool:
    return note["row"] in rows or note.get("by_row") in rows


def _empty_dry_runs(email: str, **where: int) -> None:
    """A spreadsheet with her in it that somebody looks at has to be given again."""
    waiting = ImportBatch.objects.select_for_update().filter(pk__in=_find_dry_runs(email, **where), applied_at=None)
    found = list(waiting.order_by("pk"))
    for batch in found:
        # A page that is open knows nothing of it: it is stale now.
        batch.rows, batch.report, batch.version = [], {}, batch.version + 1
        batch.save(update_fields=["rows", "report", "version"])
    drop_files(found)


def _find_dry_runs(email: str, **where: int) -> list[int]:
    waiting = ImportBatch.objects.filter(applied_at=None, **where).order_by("pk") if email else ()
    return [batch.pk for batch in waiting if (email in _emails_of(batch) if batch.rows else _names(batch, email))]


def _emails_of(batch: ImportBatch) -> set[str]:
    emails = {
        each["email"] for reading in batch.rows for kind in ("entries", "replaced") for each in reading.get(kind, ())
    }
    return emails | {email for reading in batch.rows for _row, email in reading.get(_REFUSED, ())}


def _names(batch: ImportBatch, email: str) -> bool:
    """Of one that waits for somebody to say what its columns hold, so that only its file can tell."""
    if not batch.stored_file:
        return False
    try:
        table = reopen_table(batch)
    except DomainError:
        return True  # nobody can read it: it is of no use, and she may be in it
    return any(tidy_address(cell) == email for row in table.rows for cell in row.cells)
