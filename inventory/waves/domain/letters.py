"""Letters of a wave: one invites, a few remind, never those who have answered, never too often."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from inventory.waves import emails
from inventory.waves.models import WaveLetter, WaveResponse
from inventory.waves.queries import next_letter_from, with_letters
from programmes.access.links import revoke_links
from programmes.audit.domain import record_event
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold_email

State = WaveResponse.State


def invite(response: WaveResponse, *, by: Actor) -> None:
    """The first letter; one that has been written to is left alone."""
    if response.contact_email and response.state == State.DRAFT and not response.letters.exists():
        _write(response, number=1, text="", by=by)


@transaction.atomic
def send_letters(*, responses: Iterable[WaveResponse], by: Actor, text: str = "") -> int:
    """How many went out. `text`: in place of the prepared one, for a single response. Whoever has answered
    meanwhile, was written to a short time ago or often enough is left out, and for a single one it is said why."""
    chosen = list(responses)
    sent = 0
    for response in chosen:
        reason = why_not(response)
        if reason is None:
            sent += _write(response, number=response.letters.count() + 1, text=text, by=by)
        elif len(chosen) == 1:
            raise reason
    return sent


def why_not(response: WaveResponse) -> DomainError | None:
    """As the database has it now: a colleague may have written, or they have answered."""
    now = with_letters(WaveResponse.objects.select_related("wave")).get(pk=response.pk)
    due = next_letter_from(now)
    if now.state != State.DRAFT:
        return DomainError(_("They have answered: no letter is needed."), code="answered")
    if not now.wave.takes_answers(clock.now()):
        return DomainError(_("The wave takes no answers now."), code="wave_closed")
    if not now.contact_email:
        return DomainError(_("There is no address to write to. Find one first."), code="no_address")
    if now.letter_count >= now.wave.most_letters:
        values = {"most": now.wave.most_letters}
        return DomainError(_("At most %(most)s letters in a wave. Call them instead.") % values, code="too_many")
    if due is not None and due > clock.now():
        return DomainError(_("The last letter is too recent. Give them some days."), code="too_soon")
    return None


def _write(response: WaveResponse, *, number: int, text: str, by: Actor) -> bool:
    """False: a colleague has just sent this one."""
    at = max(clock.now(), response.wave.opens_at)  # opened ahead of its first day, it is written to on that day
    try:
        with transaction.atomic():
            letter = WaveLetter.objects.create(response=response, number=number, at=at, sent_by_id=by.user_id)
    except IntegrityError:
        return False
    letter.email = emails.write_letter(response, number=number, text=text)
    letter.save(update_fields=["email"])
    record_event("wave.letter_sent", by=by, subject=response, organisation_id=response.organisation_id, number=number)
    return True


@transaction.atomic
def change_contact(*, response: WaveResponse, name: str, email: str, language: str, note: str, by: Actor) -> None:
    """Another address: links that went to the one before end."""
    address = fold_email(email)
    if address != response.contact_email:
        revoke_links(purpose=emails.ANSWER, subject_id=response.organisation_id)
        emails.hold_letters(response)
    response.contact_name, response.contact_email = name.strip(), address
    response.language, response.note = language, note.strip()
    response.save(update_fields=["contact_name", "contact_email", "language", "note", "changed_at"])
    record_event("wave.contact_changed", by=by, subject=response, organisation_id=response.organisation_id)
