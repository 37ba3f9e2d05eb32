"""Retention of applications: forms that were not sent, those without a place, those who took part, imports.

Rows that count in a cohort's numbers stay, without a person; forms that never counted go whole.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.applications.domain.erasure import erase_application
from programmes.applications.domain.import_files import expire_import_files, forget_who_stayed_out
from programmes.applications.domain.rows import hold_cohorts
from programmes.applications.models import Application, ImportBatch
from programmes.applications.own import COUNTED, shares_mail
from programmes.cohorts.models import Cohort
from programmes.cohorts.queries import cohorts_ended_before
from programmes.people.models import User
from programmes.people.retention import Rule, Term, in_chunks
from wimmentor.base import clock

Status = Application.Status
_UNSENT = Q(status=Status.DRAFT) | Q(status=Status.SUBMITTED) & ~COUNTED


def expire_unsent(before: datetime, dry_run: bool) -> int:
    """Drafts, and forms whose address nobody confirmed: counted from the last change."""
    unsent = Application.objects.filter(_UNSENT, changed_at__lt=before, erased_at=None)
    return in_chunks(unsent, _delete, dry_run)


def expire_without_place(before: datetime, dry_run: bool) -> int:
    """From the decision; where none was made, or she stayed on the waiting list, from the end of the cohort."""
    left = Application.objects.filter(erased_at=None).filter(
        Q(status=Status.DECLINED, decided_at__lt=before)
        | Q(
            COUNTED,
            _ended_before(before),
            status__in=[Status.SUBMITTED, Status.SHORTLISTED, Status.WAITLISTED, Status.DECLINED],
        )
    )
    return in_chunks(left, _blank, dry_run)


def expire_participants(before: datetime, dry_run: bool) -> int:
    took_part = Application.objects.filter(_ended_before(before), status=Status.ACCEPTED, erased_at=None)
    return in_chunks(took_part, _blank, dry_run)


def _ended_before(instant: datetime) -> Q:
    """A cohort that was never opened may still be being prepared after the dates it was given: there, and only there,
    nothing changed since either."""
    never_opened = Q(cohort__phase=Cohort.Phase.DRAFT)
    return Q(cohort__in=cohorts_ended_before(instant)) & (~never_opened | Q(changed_at__lt=instant))


def leave_out_applicants(users: QuerySet[User]) -> QuerySet[User]:
    """An application that a coordinator brought in has no account, and is of whoever has its address."""
    counted = Application.objects.filter(COUNTED, erased_at=None, email=OuterRef("email"))
    return users.filter(~Exists(counted))


def expire_import_reports(before: datetime, dry_run: bool) -> int:
    """A report quotes what could not be read. The counts stay."""
    old = ImportBatch.objects.filter(applied_at__lt=before).exclude(file_name="")
    return in_chunks(old, _blank_reports, dry_run)


def _blank_reports(ids: list[Any]) -> None:
    batches = list(ImportBatch.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    forget_who_stayed_out(batches)
    for batch in batches:
        batch.report = {**batch.report, "refused": [], "flagged": [], "replaced": [], "people": []}
        batch.file_name, batch.rows = "", []
        batch.save(update_fields=["report", "file_name", "rows"])


def _hold(ids: list[Any]) -> QuerySet[Application]:
    """Those that nobody erased meanwhile, held with their cohorts."""
    hold_cohorts(Application.objects.filter(pk__in=ids).values_list("cohort_id", flat=True))
    left = Application.objects.select_for_update(of=("self",)).filter(pk__in=ids, erased_at=None)
    return left.select_related("import_batch", "user").order_by("pk")


def _blank(ids: list[Any]) -> None:
    instant = clock.now()
    for application in _hold(ids):
        goes_on = shares_mail(application)
        erase_application(application, instant=instant, keep_mail_of_others=goes_on, keep_status=True)


def _delete(ids: list[Any]) -> None:
    instant = clock.now()
    unsent = list(_hold(ids).filter(_UNSENT))  # not who sent it, or confirmed it, just now
    for application in unsent:
        erase_application(application, instant=instant, keep_mail_of_others=shares_mail(application))
    Application.objects.filter(pk__in=[application.pk for application in unsent]).delete()


RULES = (
    Rule("unsent", Term(days=30), expire_unsent, _("A form you did not send"), _("%(number)d days")),
    Rule(
        "without_place",
        Term(months=12),
        expire_without_place,
        _("No place, or withdrawn"),
        _("%(number)d months after the decision; if you withdraw, your answers are erased at once"),
    ),
    Rule(
        "participants",
        Term(months=24),
        expire_participants,
        _("Taking part"),
        _("%(number)d months after the programme ends"),
    ),
    Rule(
        "import_files",
        Term(days=30),
        expire_import_files,
        _("Spreadsheets that brought applications in"),
        _("%(number)d days"),
    ),
    Rule(
        "import_reports",
        Term(months=12),
        expire_import_reports,
        _("Reports on spreadsheets that brought applications in"),
        _("%(number)d months"),
    ),
)
