"""Fills the database of a site for bad days; runs in a process of that site."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils.text import slugify

from matching.runs.domain import launch_run
from matching.runs.models import MatchingRun, Proposal
from programmes.applications.models import Application
from programmes.cohorts.domain import register_programme
from programmes.cohorts.models import Cohort, Programme
from programmes.jobs.domain import run_job
from programmes.organisations.models import Organisation
from programmes.people.demo import demo_link_path
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.demonstration.cast import PLACES, Cast
from wimmentor.demonstration.cohorts import make_cohort, save_people
from wimmentor.demonstration.organisations import make_member

ROUNDS = 2
COORDINATORS = ("rosa", "ines")


def seed_site() -> dict[str, object]:
    """What the tests in this folder need."""
    ground = make_ground()
    programme = ground.programme
    opened = open_cohort(programme, "Open")
    cohorts = {"open": opened, "big": fill_cohort(programme, "big", 300, 180)}
    for number in range(ROUNDS):
        for name in ("click", "late", "race", "twice", "last"):
            cohorts[f"{name}{number}"] = fill_cohort(programme, f"{name}{number}", 12, 8)
    seeded: dict[str, object] = {"coordinators": ground.links, "cohorts": addresses_of(cohorts)}
    for number in range(ROUNDS):
        match_cohort(cohorts[f"race{number}"])
        match_cohort(cohorts[f"twice{number}"])
        seeded[f"last{number}"] = shrink_mentor(match_cohort(cohorts[f"last{number}"]))
    return seeded


@dataclass(frozen=True)
class Ground:
    programme: Programme
    # Name of a coordinator -> the address that signs her in.
    links: dict[str, str]


def make_ground() -> Ground:
    organisation = Organisation.objects.create(
        name="Women in Mining Atacama",
        name_folded="women in mining atacama",
        slug="wim-atacama",
        contact_email="hola@wim-atacama.example.org",
        verified_at=clock.now(),
    )
    programme = register_programme(
        organisation=organisation, by=SYSTEM, name="Primera Veta", languages=("es",), countries=("CL",)
    )
    links = {
        name: demo_link_path(make_member(organisation, "coordinator", f"{name}@example.org", name.title()))
        for name in COORDINATORS
    }
    return Ground(programme, links)


def open_cohort(programme: Programme, name: str, zone: str = "America/Santiago") -> Cohort:
    return make_cohort(programme, name, opened=(clock.now() - timedelta(days=5)).date(), zone=zone, phase="open")


def addresses_of(cohorts: Mapping[str, Cohort]) -> dict[str, list[object]]:
    return {name: [cohort.pk, path_of(cohort)] for name, cohort in cohorts.items()}


def path_of(cohort: Cohort) -> str:
    return f"{cohort.programme.organisation.slug}/{cohort.programme.slug}/{cohort.slug}"


def fill_cohort(programme: Programme, name: str, mentees: int, mentors: int, capacity: int = 2) -> Cohort:
    cohort = make_cohort(
        programme,
        name,
        opened=(clock.now() - timedelta(days=95)).date(),
        zone="America/Santiago",
        phase=Cohort.Phase.MATCHING,
    )
    random = Random(slugify(name))
    cast = Cast(cohort, random, set())
    people = [cast.person("mentee", random.choice(list(PLACES))) for _ in range(mentees)]
    people += [cast.person("mentor", random.choice(list(PLACES)), capacity=capacity) for _ in range(mentors)]
    save_people(people)
    return cohort


def match_cohort(cohort: Cohort) -> MatchingRun:
    run = launch_run(cohort=cohort, by=SYSTEM)
    run_job(run.job_id)
    run.refresh_from_db()
    return run


@transaction.atomic
def shrink_mentor(run: MatchingRun) -> list[int]:
    """One mentor with two proposed mentees has only one place by now; the two proposals."""
    times = Counter(run.proposals.values_list("mentor_id", flat=True))
    mentor_id = next(pk for pk, count in sorted(times.items()) if count == 2)
    Application.objects.filter(pk=mentor_id).update(capacity=1)
    return list(Proposal.objects.filter(run=run, mentor_id=mentor_id).order_by("pk").values_list("pk", flat=True))
