"""Letters of a wave, in the language of whoever gets them."""

from django.utils.translation import gettext as _

from inventory.initiatives.emails import Reader, asked, readers_of
from inventory.initiatives.guards import ANSWER
from inventory.waves.models import WaveResponse
from inventory.waves.queries import records_in
from programmes.outbox.domain import hold_emails, queue_email
from programmes.outbox.models import OutboxEmail
from wimmentor.base.languages import speak
from wimmentor.base.templatetags.wim import in_zone

LINK = "[[link:answer]]"


def write_letter(response: WaveResponse, *, number: int, text: str = "") -> OutboxEmail:
    with speak(response.language, response.organisation.terms):
        return queue_email(
            event_key=f"wave_letter:{response.pk}:{number}",
            recipient=response.contact_email,
            recipient_name=response.contact_name,
            kind="wave_letter",
            subject=_("%(wave)s: what does %(organisation)s do on mentoring?") % _values(response),
            body=_with_link(text) if text.strip() else letter_text(response, number=number),
            language=response.language,
            links=_links(response),
            organisation_id=response.organisation_id,
            send_after=response.wave.opens_at,
        )


def letter_text(response: WaveResponse, *, number: int) -> str:
    """The prepared letter; `number` 1 invites. In the active language."""
    values = _values(response)
    known = response.organisation.initiatives.exists()
    greeting = _("Dear %(name)s,") % values if response.contact_name else _("Hello,")
    opening = (
        _("we are asking all organisations of the Alliance what they do on mentoring, sponsorship and role models.")
        if number == 1
        else _("we have not heard from %(organisation)s yet, and would miss you in the results.") % values
    )
    effort = (
        _("Your answers of last time are there already: where nothing has changed, one tap says so.")
        if known
        else _("Ten short questions are enough, five minutes. “We have none” is a useful answer too.")
    )
    return "\n\n".join(
        [
            greeting,
            opening,
            effort,
            _("You need no password. Answer here:") + f"\n{LINK}",
            _("The wave closes on %(closes)s. Several people of your organisation can use this link.") % values,
            _("International Women in Mining"),
        ]
    )


def tell_returned(response: WaveResponse, *, event_id: int) -> None:
    """IWiM's questions about all of its records, in one letter to whoever answers for it."""
    questions = [line for record in records_in(response) for line in asked(record)]
    if response.sheet is not None:
        questions += asked(response.sheet)
    for reader in readers_of_response(response):
        _tell_returned(response, reader, questions, event_id)


def readers_of_response(response: WaveResponse) -> list[Reader]:
    """Its contact; where there is none, those who keep the organisation's entries."""
    if response.contact_email:
        return [Reader(response.contact_email, response.contact_name, response.language)]
    return readers_of(response.organisation)


def _tell_returned(response: WaveResponse, reader: Reader, questions: list[str], event_id: int) -> None:
    with speak(reader.language, response.organisation.terms):
        queue_email(
            event_key=f"wave_returned:{response.pk}:{event_id}",
            recipient=reader.email,
            recipient_name=reader.name,
            kind="wave_returned",
            subject=_("%(wave)s: a question about your answers") % _values(response),
            body="\n\n".join(
                [
                    _("Thank you for your answers. IWiM has read them and asks:"),
                    *questions,
                    _("Change them, or reply beside them, and send them again. What you wrote is kept:") + f"\n{LINK}",
                ]
            ),
            language=reader.language,
            links=_links(response),
            organisation_id=response.organisation_id,
        )


def send_link_again(response: WaveResponse, *, minute: int) -> None:
    with speak(response.language, response.organisation.terms):
        queue_email(
            event_key=f"wave_link:{response.pk}:{minute}",
            recipient=response.contact_email,
            recipient_name=response.contact_name,
            kind="wave_link",
            subject=_("%(wave)s: your link") % _values(response),
            body=_("Here is a new link to your answers:") + f"\n{LINK}",
            language=response.language,
            links=_links(response),
            organisation_id=response.organisation_id,
        )


def hold_letters(response: WaveResponse) -> None:
    """What waits to go to an address that is not asked any more does not go."""
    for number in response.letters.values_list("number", flat=True):
        hold_emails(event_key=f"wave_letter:{response.pk}:{number}")


def _with_link(text: str) -> str:
    return text if LINK in text else f"{text.rstrip()}\n\n{LINK}"


def _links(response: WaveResponse) -> dict[str, dict[str, object]]:
    return {"answer": {"purpose": ANSWER, "subject_id": response.organisation_id}}


def _values(response: WaveResponse) -> dict[str, str]:
    wave = response.wave
    return {
        "wave": wave.name,
        "organisation": response.organisation.name,
        "name": response.contact_name,
        "closes": in_zone(wave.closes_at, wave.time_zone),
    }
