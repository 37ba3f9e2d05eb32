from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.access import links
from programmes.applications.consents import CONSENTS
from programmes.applications.domain.rows import lock_application, too_late
from programmes.applications.models import Application, ApplicationConsent
from programmes.applications.steps import STEPS
from programmes.audit.domain import record_event
from programmes.outbox.domain import erase_recipient
from programmes.questionnaires.domain import clean_answers
from programmes.questionnaires.queries import questions_of_step
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold_email

Status = Application.Status
# Asked by the form beside the questionnaire, kept among the answers.
FORM_OF_ADDRESS = "form_of_address"


@transaction.atomic
def save_step(
    *,
    application: Application,
    step: str,
    values: dict[str, Any],
    answers: dict[str, Any],
    consents: dict[str, bool] | None = None,
    language: str = "",
    by: Actor,
) -> Application:
    """Keep one step's answers. A draft can be written at any time; what was sent, only while applications are open.
    `language`: in which she goes on filling it in; once it is sent, she changes that on her page."""
    current = lock_application(application)
    refuse_closed_edit(current)
    if language and current.status == Status.DRAFT:
        current.language = language
    write_step(current, step, values=values, answers=answers)
    if consents is not None:
        write_consents(current, consents)
    record_event(
        "application.saved",
        by=by,
        subject=current,
        organisation_id=current.cohort.organisation_id,
        cohort_id=current.cohort_id,
        step=step,
        status=current.status,
    )
    return current


def refuse_closed_edit(application: Application) -> None:
    if application.status == Status.DRAFT:
        return
    if application.status != Status.SUBMITTED:
        raise DomainError(_("Your application is decided. Its answers can no longer change."), code="decided")
    if not application.cohort.takes_applications(clock.database_now()):
        raise too_late()


def write_step(application: Application, step: str, *, values: dict[str, Any], answers: dict[str, Any]) -> None:
    columns = STEPS[step].columns
    if unknown := values.keys() - set(columns):
        raise ValueError(f"not asked in {step}: {sorted(unknown)}")
    _keep_address(application, values)
    for column, value in values.items():
        setattr(application, column, value)
    application.answers = _merge_answers(application, step, answers)
    application.version += 1
    application.save()


def _keep_address(application: Application, values: dict[str, Any]) -> None:
    """The link went to the old address: it proves nothing about a new one. Once sent, the address stays."""
    if "email" not in values or fold_email(values["email"]) == application.email:
        return
    if application.status != Status.DRAFT:
        raise DomainError(_("The address of a sent application stays as it is."), code="address", field="email")
    # First the letter, then its link: a letter that is going out just now makes its link before it is erased.
    if application.email:
        key = f"application.resume:{application.pk}"
        erase_recipient(recipient=application.email, cohort_id=application.cohort_id, keys=(key,))
    links.revoke_links(purpose="application.resume", subject_id=application.pk)


def _merge_answers(application: Application, step: str, answers: dict[str, Any]) -> dict[str, Any]:
    asked = {question["code"] for question in questions_of_step(application.questionnaire, step)}
    given = dict(clean_answers(application.questionnaire, answers)) if application.questionnaire else {}
    if step == "about":
        asked.add(FORM_OF_ADDRESS)
        if words := str(answers.get(FORM_OF_ADDRESS, "")).strip():
            given[FORM_OF_ADDRESS] = words
    kept = {code: answer for code, answer in application.answers.items() if code not in asked}
    return {**kept, **{code: answer for code, answer in given.items() if code in asked}}


def write_consents(application: Application, consents: dict[str, bool]) -> None:
    """A row for each purpose, granted or not, in the version that was shown."""
    instant = clock.database_now()
    application.consents.exclude(purpose__in=consents).delete()
    for purpose, granted in consents.items():
        ApplicationConsent.objects.update_or_create(
            application=application,
            purpose=purpose,
            version=CONSENTS[purpose].version,
            defaults={"granted": granted, "at": instant, "given_by": "form"},
        )
