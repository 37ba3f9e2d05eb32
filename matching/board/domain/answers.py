"""Yes or no, once, by each side; and what a coordinator may do with an offer that waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.board import emails, offer_queries
from matching.board.domain.endings import close_offer, hold_offer, record_offer, settle_ended
from matching.board.domain.refusals import is_own_repeat, refuse_for, refuse_withdrawal
from matching.board.figures import record_figures
from matching.board.models import Offer
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from programmes.mentorships.domain import start_mentorship
from programmes.mentorships.sharing import other_side
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError

State, Answer = Offer.State, Offer.Answer


@transaction.atomic
def answer_offer(*, offer: Offer, side: str, answer: str, by: Actor, answered_for: bool = False) -> Offer:
    """A no frees both at once; the second yes makes the pair. One conditional update decides, so two answers at the
    same instant give one result. `answered_for`: a coordinator writes down what somebody said on the telephone."""
    if answer not in Answer.values or side not in ("mentee", "mentor"):
        raise DomainError(_("Answer yes or no."), code="bad_answer")
    hold_offer(offer)
    instant = clock.database_now()
    values = {
        f"{side}_answer": answer,
        f"{side}_answered_at": instant,
        f"{side}_answered_for": answered_for,
        "changed_at": instant,
    }
    if answer == Answer.NO:
        values |= {"state": State.DECLINED, "ended_at": instant}
    open_to_her = {"state": State.SENT, f"{side}_answer": "", "deadline__gt": instant}
    taken = Offer.objects.filter(pk=offer.pk, **open_to_her).update(**values)
    current = offer_queries.full_offers().get(pk=offer.pk)
    if not taken:
        if answered_for and is_own_repeat(current, by, "offer.answered", side=side, answer=answer):
            return current
        raise refuse_for(current, side, answer) if answered_for else _refusal(current, side)
    emails.hold_reminders(current, side)
    if answer == Answer.NO:
        settle_ended(current, State.DECLINED, instant=instant, tell=(other_side(side),))
    elif current.mentee_answer == current.mentor_answer == Answer.YES:
        current = _confirm(current, by)
    record_offer("offer.answered", current, by, side=side, answer=answer, answered_for=answered_for)
    record_figures(current.cohort)
    return current


def _confirm(offer: Offer, by: Actor) -> Offer:
    mentorship = start_mentorship(cohort=offer.cohort, mentee=offer.mentee, mentor=offer.mentor, by=by)
    Offer.objects.filter(pk=offer.pk).update(state=State.CONFIRMED, mentorship=mentorship)
    offer.state, offer.mentorship = State.CONFIRMED, mentorship
    return offer


def _refusal(offer: Offer, side: str) -> DomainError:
    given, at = getattr(offer, f"{side}_answer"), getattr(offer, f"{side}_answered_at")
    if given and at is not None:
        day = date_format(clock.wall_of(at, offer.cohort.time_zone), "MONTH_DAY_FORMAT")
        words = {"answer": Answer(given).label, "day": day}
        return Conflict(_("You have answered this already: %(answer)s, on %(day)s.") % words, code="answered")
    if offer.state in (State.SENT, State.EXPIRED):
        return DomainError(_("The time to answer is over."), code="late")
    return Conflict(_("This pair does not come about this time. It is not about you."), code="ended")


@transaction.atomic
def withdraw_offer(*, offer: Offer, by: Actor, seen: tuple[str, str] | None = None) -> Offer:
    """The coordinator takes it back. Both are told, without a reason; the pair may be proposed again. `seen`: the
    mentee's and the mentor's answer on the page (None = not said)."""
    hold_offer(offer)
    unchanged: dict[str, Any] = {} if seen is None else {"mentee_answer": seen[0], "mentor_answer": seen[1]}
    if not close_offer(offer, State.WITHDRAWN, instant=clock.database_now(), **unchanged):
        current = offer_queries.full_offers().get(pk=offer.pk)
        if is_own_repeat(current, by, "offer.withdrawn"):
            return current
        raise refuse_withdrawal(current)
    record_offer("offer.withdrawn", offer, by)
    record_figures(offer.cohort)
    return offer


@transaction.atomic
def extend_offer_deadline(*, offers: Sequence[Offer], cohort: Cohort, deadline_wall: datetime, by: Actor) -> int:
    """Later for offers that wait, for one or for all of a cohort; whoever has not answered is reminded again in time.
    Says how many were moved; those with a later deadline already stay."""
    deadline = clock.instant_of(deadline_wall, cohort.time_zone)
    instant = clock.database_now()
    if deadline <= instant:
        raise DomainError(_("This moment is over. Choose a later one."), code="deadline_over", field="deadline")
    for offer in offers:
        emails.hold_reminders(offer, "mentee", "mentor")
    waiting = Offer.objects.filter(cohort=cohort, pk__in=[offer.pk for offer in offers], state=State.SENT)
    moved = waiting.filter(deadline__lt=deadline).update(deadline=deadline, reminded_at=None, changed_at=instant)
    if not moved:
        raise Conflict(_("No offer waits with an earlier deadline than this."), code="nothing_to_extend")
    record_event(
        "offers.extended",
        by=by,
        subject=cohort,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        offers=moved,
    )
    return moved
