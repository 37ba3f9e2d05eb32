from django.db.models import QuerySet

from matching.runs.models import MatchingRun, Proposal
from matching.runs.people import key_of_email
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.mentorships.models import MentorshipMentee


def accepted_people(cohort: Cohort) -> QuerySet[Application]:
    """Both sides, in an order that does not depend on the database."""
    return (
        Application.objects.filter(cohort=cohort, status=Application.Status.ACCEPTED)
        .select_related("cohort")
        .order_by("pk")
    )


def past_partners(cohort: Cohort, applications: list[Application]) -> dict[int, set[str]]:
    """Keys of the people with whom each was paired in earlier cohorts of this organisation."""
    by_email: dict[str, list[int]] = {}
    for application in applications:
        by_email.setdefault(application.email, []).append(application.pk)
    earlier = (
        MentorshipMentee.objects.filter(mentorship__cohort__programme__organisation_id=cohort.organisation_id)
        .exclude(mentorship__cohort=cohort)
        .values_list("mentee__email", "mentorship__mentor__email")
    )
    found: dict[int, set[str]] = {}
    for mentee_email, mentor_email in earlier:
        if not mentee_email or not mentor_email:
            continue
        for pk in by_email.get(mentee_email, ()):
            found.setdefault(pk, set()).add(key_of_email(mentor_email))
        for pk in by_email.get(mentor_email, ()):
            found.setdefault(pk, set()).add(key_of_email(mentee_email))
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
