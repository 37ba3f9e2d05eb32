"""What a coordinator reads whose colleague, or one of the two people, was quicker with an offer: both versions."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.board import offer_queries
from matching.board.emails import person_of
from matching.board.models import Offer
from matching.runs.models import Proposal
from programmes.applications.models import Application
from programmes.audit.changes import word_time
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.mentorships.sharing import SIDES
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError

Answer, State = Offer.Answer, Offer.State
MOST_NAMED = 10


def is_own_repeat(offer: Offer, by: Actor, verb: str, **details: Any) -> bool:
    """The same press of the same person again: it is done, and no reason to complain."""
    label = Offer._meta.label_lower
    last = AuditEvent.objects.filter(subject_type=label, subject_id=offer.pk).order_by("-pk").first()
    if last is None or by.user_id is None or (last.verb, last.actor_id) != (verb, by.user_id):
        return False
    return all(last.details.get(name) == value for name, value in details.items())


def refuse_for(offer: Offer, side: str, answer: str) -> DomainError:
    """Somebody said it on the telephone, and it is written down differently already."""
    person = person_of(offer, side)
    if getattr(offer, f"{side}_answer"):
        message = _("%(name)s has answered already.") % {"name": person.name}
    elif offer.state == State.SENT:
        return DomainError(_("The time to answer is over. Move the deadline first."), code="late")
    else:
        message = _say_state(offer)
    return Conflict(
        message, code="answered", yours={person.name: Answer(answer).label}, theirs=_versions(offer), about=offer
    )


def refuse_withdrawal(offer: Offer) -> Conflict:
    message = _("Somebody answered while you were looking.") if offer.state == State.SENT else _say_state(offer)
    yours = {_("Offer"): State.WITHDRAWN.label}
    return Conflict(message, code="not_waiting", yours=yours, theirs=_versions(offer), about=offer)


def _say_state(offer: Offer) -> str:
    return _("This offer is “%(state)s” by now.") % {"state": State(offer.state).label}


def _versions(offer: Offer) -> dict[str, str]:
    theirs: dict[str, str] = {str(_("Offer")): str(State(offer.state).label)}
    for side in SIDES:
        answer, at = getattr(offer, f"{side}_answer"), getattr(offer, f"{side}_answered_at")
        said = _("no answer yet") if offer.state == State.SENT else _("not answered")
        if answer:
            said = f"{Answer(answer).label}, {word_time(at, offer.cohort.time_zone)}"
        theirs[person_of(offer, side).name] = said
    return theirs


def refuse_full(mentor: Application, wanted: Sequence[Proposal], cohort: Cohort) -> Conflict:
    held = Offer.objects.filter(mentor=mentor, state__in=offer_queries.LIVE).select_related(
        "mentee", "mentor", "sent_by"
    )
    places = _("%(taken)d of %(all)d taken") % {"taken": mentor.places_taken, "all": mentor.capacity or 0}
    return Conflict(
        _("%(name)s has no free place any more. Run matching again; nothing was sent.") % {"name": mentor.name},
        code="no_place",
        yours=name_pairs(wanted),
        theirs={_("Places of %(name)s") % {"name": mentor.name}: places, **describe_sent(list(held), cohort)},
    )


def name_pairs(proposals: Sequence[Proposal]) -> dict[str, str]:
    """The first few: a page of a hundred rows says less."""
    return {proposal.mentee.name: proposal.mentor.name for proposal in proposals[:MOST_NAMED]} | _name_rest(proposals)


def _name_rest(pairs: Sequence[object]) -> dict[str, str]:
    left = len(pairs) - MOST_NAMED
    return {_("and more"): ngettext("%(count)d pair", "%(count)d pairs", left) % {"count": left}} if left > 0 else {}


def describe_sent(offers: Sequence[Offer], cohort: Cohort) -> dict[str, str]:
    """Mentee -> with whom she has an offer, who sent it and when."""
    words = _("%(mentor)s: sent by %(who)s, %(time)s")
    return {
        offer.mentee.name: words
        % {
            "mentor": offer.mentor.name,
            "who": offer.sent_by or _("A colleague"),
            "time": word_time(offer.sent_at, cohort.time_zone),
        }
        for offer in offers[:MOST_NAMED]
    } | _name_rest(offers)
