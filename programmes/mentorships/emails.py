"""The letters of a pair. `pair_confirmed` is worded by the cohort; that a pair ended is said in one way everywhere."""

from django.utils.translation import gettext as _

from programmes.applications.models import Application
from programmes.cohorts.letters import Letter, compose_letter, speak_for
from programmes.mentorships.models import Mentorship
from programmes.mentorships.queries import person_of
from programmes.mentorships.sharing import other_side
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail

LINK_DAYS = 240


def send_confirmed(mentorship: Mentorship, side: str) -> OutboxEmail:
    person, other = person_of(mentorship, side), person_of(mentorship, other_side(side))
    letter = compose_letter(
        cohort=mentorship.cohort,
        kind="pair_confirmed",
        language=person.language,
        values={"first_name": person.short_name, "other_first_name": other.short_name},
    )
    return _send(mentorship, side, person, letter, event="confirmed", linked=True)


def send_link_again(mentorship: Mentorship, side: str, minute: int) -> OutboxEmail:
    """Her page once more; a double click in the same minute is one e-mail."""
    person, other = person_of(mentorship, side), person_of(mentorship, other_side(side))
    with speak_for(mentorship.cohort, person.language):
        letter = Letter(
            _("Your page with %(name)s") % {"name": other.short_name},
            _("Hello %(name)s,\n\nHere is a new link to your page:\n\n[[link:pair]]") % {"name": person.short_name},
        )
    return _send(mentorship, side, person, letter, event=f"link.{minute}", linked=True)


def send_ended(mentorship: Mentorship, side: str, *, looking_again: bool) -> OutboxEmail | None:
    """Without a word on who ended it. Nobody is written to who has withdrawn."""
    person, other = person_of(mentorship, side), person_of(mentorship, other_side(side))
    if not person.email:
        return None
    organisation = mentorship.cohort.programme.organisation
    with speak_for(mentorship.cohort, person.language):
        subject = _("%(programme)s: your pair has ended") % {"programme": mentorship.cohort.programme.name}
        next_step = (
            _("You keep your place. If there is somebody else for you, we write to you; you need do nothing.")
            if looking_again
            else _("If you have a question, answer this e-mail.")
        )
        body = "\n\n".join(
            [
                _("Hello %(name)s,") % {"name": person.short_name},
                _(
                    "You and %(other)s are no longer a pair in %(programme)s. "
                    "Nobody has to say why, and it is not a fault."
                )
                % {"other": other.short_name, "programme": mentorship.cohort.programme.name},
                next_step,
                organisation.name,
            ]
        )
    return _send(mentorship, side, person, Letter(subject, body), event="ended", linked=False)


def _send(
    mentorship: Mentorship, side: str, person: Application, letter: Letter, *, event: str, linked: bool
) -> OutboxEmail:
    organisation = mentorship.cohort.programme.organisation
    link = {"purpose": f"mentorship.{side}", "subject_id": mentorship.pk, "days": LINK_DAYS}
    return queue_email(
        event_key=f"pair.{event}:{mentorship.pk}:{side}",
        recipient=person.email,
        recipient_name=person.name,
        kind=f"pair_{event.partition('.')[0]}",
        subject=letter.subject,
        body=letter.body,
        language=person.language,
        links={"pair": link} if linked else {},
        reply_to=organisation.contact_email,
        organisation_id=organisation.pk,
        cohort_id=mentorship.cohort_id,
    )
