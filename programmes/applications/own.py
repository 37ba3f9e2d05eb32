"""Which applications are one person's own."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from wimmentor.base.digests import secrets

Status = Application.Status
# Hers for certain: the address was confirmed, or a coordinator listed her.
COUNTED = Q(email_confirmed_at__isnull=False) | Q(source=Application.Source.IMPORT)


def own_applications(user: Any) -> QuerySet[Application]:
    return (
        Application.objects.filter(user=user)
        .exclude(status=Status.WITHDRAWN)
        .select_related("cohort__programme__organisation")
        .order_by("-pk")
    )


def same_person(application: Application) -> QuerySet[Application]:
    """Her other applications to this cohort that count: confirmed, or listed by the coordinator."""
    return (
        Application.objects.filter(COUNTED, cohort_id=application.cohort_id, email=application.email)
        .exclude(pk=application.pk)
        .exclude(email="")
    )


def unconfirmed_forms(application: Application) -> QuerySet[Application]:
    """What was sent or begun with her address for the same part, and never confirmed."""
    forms = Application.objects.filter(cohort_id=application.cohort_id, role=application.role, email=application.email)
    return forms.exclude(COUNTED).exclude(pk=application.pk).exclude(email="")


def shares_mail(application: Application) -> bool:
    """Whether letters of this cohort to her address may be about another application that is still there."""
    others = Application.objects.filter(cohort_id=application.cohort_id, email=application.email)
    return others.exclude(email="").exclude(pk=application.pk).exists()


def is_counted(application: Application) -> bool:
    """Whether it is among those: hers for certain, or listed by the coordinator."""
    return application.source == Application.Source.IMPORT or application.email_confirmed_at is not None


def withdrawal_key(role: str, email: str, secret: str | None = None) -> str:
    """Kept when all else is erased, so that a spreadsheet does not bring her back; no address can be read from it."""
    return salted_hmac("application.withdrawn", f"{role}:{email}", secret, algorithm="sha256").hexdigest()[:32]


def has_withdrawn(role: str, email: str, withdrawn: Collection[str]) -> bool:
    """Also from before SECRET_KEY was changed."""
    return any(withdrawal_key(role, email, secret) in withdrawn for secret in secrets())


def find_withdrawn(cohort_id: int) -> set[str]:
    """Keys of those who withdrew from this cohort."""
    events = AuditEvent.objects.filter(verb="application.withdrawn", cohort_id=cohort_id)
    return {details["whom"] for details in events.values_list("details", flat=True) if details.get("whom")}


def find_earlier(application: Application) -> Application | None:
    return same_person(application).filter(role=application.role).first()


def find_other_role(application: Application) -> Application | None:
    """Her application in the other role, where the cohort allows only one."""
    if application.cohort.both_roles_allowed:
        return None
    return same_person(application).exclude(role=application.role).exclude(status=Status.WITHDRAWN).first()


def may_change(application: Application, instant: datetime) -> bool:
    """Sent answers can change while applications are open and nobody has begun to decide."""
    return application.status == Status.SUBMITTED and application.cohort.takes_applications(instant)
