"""Undoing a whole import within a day. Whoever has done something since, or was written to, stays."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from programmes.applications.domain.erasure import erase_application
from programmes.applications.domain.import_files import UNDO_FOR, drop_files, forget_who_stayed_out
from programmes.applications.domain.import_plan import CONSENTS_ADDED
from programmes.applications.domain.rows import hold_cohorts
from programmes.applications.models import Application, ApplicationConsent, ImportBatch, ImportLine
from programmes.applications.registry import counted_by_others, held_by_others
from programmes.audit.domain import record_event
from programmes.outbox.queries import addressed_since
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict

_CHUNK = 500


@dataclass
class UndoPlan:
    """`kept`: applications that stay as they are, each with the reason. `seal` stands for all of it: what a
    coordinator saw is what is undone."""

    removed: list[Application] = field(default_factory=list)
    restored: list[tuple[Application, ImportLine]] = field(default_factory=list)
    kept: list[tuple[Application, str]] = field(default_factory=list)

    @property
    def seal(self) -> str:
        parts = [
            *(f"-{application.pk}" for application in self.removed),
            *(f"<{application.pk}" for application, _line in self.restored),
            *(f"={application.pk}" for application, _reason in self.kept),
        ]
        return hashlib.sha256(" ".join(sorted(parts)).encode()).hexdigest()[:20]


def can_undo(batch: ImportBatch) -> bool:
    return batch.undone_at is None and batch.applied_at is not None and batch.applied_at > clock.now() - UNDO_FOR


def plan_undo(batch: ImportBatch, *, lock: bool = False) -> UndoPlan:
    if lock:
        inside = ImportLine.objects.filter(batch=batch).exclude(application=None).order_by().values("application_id")
        list(Application.objects.select_for_update().filter(pk__in=inside).order_by("pk").values_list("pk"))
    rows = ImportLine.objects.filter(batch=batch).exclude(application=None).order_by("application__name_folded", "pk")
    lines = {line.application: line for line in rows.select_related("application") if line.application}
    reasons = find_reasons(batch, lines)
    plan = UndoPlan()
    for application, line in lines.items():
        if application.pk in reasons:
            plan.kept.append((application, reasons[application.pk]))
        elif line.before is None:
            plan.removed.append(application)
        else:
            plan.restored.append((application, line))
    return plan


def find_reasons(batch: ImportBatch, lines: Mapping[Application, ImportLine]) -> dict[int, str]:
    """Why an application of this import stays, by its id; the weightiest reason counts."""
    reasons: dict[int, str] = {}
    written = addressed_since(cohort_id=batch.cohort_id, instant=batch.applied_at or clock.now())
    for application, line in lines.items():
        if application.email_confirmed_at is not None:
            reasons[application.pk] = _("She has confirmed her address: the application is hers now.")
        elif application.email in written:
            reasons[application.pk] = _("A letter to her was written since.")
        elif application.import_batch_id != batch.pk:
            reasons[application.pk] = _("A later spreadsheet changed her answers.")
        elif application.version != line.version:
            reasons[application.pk] = _("She was decided about, or her answers were changed, since.")
    return reasons | held_by_others({application.pk for application in lines})


@transaction.atomic
def undo_import(*, batch: ImportBatch, seal: str, by: Actor) -> UndoPlan:
    """`seal`: of the plan that she saw. Raises Conflict where it was undone before, where its day is over, or where
    somebody moved meanwhile; then nothing is changed."""
    # Decisions and offers of a cohort are made under the same lock.
    hold_cohorts([batch.cohort_id])
    instant = _mark_undone(batch)
    plan = plan_undo(batch, lock=True)
    if plan.seal != seal:
        raise Conflict(
            _("Something changed while you were looking. Nothing was undone: look again."), code="stale_undo"
        )
    drop_files([batch])
    forget_who_stayed_out([batch])
    batch.report = {**batch.report, "refused": [], "flagged": [], "replaced": []}
    batch.save(update_fields=["report"])
    for application, line in plan.restored:
        _restore(application, line)
    _remove(plan.removed, instant)
    record_event(
        "import.undone",
        by=by,
        subject=batch,
        organisation_id=batch.cohort.organisation_id,
        cohort_id=batch.cohort_id,
        removed=len(plan.removed),
        restored=len(plan.restored),
        kept=len(plan.kept),
    )
    return plan


def _mark_undone(batch: ImportBatch) -> datetime:
    instant = clock.database_now()
    undone = ImportBatch.objects.filter(pk=batch.pk, undone_at=None, applied_at__gt=instant - UNDO_FOR).update(
        undone_at=instant
    )
    batch.refresh_from_db(fields=["undone_at", "applied_at", "report", "stored_file"])
    if undone:
        return instant
    if batch.undone_at is not None:
        raise Conflict(_("This import was undone already."), code="undone")
    raise Conflict(_("An import can be undone for one day. That day is over."), code="too_late")


def _restore(application: Application, line: ImportLine) -> None:
    before: dict[str, Any] = dict(line.before or {})
    added = before.pop(CONSENTS_ADDED, [])
    earlier_version = before.pop("version")
    columns = {column.attname: column for column in application._meta.concrete_fields}
    for name, value in before.items():
        setattr(application, name, columns[name].to_python(value))
    application.version += 1
    application.save()
    ApplicationConsent.objects.filter(application=application, purpose__in=added, given_by="import").delete()
    line.delete()
    # The import before this one can still be undone, if its day is not over.
    ImportLine.objects.filter(
        batch_id=application.import_batch_id, application=application, version=earlier_version
    ).update(version=application.version)


def _remove(applications: list[Application], instant: datetime) -> None:
    """What a result refers to is blanked like the application of somebody who withdrew; the others go as they came."""
    counted = counted_by_others({application.pk for application in applications})
    for application in applications:
        if application.pk in counted:
            erase_application(application, instant=instant)
    ids = [application.pk for application in applications if application.pk not in counted]
    try:
        for start in range(0, len(ids), _CHUNK):
            Application.objects.filter(pk__in=ids[start : start + _CHUNK]).delete()
    except ProtectedError as error:
        raise Conflict(
            _("Somebody in it was offered a place just now. Nothing was undone."), code="protected"
        ) from error
