from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from programmes.applications.domain.rows import lock_application
from programmes.applications.domain.steps import write_step
from programmes.applications.models import Application
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError


@transaction.atomic
def start_application(
    *,
    cohort: Cohort,
    role: str,
    submission_key: UUID,
    values: dict[str, Any],
    answers: dict[str, Any],
    language: str = "en",
    by: Actor,
) -> Application:
    """One draft per key, whatever is clicked twice. A repeat is her correction of the first step. `language`: in
    which she fills it in, and is written to from now on."""
    application = lock_application(_find_or_create(cohort, role, submission_key))
    if (application.cohort_id, application.role) != (cohort.pk, role):
        raise DomainError(_("This form belongs to another application. Open it again."), code="wrong_key")
    if application.status == Application.Status.DRAFT:
        application.language = language
        write_step(application, "about", values=values, answers=answers)
        record_event(
            "application.started",
            by=by,
            subject=application,
            organisation_id=cohort.organisation_id,
            cohort_id=cohort.pk,
            role=role,
        )
    return application


def _find_or_create(cohort: Cohort, role: str, key: UUID) -> Application:
    found = Application.objects.filter(submission_key=key).first()
    if found is not None:
        return found
    questions = cohort.mentor_questions if role == Application.Role.MENTOR else cohort.mentee_questions
    try:
        with transaction.atomic():
            return Application.objects.create(cohort=cohort, role=role, submission_key=key, questionnaire=questions)
    except IntegrityError:
        return Application.objects.get(submission_key=key)
