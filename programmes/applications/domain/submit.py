from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.applications import emails
from programmes.applications.consents import CONSENTS, REQUIRED
from programmes.applications.domain.confirm import try_confirm
from programmes.applications.domain.rows import lock_application, too_late
from programmes.applications.models import Application
from programmes.audit.domain import record_event
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.transitions import Table, change_status

SENDING: Table = {Application.Status.DRAFT: frozenset({Application.Status.SUBMITTED})}
NEEDED = ("email", "first_name", "last_name", "country", "goals", "languages")


@transaction.atomic
def submit_application(
    *, application: Application, address_proven: bool, before_letter: Callable[[], None] | None = None, by: Actor
) -> Application:
    """Send the draft. Once sent, a repeat changes nothing and answers the same.

    `address_proven`: she came by a link of an e-mail to this address, or is signed in with it. `before_letter`
    refuses where too many letters were asked for to an address that nobody has proven.
    """
    current = lock_application(application)
    if current.status != Application.Status.DRAFT:
        return current
    instant = clock.database_now()
    if not current.cohort.takes_applications(instant):
        raise too_late()
    refuse_incomplete(current)
    if before_letter is not None and not address_proven:
        before_letter()
    change_status(current, Application.Status.SUBMITTED, table=SENDING, submitted_at=instant)
    current.consents.update(at=instant)
    record_event(
        "application.submitted",
        by=by,
        subject=current,
        organisation_id=current.cohort.organisation_id,
        cohort_id=current.cohort_id,
        role=current.role,
    )
    if address_proven and try_confirm(current, instant=instant, by=by):
        emails.send_received(current)
    else:
        emails.send_confirm(current)
    return current


def refuse_incomplete(application: Application) -> None:
    """The last word on what the form asks for, also for a form that was written by hand."""
    granted = {(consent.purpose, consent.version) for consent in application.consents.all() if consent.granted}
    missing = [purpose for purpose in REQUIRED if (purpose, CONSENTS[purpose].version) not in granted]
    if missing or not all(getattr(application, column) for column in NEEDED):
        raise DomainError(_("Some answers are missing. They are marked below."), code="incomplete")


@transaction.atomic
def send_link(*, application: Application, by: Actor) -> Application:
    """Mail her the link that leads on from where she stands: to her draft, to confirm, or to her own page."""
    if application.status == Application.Status.WITHDRAWN:
        raise DomainError(_("This application was withdrawn, and what it said is erased."), code="withdrawn")
    if application.status == Application.Status.DRAFT:
        emails.send_resume(application)
    elif application.email_confirmed_at is None and application.source == Application.Source.FORM:
        emails.send_confirm(application, again=True)
    else:
        emails.send_page(application)
    record_event(
        "application.link_sent",
        by=by,
        subject=application,
        organisation_id=application.cohort.organisation_id,
        cohort_id=application.cohort_id,
    )
    return application
