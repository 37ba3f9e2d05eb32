"""Which applications are one person's own."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from programmes.applications.models import Application

Status = Application.Status


def own_applications(user: Any) -> QuerySet[Application]:
    return (
        Application.objects.filter(user=user)
        .exclude(status=Status.WITHDRAWN)
        .select_related("cohort__programme__organisation")
        .order_by("-pk")
    )


def same_person(application: Application) -> QuerySet[Application]:
    """Her other applications to this cohort that count: confirmed, or listed by the coordinator."""
    counts = Q(email_confirmed_at__isnull=False) | Q(source=Application.Source.IMPORT)
    return (
        Application.objects.filter(counts, cohort_id=application.cohort_id, email=application.email)
        .exclude(pk=application.pk)
        .exclude(email="")
    )


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
