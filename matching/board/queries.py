from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from matching.board.models import BoardStep, Offer, PairRule
from matching.board.offer_queries import LIVE
from matching.runs.models import MatchingRun, Proposal
from matching.runs.registry import PairWishes
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort


def rules_of(cohort: Cohort) -> QuerySet[PairRule]:
    return PairRule.objects.filter(cohort=cohort).select_related("mentee", "mentor", "created_by").order_by("pk")


def steps_to_undo(cohort: Cohort) -> QuerySet[BoardStep]:
    """Newest first."""
    return (
        BoardStep.objects.filter(cohort=cohort, undone_at=None).select_related("mentee", "mentor", "by").order_by("-pk")
    )


def last_step_about(mentee: Application) -> BoardStep | None:
    steps = BoardStep.objects.filter(mentee=mentee).select_related("mentee", "mentor", "by")
    return steps.order_by(Coalesce("undone_at", "at").desc(), "-pk").first()


def offers_for_board(cohort: Cohort) -> QuerySet[Offer]:
    """Oldest first, so that of a pair asked twice the later offer wins in a dict."""
    return Offer.objects.filter(cohort=cohort).select_related("mentee", "mentor").order_by("pk").defer("parts")


def run_for_board(cohort: Cohort) -> MatchingRun | None:
    """The newest result, with everything."""
    runs = MatchingRun.objects.filter(cohort=cohort, finished_at__isnull=False)
    return runs.select_related("job").order_by("-pk").first()


def people_in(cohort: Cohort, role: str) -> QuerySet[Application]:
    """Whoever has an id in this cohort; whether she is still accepted is for the domain to say."""
    return Application.objects.filter(cohort=cohort, role=role)


def proposals_among(run: MatchingRun | None, pairs: set[tuple[int, int]]) -> QuerySet[Proposal]:
    wanted = Q(pk__in=[])
    for mentee_id, mentor_id in pairs:
        wanted |= Q(mentee_id=mentee_id, mentor_id=mentor_id)
    return Proposal.objects.filter(wanted, run=run)


def list_rule_wishes(cohort: Cohort) -> PairWishes:
    """What the next run keeps to. A lock gives way to a live offer with somebody else, and where the pair is over."""
    of_mentee = Offer.objects.filter(mentee=OuterRef("mentee"))
    asked_elsewhere = Exists(of_mentee.filter(state__in=LIVE).exclude(mentor=OuterRef("mentor")))
    ended = Q(state=Offer.State.DECLINED) | Q(mentorship__isnull=False)
    over = Exists(of_mentee.filter(ended, mentor=OuterRef("mentor")).exclude(state__in=LIVE))
    rows = (
        PairRule.objects.filter(cohort=cohort)
        .exclude(Q(kind=PairRule.Kind.LOCK) & (Q(asked_elsewhere) | Q(over)))
        .values_list("kind", "mentee_id", "mentor_id")
    )
    found = list(rows)
    return PairWishes(
        locked=frozenset((mentee, mentor) for kind, mentee, mentor in found if kind == PairRule.Kind.LOCK),
        forbidden=frozenset((mentee, mentor) for kind, mentee, mentor in found if kind == PairRule.Kind.FORBID),
    )
