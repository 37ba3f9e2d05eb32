"""What a spreadsheet leaves about a person beside her application, and how it goes with her."""

from collections import defaultdict

from programmes.applications.domain.import_files import drop_files
from programmes.applications.domain.import_plan import Plan
from programmes.applications.models import Application, ImportBatch, ImportLine
from wimmentor.base.digests import key_of_email

_CHUNK = 500
_ABOUT_ROWS = ("refused", "flagged", "replaced", "people")


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
    outside = {entry.row: entry.email for entry in plan.reading.entries if entry.row not in inside}
    outside |= {each.row: each.email for each in plan.reading.replaced}
    lines += [ImportLine(batch=batch, row=row, key=key_of_email(email)) for row, email in outside.items()]
    ImportLine.objects.bulk_create(lines, batch_size=_CHUNK)


def forget_in_imports(application: Application) -> None:
    """Of the imports of her cohort: files with her row in them, report lines about it, what an undo would restore, and
    dry runs that she is in."""
    rows: dict[int, set[int]] = defaultdict(set)
    if application.import_batch_id and application.import_row:
        rows[application.import_batch_id].add(application.import_row)
    lines = ImportLine.objects.filter(
        batch__cohort_id=application.cohort_id, key=key_of_email(application.email) or "none"
    )
    for batch_id, row in lines.values_list("batch_id", "row"):
        rows[batch_id].add(row)
    batches = list(ImportBatch.objects.select_for_update().filter(pk__in=rows).order_by("pk"))
    for batch in batches:
        for kind in set(_ABOUT_ROWS) & batch.report.keys():
            batch.report[kind] = [note for note in batch.report[kind] if not _concerns(note, rows[batch.pk])]
        batch.save(update_fields=["report"])
    drop_files(batches)
    lines.filter(application=None).delete()
    ImportLine.objects.filter(application=application).delete()
    if application.email:
        _empty_dry_runs(application.email, cohort_id=application.cohort_id)


def _concerns(note: dict[str, int], rows: set[int]) -> bool:
    return note["row"] in rows or note.get("by_row") in rows


def forget_dry_runs(*, email: str) -> None:
    """Her account goes: in any cohort, a spreadsheet with her in it that somebody looks at has to be given again."""
    _empty_dry_runs(email)


def _empty_dry_runs(email: str, **where: int) -> None:
    waiting = ImportBatch.objects.select_for_update().filter(applied_at=None, **where)
    found = [batch for batch in waiting.order_by("pk") if email in _emails_of(batch)]
    for batch in found:
        # A page that is open knows nothing of it: it is stale now.
        batch.rows, batch.report, batch.version = [], {}, batch.version + 1
        batch.save(update_fields=["rows", "report", "version"])
    drop_files(found)


def _emails_of(batch: ImportBatch) -> set[str]:
    return {
        each["email"] for reading in batch.rows for kind in ("entries", "replaced") for each in reading.get(kind, ())
    }
