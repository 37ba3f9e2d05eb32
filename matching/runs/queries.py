from collections.abc import Iterator

from django.db.models import QuerySet

from matching.runs.models import MatchingRun, Proposal
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.mentorships.models import MentorshipMentee, PastPair
from wimmentor.base.digests import key_of_email, keys_of_email


def accepted_people(cohort: Cohort) -> QuerySet[Application]:
    """Both sides, in an order that does not depend on the database."""
    return (
        Application.objects.filter(cohort=cohort, status=Application.Status.ACCEPTED)
        .select_related("cohort")
        .order_by("pk")
    )


def past_partners(cohort: Cohort, applications: list[Application]) -> dict[int, set[str]]:
    """Keys of the people with whom each was paired in earlier cohorts of this organisation, or elsewhere before."""
    by_key: dict[str, list[int]] = {}
    # A pair from before SECRET_KEY was changed has other keys than the people of this run.
    current: dict[str, str] = {}
    for application in applications:
        for key in keys_of_email(application.email):
            by_key.setdefault(key, []).append(application.pk)
            current[key] = key_of_email(application.email)
    found: dict[int, set[str]] = {}
    for mentee, mentor in {*_paired_here(cohort), *_paired_elsewhere(cohort)}:
        for one, other in ((mentee, mentor), (mentor, mentee)):
            for pk in by_key.get(one, ()):
                found.setdefault(pk, set()).add(current.get(other, other))
    return found


def _paired_here(cohort: Cohort) -> Iterator[tuple[str, str]]:
    earlier = MentorshipMentee.objects.filter(mentorship__cohort__programme__organisation_id=cohort.organisation_id)
    rows = earlier.exclude(mentorship__cohort=cohort).values_list("mentee__email", "mentorship__mentor__email")
    for mentee, mentor in rows:
        if mentee and mentor:
            yield key_of_email(mentee), key_of_email(mentor)


def _paired_elsewhere(cohort: Cohort) -> Iterator[tuple[str, str]]:
    pairs = PastPair.objects.filter(organisation_id=cohort.organisation_id).order_by()
    yield from pairs.values_list("mentee_key", "mentor_key")


def counted_in_runs(ids: set[int]) -> set[int]:
    """Of these applications, those in the frozen input of a run: its result names them by id."""
    cohorts = Application.objects.filter(pk__in=ids).order_by().values("cohort_id")
    found: set[int] = set()
    for frozen in MatchingRun.objects.filter(cohort_id__in=cohorts).order_by().values_list("input", flat=True):
        found |= {int(person["id"]) for side in ("mentees", "mentors") for person in frozen[side]} & ids
    return found


def runs_of(cohort: Cohort) -> QuerySet[MatchingRun]:
    """Without the large documents: lists need the figures only."""
    return (
        MatchingRun.objects.filter(cohort=cohort)
        .select_related("job", "created_by")
        .defer("input", "solution")
        .order_by("-pk")
    )


def runs_with_result(cohort: Cohort) -> QuerySet[MatchingRun]:
    return MatchingRun.objects.filter(cohort=cohort).select_related("job", "cohort__programme").defer("input")


def side_counts(cohort: Cohort) -> dict[str, int]:
    """Accepted mentees, accepted mentors and the places those offer."""
    rows = accepted_people(cohort).values_list("role", "capacity")
    mentees = sum(role == Application.Role.MENTEE for role, _ in rows)
    capacities = [capacity for role, capacity in rows if role == Application.Role.MENTOR]
    places = sum(cohort.default_capacity if capacity is None else capacity for capacity in capacities)
    return {"mentees": mentees, "mentors": len(capacities), "places": places}


def latest_result(cohort: Cohort) -> MatchingRun | None:
    return (
        MatchingRun.objects.filter(cohort=cohort, finished_at__isnull=False)
        .select_related("job")
        .defer("input")
        .order_by("-pk")
        .first()
    )


def active_run(cohort: Cohort) -> MatchingRun | None:
    return runs_of(cohort).filter(job__state__in=["queued", "running"]).first()


def proposals_of(run: MatchingRun) -> QuerySet[Proposal]:
    return Proposal.objects.filter(run=run).select_related("mentee", "mentor").order_by("points", "pk")
