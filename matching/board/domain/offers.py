"""Publishing: proposals of a proven run become offers, all or none."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.board import emails, offer_queries
from matching.board.domain.refusals import describe_sent, name_pairs, refuse_full
from matching.board.figures import record_figures
from matching.board.models import Offer
from matching.runs.models import MatchingRun, ProofState, Proposal
from matching.runs.wording import listed
from programmes.applications.models import Application
from programmes.audit.domain import record_event
from programmes.cohorts.domain import move_phase
from programmes.cohorts.letters import WordedLetters, check_letters
from programmes.cohorts.models import Cohort
from programmes.mentorships.sharing import grants_of
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError

State = Offer.State
ACCEPTED = Application.Status.ACCEPTED


@transaction.atomic
def publish_proposals(
    *,
    cohort: Cohort,
    run: MatchingRun,
    proposals: Collection[Proposal],
    deadline_wall: datetime,
    letters: WordedLetters | None = None,
    by: Actor,
) -> list[Offer]:
    """Send offers for those proposals whose mentee has none. `deadline_wall` is naive, in the cohort's zone;
    `letters` are edited wordings of offer_mentee and offer_mentor, by language.

    The same press twice answers with the same offers. Conflict: a colleague was quicker, somebody left, a place went.
    """
    held = Cohort.objects.select_for_update(of=("self",), no_key=True).select_related("programme__organisation")
    cohort = held.get(pk=cohort.pk)
    _refuse_unready(cohort, run)
    check_letters(letters or {})
    chosen = sorted(proposals, key=lambda proposal: proposal.mentee_id)
    _hold_people(chosen)
    unsent = set(offer_queries.unsent_proposals(run).values_list("pk", flat=True))
    fresh = [proposal for proposal in chosen if proposal.pk in unsent]
    if not fresh:
        return _answer_repeat(run, chosen, cohort, by)
    _refuse_absent(fresh)
    instant = clock.database_now()
    offers = _insert_offers(cohort, run, fresh, _deadline(cohort, deadline_wall, instant), instant, by)
    _take_places(cohort, fresh)
    _move_cohort(cohort, instant, by)
    grants = grants_of(pk for offer in offers for pk in (offer.mentee_id, offer.mentor_id))
    emails.send_offers(offers, emails.OfferWordings(cohort, letters or {}), grants)
    record_figures(cohort)
    record_event(
        "offers.published",
        by=by,
        subject=run,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        offers=len(offers),
    )
    return offers


def _refuse_unready(cohort: Cohort, run: MatchingRun) -> None:
    if not cohort.programme.organisation.is_verified:
        raise DomainError(
            _("IWiM has not verified your organisation yet. You can prepare everything; offers go out after that."),
            code="not_verified",
        )
    if cohort.phase in (Cohort.Phase.CLOSING, Cohort.Phase.CLOSED):
        raise DomainError(_("This cohort is closed. No offers go out any more."), code="closed")
    if run.cohort_id != cohort.pk or not run.is_finished:
        raise DomainError(_("This run has no result yet."), code="no_result")
    if run.proof_state == ProofState.NOT_PROVEN:
        raise DomainError(
            _("This result is not proven best: the time was over before. Run matching again."), code="not_proven"
        )
    if not run.proof_checked:
        raise DomainError(_("The proof of this result did not hold. Run matching again."), code="not_proven")
    if offer_queries.is_overtaken(run):
        raise Conflict(
            _("There is a newer result than the one you looked at. Look at it, then send."), code="overtaken"
        )


def _deadline(cohort: Cohort, wall: datetime, instant: datetime) -> datetime:
    deadline = clock.instant_of(wall, cohort.time_zone)
    if deadline <= instant:
        raise DomainError(_("This moment is over. Choose a later one."), code="deadline_over", field="deadline")
    return deadline


def _answer_repeat(run: MatchingRun, chosen: Sequence[Proposal], cohort: Cohort, by: Actor) -> list[Offer]:
    """Nothing is left to send: the same press again gets the same offers, everybody else is told who sent them."""
    mentees = [proposal.mentee_id for proposal in chosen]
    sent = list(
        Offer.objects.filter(run=run, mentee_id__in=mentees)
        .select_related("mentee", "mentor", "cohort__programme__organisation", "sent_by")
        .order_by("mentee_id")
    )
    if not sent:
        raise DomainError(_("There is no offer to send: everybody in this result has one already."), code="nothing")
    if all(offer.sent_by_id == by.user_id for offer in sent):
        return sent
    raise Conflict(
        _sent_by_others(sent, cohort), code="already_sent", yours=name_pairs(chosen), theirs=describe_sent(sent, cohort)
    )


def _sent_by_others(offers: Sequence[Offer], cohort: Cohort) -> str:
    last = max(offers, key=lambda offer: offer.sent_at)
    return _("%(who)s sent these offers at %(time)s. Nothing was sent twice.") % {
        "who": last.sent_by or _("A colleague"),
        "time": date_format(clock.wall_of(last.sent_at, cohort.time_zone), "H:i"),
    }


def _insert_offers(
    cohort: Cohort, run: MatchingRun, fresh: Sequence[Proposal], deadline: datetime, instant: datetime, by: Actor
) -> list[Offer]:
    offers = [
        Offer(
            cohort=cohort,
            run=run,
            mentee=proposal.mentee,
            mentor=proposal.mentor,
            points=proposal.points,
            parts=proposal.parts,
            deadline=deadline,
            sent_at=instant,
            sent_by_id=by.user_id,
        )
        for proposal in fresh
    ]
    try:
        with transaction.atomic():
            return Offer.objects.bulk_create(offers)
    except IntegrityError as error:
        taken = Offer.objects.filter(
            mentee_id__in=[proposal.mentee_id for proposal in fresh], state__in=offer_queries.LIVE
        )
        sent = list(taken.select_related("mentee", "mentor", "sent_by"))
        raise Conflict(
            _("%(names)s already has an offer. Nothing was sent.")
            % {"names": listed([offer.mentee.name for offer in sent])},
            code="already_sent",
            yours=name_pairs(fresh),
            theirs=describe_sent(sent, cohort),
        ) from error


def _hold_people(chosen: Sequence[Proposal]) -> None:
    """Mentees, then mentors: the order that everybody keeps. Whoever withdraws meanwhile is seen here, or finds her
    offer and ends it."""
    for ids in ({proposal.mentee_id for proposal in chosen}, {proposal.mentor_id for proposal in chosen}):
        people = Application.objects.select_for_update(no_key=True).filter(pk__in=ids)
        list(people.order_by("pk").values_list("pk"))


def _refuse_absent(fresh: Sequence[Proposal]) -> None:
    ids = {pk for proposal in fresh for pk in (proposal.mentee_id, proposal.mentor_id)}
    gone = Application.objects.filter(pk__in=ids).exclude(status=ACCEPTED)
    if names := [application.name for application in gone]:
        raise Conflict(
            _("%(names)s is no longer accepted. Run matching again; nothing was sent.") % {"names": listed(names)},
            code="not_accepted",
        )


def _take_places(cohort: Cohort, fresh: Sequence[Proposal]) -> None:
    wanted = Counter(proposal.mentor_id for proposal in fresh)
    mentors = Application.objects.filter(pk__in=wanted)
    mentors.filter(capacity=None).update(capacity=cohort.default_capacity)
    for pk, places in sorted(wanted.items()):
        free = mentors.filter(pk=pk, status=ACCEPTED, places_taken__lte=F("capacity") - places)
        if not free.update(places_taken=F("places_taken") + places):
            raise refuse_full(mentors.get(pk=pk), [pair for pair in fresh if pair.mentor_id == pk], cohort)


def _move_cohort(cohort: Cohort, instant: datetime, by: Actor) -> None:
    """From matching to confirming, once applications are over; a cohort that is further on stays there."""
    cohort.offers_sent_at = cohort.offers_sent_at or instant
    Cohort.objects.filter(pk=cohort.pk).update(offers_sent_at=cohort.offers_sent_at, all_answered_at=None)
    if cohort.phase_at(instant) == Cohort.Phase.SELECTING:
        move_phase(cohort=cohort, to=Cohort.Phase.MATCHING, by=by)
    if cohort.phase == Cohort.Phase.MATCHING:
        move_phase(cohort=cohort, to=Cohort.Phase.CONFIRMING, by=by)
