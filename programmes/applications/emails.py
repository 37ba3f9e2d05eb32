"""The letters to an applicant about her own application. Wording: the cohort's letters."""

from django.utils.translation import gettext as _

from programmes.applications.models import Application
from programmes.cohorts.letters import Letter, compose_letter, speak_for
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from wimmentor.base import clock


def send_confirm(application: Application, *, again: bool = False) -> OutboxEmail:
    return _send(application, "confirm", again=again)


def send_received(application: Application) -> OutboxEmail:
    return _send(application, "received", link="status")


def send_resume(application: Application) -> OutboxEmail:
    return _send(application, "resume", again=True)


def send_page(application: Application) -> OutboxEmail:
    """A new link to her own page, once the old one is lost or has expired."""
    cohort = application.cohort
    with speak_for(cohort, application.language):
        subject = _("The link to your application to %(programme)s") % {"programme": cohort.programme.name}
        body = _(
            "Hello %(name)s,\n\nHere you see where your application to %(programme)s, %(cohort)s, stands:\n\n"
            "[[link:status]]\n\n%(organisation)s"
        ) % {
            "name": application.short_name,
            "programme": cohort.programme.name,
            "cohort": cohort.name,
            "organisation": cohort.programme.organisation.name,
        }
    return _queue(application, f"page:{application.pk}{_minute()}", "application_page", Letter(subject, body), "status")


def _send(application: Application, event: str, *, link: str = "", again: bool = False) -> OutboxEmail:
    """`again`: she may ask for it more than once; a double click in the same minute is one e-mail."""
    letter = compose_letter(
        cohort=application.cohort,
        kind=f"application_{event}",
        language=application.language,
        values={"first_name": application.short_name},
    )
    key = f"{event}:{application.pk}{_minute() if again else ''}"
    return _queue(application, key, f"application_{event}", letter, link or event)


def _minute() -> str:
    return f":{int(clock.now().timestamp()) // 60}"


def _queue(application: Application, key: str, kind: str, letter: Letter, link: str) -> OutboxEmail:
    organisation = application.cohort.programme.organisation
    return queue_email(
        event_key=f"application.{key}",
        recipient=application.email,
        recipient_name=application.name,
        kind=kind,
        subject=letter.subject,
        body=letter.body,
        language=application.language,
        links={link: {"purpose": f"application.{link}", "subject_id": application.pk}},
        reply_to=organisation.contact_email,
        organisation_id=organisation.pk,
        cohort_id=application.cohort_id,
    )
