"""The letters to an applicant about her own application. Wording: the cohort's letters."""

from programmes.applications.models import Application
from programmes.cohorts.letters import compose_letter
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from wimmentor.base import clock


def send_confirm(application: Application, *, again: bool = False) -> OutboxEmail:
    return _send(application, "confirm", again=again)


def send_received(application: Application) -> OutboxEmail:
    return _send(application, "received", link="status")


def send_resume(application: Application) -> OutboxEmail:
    return _send(application, "resume", again=True)


def _send(application: Application, event: str, *, link: str = "", again: bool = False) -> OutboxEmail:
    """`again`: she may ask for it more than once; a double click in the same minute is one e-mail."""
    link = link or event
    cohort = application.cohort
    letter = compose_letter(
        cohort=cohort,
        kind=f"application_{event}",
        language=application.language,
        values={"first_name": application.short_name},
    )
    minute = f":{int(clock.now().timestamp()) // 60}" if again else ""
    return queue_email(
        event_key=f"application.{event}:{application.pk}{minute}",
        recipient=application.email,
        recipient_name=application.name,
        kind=f"application_{event}",
        subject=letter.subject,
        body=letter.body,
        language=application.language,
        links={link: {"purpose": f"application.{link}", "subject_id": application.pk}},
        reply_to=cohort.programme.organisation.contact_email,
        organisation_id=cohort.programme.organisation_id,
        cohort_id=cohort.pk,
    )
