"""Sweeps: what time does to offers. Each row is claimed by its own conditional update; two dispatchers do no harm."""

from datetime import datetime, timedelta

from django.db import transaction

from matching.board import emails, offer_queries
from matching.board.domain.endings import close_offer, hold_offer, record_offer
from matching.board.figures import record_figures
from matching.board.models import Offer
from programmes.mentorships.sharing import SIDES
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

State = Offer.State
REMIND_BEFORE = timedelta(hours=48)


def expire_due_offers() -> int:
    return sum(_expire(offer) for offer in offer_queries.overdue_offers(clock.database_now())[:200])


@transaction.atomic
def _expire(offer: Offer) -> bool:
    hold_offer(offer)
    instant = clock.database_now()
    if not close_offer(offer, State.EXPIRED, instant=instant, deadline__lte=instant):
        return False
    record_offer("offer.expired", offer, SYSTEM)
    record_figures(offer.cohort)
    return True


def remind_due_offers() -> int:
    """Once for each deadline, 48 hours before it or at half time, whichever is later; only who has not answered."""
    instant = clock.database_now()
    due = offer_queries.offers_to_remind(instant, instant + REMIND_BEFORE)[:200]
    return sum(_remind(offer, instant) for offer in due)


@transaction.atomic
def _remind(offer: Offer, instant: datetime) -> bool:
    claimed = Offer.objects.filter(pk=offer.pk, state=State.SENT, reminded_at=None, deadline=offer.deadline).update(
        reminded_at=instant
    )
    if not claimed:
        return False
    current = offer_queries.full_offers().get(pk=offer.pk)
    for side in SIDES:
        if not getattr(current, f"{side}_answer"):
            emails.send_reminder(current, side)
    record_offer("offer.reminded", current, SYSTEM)
    return True


def mark_all_answered() -> int:
    """The moment when no offer of a cohort waits any more, kept for reports."""
    return offer_queries.cohorts_all_answered().update(all_answered_at=clock.database_now())
