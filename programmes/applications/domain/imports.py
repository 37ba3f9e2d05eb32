"""Spreadsheets: a dry run that is kept, then all or only the good rows. Never a mail."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from programmes.applications.consents import CONSENTS
from programmes.applications.domain.import_plan import Plan, plan_import
from programmes.applications.importing import Reading, read_people
from programmes.applications.models import Application, ApplicationConsent, ImportBatch
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.spreadsheets import Table

# Rows of a spreadsheet that was looked at and left lying.
KEPT_FOR = timedelta(days=1)
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
    reading = read_people(table, role=role, zone=cohort.time_zone, mapping=mapping, strict=strict)
    return plan_import(cohort, reading, accept=accept).report()


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
) -> ImportBatch:
    """The dry run: nothing but the batch is written."""
    if not consent_attested:
        raise DomainError(
            _("Say that these people agreed to be listed here."), code="not_attested", field="consent_attested"
        )
    reading = read_people(table, role=role, zone=cohort.time_zone, mapping=mapping, strict=strict)
    batch = ImportBatch.objects.create(
        cohort=cohort,
        role=role,
        file_name=file_name[:200],
        accept=accept,
        rows=[reading.as_json()],
        report=plan_import(cohort, reading, accept=accept).report(),
        created_by_id=by.user_id,
        consent_attested=consent_attested,
    )
    _record("prepared", batch, by)
    return batch


@transaction.atomic
def apply_import(*, batch: ImportBatch, by: Actor) -> ImportBatch:
    """Bring the good rows in, once: pressed twice it answers with what is there. Raises Conflict where others write
    the same people all the time."""
    instant = clock.now()
    if not ImportBatch.objects.filter(pk=batch.pk, applied_at=None).update(applied_at=instant):
        batch.refresh_from_db()
        return batch
    reading = Reading.from_json(batch.rows[0])
    for _attempt in range(_TRIES):
        plan = plan_import(batch.cohort, reading, accept=batch.accept, lock=True)
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
    batch.applied_at, batch.rows, batch.report = instant, [], {**plan.report(), "people": []}
    batch.save(update_fields=["applied_at", "rows", "report"])
    _record("applied", batch, by)
    return batch


@transaction.atomic
def discard_import(*, batch: ImportBatch, by: Actor) -> None:
    _record("discarded", batch, by)
    deleted, _by_model = ImportBatch.objects.filter(pk=batch.pk, applied_at=None).delete()
    if not deleted:
        raise Conflict(_("These rows are in already."), code="import_applied")


def forget_left_imports() -> int:
    """The sweep: rows of people that were looked at and neither brought in nor thrown away."""
    left = ImportBatch.objects.filter(applied_at=None, created_at__lt=clock.now() - KEPT_FOR)
    deleted, _by_model = left.delete()
    return deleted


def _write(plan: Plan, batch: ImportBatch) -> None:
    instant = clock.now()
    for application in (*plan.new, *plan.changed):
        application.import_batch = batch
        application.fold_columns()
    Application.objects.bulk_create(plan.new, batch_size=_CHUNK)
    for application in plan.changed:
        application.version += 1
        application.save()
    ApplicationConsent.objects.bulk_create(
        [
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
        ],
        batch_size=_CHUNK,
        ignore_conflicts=True,
    )


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
        **{name: batch.report[name] for name in ("read", "created", "updated")},
        refused=len(batch.report["refused"]),
    )
