"""The demonstration's cohorts, each in a phase of its own."""

from datetime import date, datetime, time, timedelta
from random import Random

from matching.board.domain import answer_offer, publish_proposals
from matching.board.models import Offer
from matching.runs.domain import launch_run
from matching.runs.models import MatchingRun
from programmes.applications.models import Application, ApplicationConsent
from programmes.cohorts.blueprints import Calendar, propose_calendar
from programmes.cohorts.domain import create_cohort
from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.notices import CONDUCT_VERSION, PRIVACY_VERSION
from programmes.jobs.domain import run_job
from programmes.mentorships.models import Mentorship, MentorshipMentee
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.demonstration.cast import PLACES, Cast

Status = Application.Status
Phase = Cohort.Phase
# What the main cohort looks like in each stage: days since applications opened, status of its people, phase.
STAGE_AGES = {"draft": -21, "open": 30, "selecting": 80, "matching": 95, "confirming": 99}


def make_cohort(
    programme: Programme, name: str, *, opened: date, zone: str, phase: str, places: int | None = None
) -> Cohort:
    """With the blueprint's calendar from the day it opened; the phase is set, since the past cannot be opened."""
    calendar = propose_calendar(opened, time_zone=zone, months=programme.months)
    cohort = create_cohort(programme=programme, name=name, calendar=calendar, by=SYSTEM, mentee_places=places)
    if phase != Phase.DRAFT:
        Cohort.objects.filter(pk=cohort.pk).update(phase=phase, opened_at=cohort.opens_at)
    cohort.refresh_from_db()
    return cohort


def lasting_calendar(opened: date, zone: str) -> Calendar:
    """Open for applications and ready to be matched on any day of the coming year."""
    return Calendar(
        time_zone=zone,
        opens=datetime.combine(opened, time(9)),
        closes=datetime.combine(opened + timedelta(days=365), time(23, 59)),
    )


def make_blank(programme: Programme, *, opened: date) -> Cohort:
    """Without applications, open for import and matching."""
    calendar = lasting_calendar(opened, "America/Lima")
    cohort = create_cohort(programme=programme, name="Blank edition", calendar=calendar, by=SYSTEM)
    Cohort.objects.filter(pk=cohort.pk).update(phase=Phase.OPEN, opened_at=cohort.opens_at)
    return cohort


def save_people(people: list[Application]) -> list[Application]:
    """The consents are those of the form."""
    for person in people:
        person.fold_columns()
    saved = Application.objects.bulk_create(people)
    instant = clock.now()
    consents = [("privacy", PRIVACY_VERSION), ("conduct", CONDUCT_VERSION), ("adult", PRIVACY_VERSION)]
    consents += [("shown_to_pair", PRIVACY_VERSION), ("contact_email", PRIVACY_VERSION)]
    ApplicationConsent.objects.bulk_create(
        ApplicationConsent(application=person, purpose=purpose, version=version, granted=True, at=instant)
        for person in saved
        for purpose, version in consents
    )
    return saved


def fill_wime(cohort: Cohort, stage: str, users: dict[str, User], random: Random) -> None:
    """14 mentees and 9 mentors with 16 places."""
    if stage == "draft":
        return
    status = Status.SUBMITTED if stage in {"open", "selecting"} else Status.ACCEPTED
    cast = Cast(cohort, random, set(users))
    mentees = [cast.person("mentee", "ID", status=status) for _ in range(14)]
    mentors = [
        cast.person("mentor", "ID", status=status, capacity=capacity) for capacity in (1, 1, 1, 2, 2, 2, 2, 2, 3)
    ]
    play(mentees[0], users["mentee@wime.example.org"])
    play(mentors[0], users["mentor@wime.example.org"])
    save_people([*mentees, *mentors])


def fill_first_edition(cohort: Cohort, users: dict[str, User], random: Random) -> None:
    """The six pairs of the first edition, who come to their end."""
    cast = Cast(cohort, random, set(users))
    mentees = [cast.person("mentee", "ID") for _ in range(6)]
    mentors = [cast.person("mentor", "ID", capacity=1, places_taken=1) for _ in range(6)]
    play(mentees[0], users["alumna@wime.example.org"])
    play(mentors[0], users["mentor@wime.example.org"])
    save_people([*mentees, *mentors])
    for mentee, mentor in zip(mentees, mentors, strict=True):
        pair = Mentorship.objects.create(cohort=cohort, mentor=mentor, started_at=clock.now() - timedelta(days=150))
        MentorshipMentee.objects.create(mentorship=pair, mentee=mentee)


def fill_iwrmp(cohort: Cohort, random: Random) -> None:
    """112 mentees in 33 countries."""
    cast = Cast(cohort, random, set())
    countries = list(PLACES)
    mentees = [cast.person("mentee", countries[i % len(countries)]) for i in range(112)]
    mentors = [cast.person("mentor", countries[(i * 7) % len(countries)]) for i in range(70)]
    save_people([*mentees, *mentors])


def fill_open(cohort: Cohort, random: Random) -> None:
    """Applications have begun to come in."""
    cast = Cast(cohort, random, set())
    mentees = [cast.person("mentee", "KE", status=Status.SUBMITTED) for _ in range(11)]
    mentors = [cast.person("mentor", "KE", status=Status.SUBMITTED) for _ in range(4)]
    save_people([*mentees, *mentors])


def fill_confirming(cohort: Cohort, users: dict[str, User], random: Random, coordinator: User) -> None:
    """Offers are out: the first pair said yes, the second declined, the others are thinking."""
    cast = Cast(cohort, random, set(users))
    mentees = [cast.person("mentee", "PE", languages=("es",), preferred_language="es") for _ in range(8)]
    mentors = [cast.person("mentor", "PE", languages=("es",), preferred_language="es") for _ in range(6)]
    save_people([*mentees, *mentors])
    run = match_cohort(cohort, coordinator)
    best = run.proposals.select_related("mentee", "mentor").order_by("-points", "pk").first()
    if best is None:
        raise ValueError("The demonstration made people who cannot be paired.")
    for application, address in (
        (best.mentee, "mentee@wimperu.example.org"),
        (best.mentor, "mentor@wimperu.example.org"),
    ):
        play(application, users[address]).save()
    waiting = run.proposals.select_related("mentee").exclude(mentor=best.mentor).latest("points", "pk")
    play(waiting.mentee, users["asked@wimperu.example.org"]).save()
    offers = publish_run(cohort, run, coordinator)
    for side in ("mentee", "mentor"):
        first = Offer.objects.get(mentee=best.mentee)
        answer_offer(offer=first, side=side, answer="yes", by=Actor.of(users[f"{side}@wimperu.example.org"]))
    taken = {best.mentor_id, waiting.mentor_id}
    second = next(offer for offer in offers if offer.mentor_id not in taken)
    answer_offer(offer=second, side="mentor", answer="no", by=SYSTEM)


def play(application: Application, user: User) -> Application:
    """Let an account of the demonstration be this person."""
    application.user, application.email = user, user.email
    application.first_name, application.last_name = user.name.split(" ", 1)
    return application


def match_cohort(cohort: Cohort, coordinator: User) -> MatchingRun:
    """By the same domain functions as in the browser, without waiting for a worker."""
    run = launch_run(cohort=cohort, by=Actor.of(coordinator))
    run_job(run.job_id)
    return MatchingRun.objects.get(pk=run.pk)


def publish_run(cohort: Cohort, run: MatchingRun, coordinator: User) -> list[Offer]:
    proposals = list(run.proposals.select_related("mentee", "mentor").order_by("-points", "pk"))
    deadline = clock.wall_of(clock.now(), cohort.time_zone) + timedelta(days=cohort.offer_days)
    wall = deadline.replace(hour=23, minute=59, second=0, microsecond=0)
    by = Actor.of(coordinator)
    return list(publish_proposals(cohort=cohort, run=run, proposals=proposals, deadline_wall=wall, by=by))
