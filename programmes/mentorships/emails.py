"""The letters of a pair. `pair_confirmed` is worded by the cohort; that a pair ended is said in one way everywhere."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.applications.models import Application
from programmes.cohorts.letters import Letter, compose_letter, speak_for
from programmes.mentorships.models import Mentorship
from programmes.mentorships.queries import mentorships_of_person, person_of
from programmes.mentorships.sharing import other_side
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from wimmentor.base.templatetags.wim import day_in

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
            _("Hello %(name)s,\n\nHere is a new link to your page:\n\n[[link:pair]]\n\n%(organisation)s")
            % {"name": person.short_name, "organisation": mentorship.cohort.programme.organisation.name},
        )
    return _send(mentorship, side, person, letter, event="link", again=f":{minute}", linked=True)


def send_ended(mentorship: Mentorship, side: str, *, looking_again: bool) -> OutboxEmail | None:
    """Without a word on who ended it."""
    sentence = gettext_lazy(
        "You and %(other)s are no longer a pair in %(programme)s. Nobody has to say why, and it is not a fault."
    )
    return _send_end(mentorship, side, sentence, event="ended", looking_again=looking_again)


def send_left(mentorship: Mentorship, side: str) -> OutboxEmail | None:
    """The other one's data go in this transaction: the letter knows the pair by its day, not by her name."""
    sentence = gettext_lazy(
        "Your pair in %(programme)s that began on %(day)s has ended. Nobody has to say why, and it is not a fault."
    )
    return _send_end(mentorship, side, sentence, event="left", looking_again=True)


def _send_end(
    mentorship: Mentorship, side: str, sentence: Promise, *, event: str, looking_again: bool
) -> OutboxEmail | None:
    """Nobody is written to who has withdrawn."""
    person, other = person_of(mentorship, side), person_of(mentorship, other_side(side))
    if not person.email:
        return None
    organisation = mentorship.cohort.programme.organisation
    with speak_for(mentorship.cohort, person.language):
        values = {
            "programme": mentorship.cohort.programme.name,
            "other": other.short_name,
            "day": day_in(mentorship.started_at, person.time_zone or mentorship.cohort.time_zone),
        }
        subject = _("%(programme)s: your pair has ended") % values
        next_step = (
            _("You keep your place. If there is somebody else for you, we write to you; you need do nothing.")
            if looking_again
            else _("If you have a question, answer this e-mail.")
        )
        greeting = _("Hello %(name)s,") % {"name": person.short_name}
        body = "\n\n".join([greeting, str(sentence) % values, next_step, organisation.name])
    return _send(mentorship, side, person, Letter(str(subject), body), event=event, linked=False)


def _send(
    mentorship: Mentorship, side: str, person: Application, letter: Letter, *, event: str, linked: bool, again: str = ""
) -> OutboxEmail:
    organisation = mentorship.cohort.programme.organisation
    link = {"purpose": f"mentorship.{side}", "subject_id": mentorship.pk, "days": LINK_DAYS}
    return queue_email(
        event_key=f"pair.{event}:{mentorship.pk}:{side}{again}",
        recipient=person.email,
        recipient_name=person.name,
        kind="pair_ended" if event == "left" else f"pair_{event}",
        subject=letter.subject,
        body=letter.body,
        language=person.language,
        links={"pair": link} if linked else {},
        reply_to=organisation.contact_email,
        organisation_id=organisation.pk,
        cohort_id=mentorship.cohort_id,
    )


def letters_about(application: Application) -> list[str]:
    """Those of her pairs, each of which tells one side about the other."""
    pairs = mentorships_of_person(application).values_list("pk", flat=True)
    return [f"pair.{event}:{pair}" for pair in pairs for event in ("confirmed", "link", "ended")]
