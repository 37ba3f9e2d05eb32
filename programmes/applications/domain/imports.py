"""Spreadsheets: a dry run that is kept, then all or only the good rows. Never a mail."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from programmes.applications.consents import CONSENTS
from programmes.applications.domain.import_columns import note_report, read_kept, recall_columns, remember_columns
from programmes.applications.domain.import_files import FOLDER, describe_table, keep_file, short_file_name
from programmes.applications.domain.import_plan import CONSENTS_ADDED, Plan, plan_import
from programmes.applications.domain.import_traces import keep_reading, trace_lines
from programmes.applications.domain.rows import hold_cohorts
from programmes.applications.importing import Reading, name_columns, read_people
from programmes.applications.models import Application, ApplicationConsent, ImportBatch
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.spreadsheets import Table

# What the coordinator gives her word for; the form and the command say so.
ATTESTED = ("privacy", "shown_to_pair", "contact_email")
_TRIES = 3
_CHUNK = 500


def review_import(
    *,
    cohort: Cohort,
    table: Table,
    role: str,
    accept: bool,
    mapping: Mapping[str, str | None] | None = None,
    strict: bool = False,
) -> dict[str, Any]:
    """What would come in; writes nothing."""
    return plan_import(cohort, _read(cohort, table, role, mapping, strict), accept=accept).report()


@transaction.atomic
def prepare_import(
    *,
    cohort: Cohort,
    table: Table,
    file_name: str,
    role: str,
    accept: bool,
    consent_attested: bool,
    by: Actor,
    mapping: Mapping[str, str | None] | None = None,
    strict: bool = False,
    data: bytes = b"",
) -> ImportBatch:
    """The dry run: nothing but the batch is written. `data` is the file, which is kept with it; without a `role` it
    is read when somebody has said who is in it."""
    if not consent_attested:
        raise DomainError(
            _("Say that these people agreed to be listed here."), code="not_attested", field="consent_attested"
        )
    batch = ImportBatch(
        cohort=cohort,
        role=role,
        file_name=short_file_name(file_name),
        accept=accept,
        mapping=dict(mapping or {}),
        created_by_id=by.user_id,
        consent_attested=consent_attested,
    )
    if role:
        reading = _read(cohort, table, role, mapping, strict)
        batch.rows = [keep_reading(reading, table)]
        note_report(batch, plan_import(cohort, reading, accept=accept).report())
    batch.recognised = describe_table(table)
    batch.stored_file = keep_file(data)
    batch.save()
    _record("prepared", batch, by)
    return batch


def look_again(batch: ImportBatch) -> Plan:
    """The dry run as of now: others may have brought in the same people since. Writes nothing."""
    return plan_import(batch.cohort, read_kept(batch), accept=batch.accept)


@transaction.atomic
def apply_import(*, batch: ImportBatch, by: Actor, version: int | None = None, whole: bool = False) -> ImportBatch:
    """Bring the good rows in, once: pressed twice it answers with what is there. Raises Conflict where others write
    the same people all the time, or changed what was seen (`version`). `whole`: all rows or none."""
    hold_cohorts([batch.cohort_id])
    instant = clock.now()
    waiting = ImportBatch.objects.filter(pk=batch.pk, applied_at=None)
    if not (waiting if version is None else waiting.filter(version=version)).update(applied_at=instant):
        batch.refresh_from_db()
        if batch.applied_at is None:
            raise Conflict(_("Somebody else changed this import while you were looking."), code="stale_import")
        return batch
    batch.refresh_from_db()
    reading = read_kept(batch)
    for _attempt in range(_TRIES):
        plan = plan_import(batch.cohort, reading, accept=batch.accept, lock=True)
        if whole and plan.refused:
            raise Conflict(_("Some rows cannot come in. Look at them, or add only the good ones."), code="not_whole")
        try:
            with transaction.atomic():
                _write(plan, batch)
            break
        except IntegrityError:
            # Somebody else brought in one of these people meanwhile: look again.
            continue
    else:
        raise Conflict(_("Somebody else is bringing in the same people. Try again in a moment."))
    # The rows were kept for the preview only; names and answers are in the applications now.
    batch.applied_at, batch.rows = instant, []
    note_report(batch, {**plan.report(), "people": []})
    batch.save()
    remember_columns(batch)
    _record("applied", batch, by)
    return batch


@transaction.atomic
def discard_import(*, batch: ImportBatch, by: Actor) -> None:
    _record("discarded", batch, by)
    FOLDER.drop_on_commit([batch.stored_file])
    deleted, _by_model = ImportBatch.objects.filter(pk=batch.pk, applied_at=None).delete()
    if not deleted:
        raise Conflict(_("These rows are in already."), code="import_applied")


def _read(cohort: Cohort, table: Table, role: str, mapping: Mapping[str, str | None] | None, strict: bool) -> Reading:
    remembered = recall_columns(cohort, name_columns(table))
    return read_people(table, role=role, zone=cohort.time_zone, mapping=mapping, strict=strict, remembered=remembered)


def _write(plan: Plan, batch: ImportBatch) -> None:
    for application in (*plan.new, *plan.changed):
        application.import_batch = batch
        application.fold_columns()
    Application.objects.bulk_create(plan.new, batch_size=_CHUNK)
    for application in plan.changed:
        application.version += 1
        application.save()
    _grant_attested(plan)
    trace_lines(plan, batch)


def _grant_attested(plan: Plan) -> None:
    """What an undo takes back again is noted with each changed application."""
    instant = clock.now()
    changed = [application.pk for application in plan.changed]
    had = set()
    for start in range(0, len(changed), _CHUNK):
        rows = ApplicationConsent.objects.filter(application__in=changed[start : start + _CHUNK], purpose__in=ATTESTED)
        had |= set(rows.values_list("application_id", "purpose", "version"))
    consents = [
        ApplicationConsent(
            application=application,
            purpose=purpose,
            version=CONSENTS[purpose].version,
            granted=True,
            at=instant,
            given_by="import",
        )
        for application in (*plan.new, *plan.changed)
        for purpose in ATTESTED
        if (application.pk, purpose, CONSENTS[purpose].version) not in had
    ]
    ApplicationConsent.objects.bulk_create(consents, batch_size=_CHUNK, ignore_conflicts=True)
    for consent in consents:
        if consent.application_id in plan.before:
            plan.before[consent.application_id].setdefault(CONSENTS_ADDED, []).append(consent.purpose)


def _record(step: str, batch: ImportBatch, by: Actor) -> None:
    record_event(
        f"import.{step}",
        by=by,
        subject=batch,
        organisation_id=batch.cohort.organisation_id,
        cohort_id=batch.cohort_id,
        accept=batch.accept,
        role=batch.role,
        consent_attested=batch.consent_attested,
        read=batch.rows_read,
        created=batch.rows_created,
        updated=batch.rows_updated,
        refused=batch.rows_refused,
    )
