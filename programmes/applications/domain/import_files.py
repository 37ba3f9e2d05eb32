"""The file that somebody sent is kept with its import, for those who may import, and goes when its time is over."""

import io
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.applications.models import ImportBatch, ImportLine
from programmes.audit.domain import record_event
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.private_files import PrivateFolder
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table

FOLDER = PrivateFolder("imports")
# A spreadsheet that was looked at and left lying; what is needed to undo one that was brought in.
LEFT_FOR = UNDO_FOR = timedelta(days=1)


def short_file_name(name: str) -> str:
    """As much of it as the column holds, with its ending."""
    return name[-200:]


def keep_file(data: bytes) -> str:
    return FOLDER.keep(data) if data else ""


def read_file(batch: ImportBatch) -> bytes:
    """Raises DomainError where it is kept no longer."""
    data = FOLDER.read(batch.stored_file)
    if data is None:
        raise DomainError(_("The file is not kept any more. Upload it again if you need it."), code="file_gone")
    return data


def reopen_table(batch: ImportBatch) -> Table:
    data = read_file(batch)
    try:
        return read_table(io.BytesIO(data), batch.file_name)
    except SpreadsheetError as error:  # what was read when it was uploaded may be refused by a later version
        raise DomainError(str(error), code="file_unreadable") from error


def describe_table(table: Table) -> dict[str, Any]:
    """What was recognised of the file, for the pages to word."""
    return {
        "kind": table.kind,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "warnings": [asdict(sentence) for sentence in table.warnings],
        "rows": len(table.rows),
        "columns": len(table.headings),
    }


def drop_files(batches: list[ImportBatch]) -> None:
    """The rows forget their files at once, the files go with the transaction."""
    FOLDER.drop_on_commit([batch.stored_file for batch in batches])
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in batches]).update(stored_file="")
    for batch in batches:
        batch.stored_file = ""


@transaction.atomic
def record_download(*, batch: ImportBatch, by: Actor) -> bytes:
    data = read_file(batch)
    record_event(
        "import.downloaded",
        by=by,
        subject=batch,
        organisation_id=batch.cohort.organisation_id,
        cohort_id=batch.cohort_id,
    )
    return data


@transaction.atomic
def forget_left_imports() -> int:
    """The sweep: rows of people that were looked at and neither brought in nor thrown away, and what could only be
    undone for a day."""
    until = clock.now() - LEFT_FOR
    left = list(ImportBatch.objects.filter(applied_at=None, created_at__lt=until).only("stored_file"))
    FOLDER.drop_on_commit([batch.stored_file for batch in left])
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in left]).delete()
    ImportLine.objects.filter(batch__applied_at__lt=until, before__isnull=False).update(before=None)
    return len(left)


@transaction.atomic
def expire_import_files(before: datetime, dry_run: bool) -> int:
    """A rule of retention: files of imports that were brought in before then, with what their reports quote; imports
    left lying; files that no row names. Answers with how many; a repeat finds nothing."""
    due = _due_batches(before, lock=not dry_run)
    known = set(ImportBatch.objects.exclude(stored_file="").values_list("stored_file", flat=True))
    orphans = FOLDER.find_orphans(known)
    if dry_run:
        until = clock.now() - LEFT_FOR
        return len(due) + len(orphans) + ImportBatch.objects.filter(applied_at=None, created_at__lt=until).count()
    drop_files(due)
    forget_who_stayed_out(due)
    for batch in due:
        batch.report = {**batch.report, "refused": [], "flagged": [], "replaced": []}
        batch.save(update_fields=["report"])
        record_event(
            "import.file_expired",
            by=SYSTEM,
            subject=batch,
            organisation_id=batch.cohort.organisation_id,
            cohort_id=batch.cohort_id,
        )
    FOLDER.drop_on_commit(orphans)
    return len(due) + len(orphans) + forget_left_imports()


def forget_who_stayed_out(batches: Iterable[ImportBatch]) -> None:
    """Digests by which rows are found in the file and in the report: nothing is left to be found there."""
    ImportLine.objects.filter(batch__in=[batch.pk for batch in batches], application=None).delete()


def _due_batches(before: datetime, *, lock: bool) -> list[ImportBatch]:
    batches = ImportBatch.objects.select_for_update(of=("self",)) if lock else ImportBatch.objects.all()
    found = batches.filter(applied_at__lt=before).exclude(stored_file="")
    return list(found.select_related("cohort__programme").order_by("pk"))
