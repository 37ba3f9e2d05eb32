"""How an offer stops being live. Whoever changes its state gives the mentor's place back, exactly once."""

from datetime import datetime
from typing import Any

from django.db.models import F

from matching.board import emails
from matching.board.models import Offer
from programmes.applications.models import Application
from programmes.audit.domain import record_event
from programmes.mentorships.domain import hold_people
from programmes.mentorships.sharing import SIDES
from wimmentor.base.actors import Actor

State = Offer.State


def hold_offer(offer: Offer) -> None:
    """Locks its two people first: everybody takes them in this order."""
    hold_people(mentee_id=offer.mentee_id, mentor_id=offer.mentor_id)


def close_offer(offer: Offer, to: str, *, instant: datetime, tell: tuple[str, ...] = SIDES, **conditions: Any) -> bool:
    """False where the offer does not wait any more, or `conditions` do not hold in the row as it is now."""
    changed = Offer.objects.filter(pk=offer.pk, state=State.SENT, **conditions).update(
        state=to, ended_at=instant, changed_at=instant
    )
    if changed:
        settle_ended(offer, to, instant=instant, tell=tell)
    return bool(changed)


def settle_ended(offer: Offer, to: str, *, instant: datetime, tell: tuple[str, ...]) -> None:
    """After the row changed: the place comes back, reminders stay, and `tell` read that it does not come about."""
    return_place(offer)
    offer.state, offer.ended_at = to, instant
    emails.hold_reminders(offer, *SIDES)
    for side in tell:
        emails.send_ended(offer, side)


def return_place(offer: Offer) -> None:
    Application.objects.filter(pk=offer.mentor_id, places_taken__gt=0).update(places_taken=F("places_taken") - 1)


def record_offer(verb: str, offer: Offer, by: Actor, **details: Any) -> None:
    record_event(
        verb,
        by=by,
        subject=offer,
        organisation_id=offer.cohort.organisation_id,
        cohort_id=offer.cohort_id,
        **details,
    )
