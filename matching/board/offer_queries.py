"""Which offers there are, for whom; what the next run must respect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext

from matching.board.models import Offer, PairRule
from matching.runs.models import MatchingRun, Proposal
from matching.runs.registry import PairWishes
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.text import fold

State = Offer.State
LIVE = (State.SENT, State.CONFIRMED)


@dataclass(frozen=True)
class OfferFilters:
    """`state`: a state of an offer, or "late_mentee" / "late_mentor": still sent, and that side has not answered."""

    state: str = ""
    text: str = ""


def full_offers() -> QuerySet[Offer]:
    return Offer.objects.select_related("mentee", "mentor", "cohort__programme__organisation")


def offers_of(cohort: Cohort, filters: OfferFilters | None = None) -> QuerySet[Offer]:
    """Those that wait first, then by the mentee's name."""
    chosen = filters or OfferFilters()
    found = Offer.objects.filter(cohort=cohort).select_related("mentee", "mentor", "sent_by")
    if chosen.state in State.values:
        found = found.filter(state=chosen.state)
    elif chosen.state.startswith("late_"):
        side = "mentor" if chosen.state == "late_mentor" else "mentee"
        found = found.filter(**{"state": State.SENT, f"{side}_answer": ""})
    for word in fold(chosen.text).split():
        found = found.filter(Q(mentee__name_folded__contains=word) | Q(mentor__name_folded__contains=word))
    return found.order_by("ended_at", "mentee__name_folded", "pk")


def count_offers(cohort: Cohort) -> dict[str, int]:
    states = list(Offer.objects.filter(cohort=cohort).order_by().values_list("state", flat=True))
    return {state: states.count(state) for state in State.values}


def owner_of(pk: int, side: str) -> int | None:
    """The user id of one side of an offer."""
    return Offer.objects.filter(pk=pk).values_list(f"{side}__user_id", flat=True).first()


def live_offers(application: Application) -> QuerySet[Offer]:
    hers = Q(mentee=application) | Q(mentor=application)
    return full_offers().filter(hers, state=State.SENT).order_by("pk")


def offers_of_person(application: Application) -> QuerySet[Offer]:
    return Offer.objects.filter(Q(mentee=application) | Q(mentor=application)).order_by("pk")


def open_offers_of_user(user_id: int) -> QuerySet[Offer]:
    hers = Q(mentee__user_id=user_id) | Q(mentor__user_id=user_id)
    return full_offers().filter(hers, state=State.SENT).order_by("deadline", "pk")


def overdue_offers(instant: datetime) -> QuerySet[Offer]:
    return full_offers().filter(state=State.SENT, deadline__lte=instant).order_by("pk")


def offers_to_remind(instant: datetime, latest_deadline: datetime) -> QuerySet[Offer]:
    """Those whose deadline is near, and half of whose time is over."""
    now = Value(instant, output_field=DateTimeField())
    due = full_offers().filter(state=State.SENT, reminded_at=None, deadline__gt=instant, deadline__lte=latest_deadline)
    left = ExpressionWrapper(F("deadline") - now, output_field=DurationField())
    gone = ExpressionWrapper(now - F("sent_at"), output_field=DurationField())
    return due.annotate(left=left, gone=gone).filter(left__lte=F("gone")).order_by("pk")


def cohorts_all_answered() -> QuerySet[Cohort]:
    waiting = Offer.objects.filter(cohort=OuterRef("pk"), state=State.SENT)
    return Cohort.objects.filter(~Exists(waiting), offers_sent_at__isnull=False, all_answered_at=None)


def held_and_declined(cohort: Cohort) -> PairWishes:
    """Live pairs stay as they are; a pair that was declined, or ended after it began, is not proposed again. One that
    expired, or that a coordinator withdrew, may be."""
    held: set[tuple[int, int]] = set()
    declined: set[tuple[int, int]] = set()
    rows = Offer.objects.filter(cohort=cohort).order_by()
    for mentee, mentor, state, mentorship in rows.values_list("mentee_id", "mentor_id", "state", "mentorship_id"):
        if state in LIVE:
            held.add((mentee, mentor))
        elif state == State.DECLINED or mentorship is not None:
            declined.add((mentee, mentor))
    return PairWishes(held=frozenset(held), forbidden=frozenset(declined - held))


def newest_result(cohort: Cohort) -> MatchingRun | None:
    """The run that counts: the last one that ended with a result."""
    finished = MatchingRun.objects.filter(cohort=cohort, finished_at__isnull=False)
    return finished.defer("input", "solution").order_by("-pk").first()


def is_overtaken(run: MatchingRun) -> bool:
    newer = MatchingRun.objects.filter(cohort_id=run.cohort_id, pk__gt=run.pk, finished_at__isnull=False)
    return newer.exists()


def sendable_proposals(run: MatchingRun) -> QuerySet[Proposal]:
    """What the page offers to send: unsent, and both are still accepted."""
    accepted: dict[str, Any] = {f"{side}__status": Application.Status.ACCEPTED for side in ("mentee", "mentor")}
    people = unsent_proposals(run).filter(**accepted).select_related("mentee", "mentor")
    return people.order_by("mentee__name_folded", "pk")


def unsent_proposals(run: MatchingRun) -> QuerySet[Proposal]:
    """Pairs of a run that have had no offer from it, whose mentee has no live one, and that nobody forbade since."""
    asked = Offer.objects.filter(mentee=OuterRef("mentee")).filter(Q(state__in=LIVE) | Q(run=run))
    forbidden = PairRule.objects.filter(kind=PairRule.Kind.FORBID, mentee=OuterRef("mentee"), mentor=OuterRef("mentor"))
    return Proposal.objects.filter(~Exists(asked), ~Exists(forbidden), run=run)


def held_by_offers(ids: set[int]) -> set[int]:
    """Of these applications, those with an open offer or a confirmed pair; registered with applications."""
    live = Offer.objects.filter(Q(mentee_id__in=ids) | Q(mentor_id__in=ids), state__in=LIVE).order_by()
    return {pk for pair in live.values_list("mentee_id", "mentor_id") for pk in pair} & ids


def offered_a_place(ids: set[int]) -> dict[int, str]:
    """Of these applications, those that ever had an offer, with the reason why an undone import leaves them."""
    offers = Offer.objects.filter(Q(mentee_id__in=ids) | Q(mentor_id__in=ids)).order_by()
    people = {pk for pair in offers.values_list("mentee_id", "mentor_id") for pk in pair} & ids
    return dict.fromkeys(people, gettext("She was offered a pair."))
