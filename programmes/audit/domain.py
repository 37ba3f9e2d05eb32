from typing import Any

from django.db import models

from programmes.audit.models import AuditEvent
from wimmentor.base.actors import Actor


def record_event(
    verb: str,
    *,
    by: Actor,
    subject: models.Model,
    organisation_id: int | None = None,
    cohort_id: int | None = None,
    **details: Any,
) -> AuditEvent:
    """`details` hold codes and counts, never personal text."""
    return AuditEvent.objects.create(
        verb=verb,
        actor_id=by.user_id,
        actor_kind=by.kind,
        actor_label=by.label,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        organisation_id=organisation_id,
        cohort_id=cohort_id,
        details=details,
    )
