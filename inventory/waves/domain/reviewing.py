"""What IWiM does with a response: all of its records together, asking about single questions."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain import accept_record, ask_about, return_record, take_up_record
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Inquiry, Record
from inventory.waves import emails
from inventory.waves.domain.responding import STEPS
from inventory.waves.models import WaveResponse
from inventory.waves.queries import records_in
from programmes.audit.domain import record_event
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.phrases import quote, say_list
from wimmentor.base.transitions import change_status

State = WaveResponse.State
Seen = Mapping[int, int]  # record -> the version that was read


@transaction.atomic
def take_up_response(*, response: WaveResponse, by: Actor) -> WaveResponse:
    change_status(response, State.IN_REVIEW, table=STEPS, field="state", reviewer_id=by.user_id)
    for record in records_of_response(response):
        if record.review == Record.Review.SUBMITTED:
            take_up_record(record=record, by=by)
    record_event("wave.taken_up", by=by, subject=response, organisation_id=response.organisation_id)
    return response


@transaction.atomic
def return_response(
    *, response: WaveResponse, asks: Mapping[int, Sequence[Ask]], by: Actor, seen: Seen | None = None
) -> WaveResponse:
    """`asks`: record -> questions. All of it can be changed again; they get one letter."""
    records = records_of_response(response)
    for record in records:
        ask_about(record, asks.get(record.pk, ()), by)
    if not Inquiry.objects.filter(record__in=records, settled_at=None, text__gt="").exists():
        raise DomainError(_("Write what you want to ask the organisation."), code="no_note", field="note")
    for record in _standing(response, seen):
        return_record(record=record, asks=(), by=by, seen=(seen or {}).get(record.pk), in_wave=True)
    change_status(response, State.RETURNED, table=STEPS, field="state", reviewer_id=by.user_id)
    event = record_event("wave.returned", by=by, subject=response, organisation_id=response.organisation_id)
    emails.tell_returned(response, event_id=event.pk)
    return response


@transaction.atomic
def accept_response(*, response: WaveResponse, by: Actor, seen: Seen | None = None) -> WaveResponse:
    for record in _standing(response, seen):
        accept_record(record=record, by=by, seen=(seen or {}).get(record.pk))
    change_status(response, State.ACCEPTED, table=STEPS, field="state", reviewer_id=by.user_id)
    record_event("wave.accepted", by=by, subject=response, organisation_id=response.organisation_id)
    return response


def _standing(response: WaveResponse, seen: Seen | None) -> list[Record]:
    """Without what was published by itself meanwhile. Nothing is decided about a record that was not on the page."""
    found = [record for record in records_of_response(response) if record.review != Record.Review.PUBLISHED]
    if seen is not None and (unread := [record for record in found if record.pk not in seen]):
        raise Conflict(
            _("The organisation has added something since you opened it. Read it again, then decide."),
            theirs={str(_("New")): say_list(quote(record) for record in unread)},
        )
    return found


def records_of_response(response: WaveResponse) -> list[Record]:
    """The sheet first."""
    return [*([response.sheet] if response.sheet else []), *records_in(response)]
