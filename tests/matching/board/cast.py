"""A cohort ready to send: three mentees, two mentors with three places, and a run that the engine proved."""

import json
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections
from django.test import Client
from django.urls import reverse

from matching.board.domain import publish_proposals
from matching.board.models import Offer
from matching.engine.cli import solve_document
from matching.runs.domain import launch_run, record_result
from matching.runs.models import MatchingRun
from programmes.access.links import create_link
from programmes.applications.models import Application, ApplicationConsent
from programmes.cohorts.blueprints import Calendar
from programmes.cohorts.domain import create_cohort, register_programme
from programmes.cohorts.models import Cohort
from programmes.jobs.claims import claim_job
from programmes.organisations.models import Membership, Organisation
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import DomainError

MENTEES = ("Lucía Paredes", "Ana Quispe", "Inés Salas")
MENTORS = {"Carmen Ibáñez": 1, "Elena Rojas": 2}
SHARED = ("shown_to_pair", "contact_email")


@dataclass
class Cast:
    """People by first name."""

    cohort: Cohort
    run: MatchingRun
    rosa: User

    def __getitem__(self, first_name: str) -> Application:
        return Application.objects.get(cohort=self.cohort, first_name=first_name)

    @property
    def by(self) -> Actor:
        return Actor.of(self.rosa)


def make_cohort(slug: str = "wim-cordillera", *, verified: bool = True) -> Cohort:
    name = slug.replace("-", " ").title()
    organisation = Organisation.objects.create(
        name=name,
        name_folded=name.casefold(),
        slug=slug,
        contact_email=f"hello@{slug}.example.org",
        verified_at=clock.now() if verified else None,
    )
    programme = register_programme(organisation=organisation, by=SYSTEM, name="Primera Veta", languages=("es",))
    today = clock.now().date()
    opens = datetime.combine(today - timedelta(days=60), datetime.min.time())
    calendar = Calendar(
        time_zone="America/Santiago",
        opens=opens,
        closes=opens + timedelta(days=50),
        kickoff_on=_day(today, 30),
        midpoint_on=_day(today, 120),
        closing_on=_day(today, 210),
    )
    cohort = create_cohort(programme=programme, name="Cohort 2091", calendar=calendar, by=SYSTEM)
    Cohort.objects.filter(pk=cohort.pk).update(phase="matching")
    cohort.refresh_from_db()
    return cohort


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)


def accept(cohort: Cohort, name: str, role: str, *, shares: tuple[str, ...] = SHARED, **values: Any) -> Application:
    first, _blank, last = name.partition(" ")
    instant = clock.now()
    chosen: dict[str, Any] = {
        "email": f"{first}@{cohort.programme.organisation.slug}.example.org".casefold(),
        "phone": "+56 9 5555 0101",
        "country": "CL",
        "time_zone": "America/Lima",
        "function": "exploration",
        "languages": ("es", "en"),
        "goals": ("career_direction", "visibility"),
        "availability": "tue 18-20",
        "years_experience": 3 if role == "mentee" else 15,
        "adult": True,
        **values,
    }
    person = Application.objects.create(
        cohort=cohort,
        role=role,
        status="accepted",
        first_name=first,
        last_name=last,
        email_confirmed_at=instant,
        submitted_at=instant,
        **chosen,
    )
    ApplicationConsent.objects.bulk_create(
        ApplicationConsent(application=person, purpose=purpose, version="2026-1", granted=purpose in shares, at=instant)
        for purpose in ("shown_to_pair", "contact_email", "contact_phone")
    )
    return person


def run_matching(cohort: Cohort) -> MatchingRun:
    """As the worker does it, in this process."""
    run = launch_run(cohort=cohort, by=SYSTEM)
    claim = claim_job(run.job_id)
    assert claim is not None
    answer, _code = solve_document(run.input)
    answer = json.loads(json.dumps(answer))
    return record_result(run=run, answer=answer, claim=claim, milliseconds=7)


def make_member(cohort: Cohort, email: str = "rosa@example.org", name: str = "Rosa Mamani") -> User:
    user = User.objects.create_user(email, name=name)
    Membership.objects.create(user=user, organisation_id=cohort.organisation_id, role="coordinator")
    return user


def make_cast(slug: str = "wim-cordillera", *, verified: bool = True) -> Cast:
    cohort = make_cohort(slug, verified=verified)
    for name in MENTEES:
        accept(cohort, name, "mentee")
    for name, places in MENTORS.items():
        accept(cohort, name, "mentor", capacity=places)
    return Cast(cohort, run_matching(cohort), make_member(cohort, f"rosa@{slug}.example.org"))


def in_a_week(cohort: Cohort) -> datetime:
    return clock.wall_of(clock.now() + timedelta(days=7), cohort.time_zone).replace(second=0, microsecond=0)


def publish(cast: Cast, *names: str, run: MatchingRun | None = None, **changes: Any) -> list[Offer]:
    """`names`: only the proposals of these mentees."""
    chosen = run or cast.run
    proposals = chosen.proposals.filter(mentee__first_name__in=names) if names else chosen.proposals.all()
    values: dict[str, Any] = {"deadline_wall": in_a_week(cast.cohort), "by": cast.by, **changes}
    return publish_proposals(cohort=cast.cohort, run=chosen, proposals=list(proposals), **values)


def offer_of(cast: Cast, first_name: str) -> Offer:
    return Offer.objects.filter(cohort=cast.cohort, mentee__first_name=first_name).latest("pk")


def states(cast: Cast) -> dict[str, str]:
    rows = Offer.objects.filter(cohort=cast.cohort).order_by("pk")
    return dict(rows.values_list("mentee__first_name", "state"))


def places_taken(cast: Cast) -> dict[str, int]:
    mentors = Application.objects.filter(cohort=cast.cohort, role="mentor").order_by("pk")
    return dict(mentors.values_list("first_name", "places_taken"))


def letters(cast: Cast, kind: str) -> list[str]:
    """To whom letters of this kind go, by name in their addresses."""
    mails = OutboxEmail.objects.filter(cohort_id=cast.cohort.pk, kind=kind).order_by("recipient")
    return [address.partition("@")[0] for address in mails.values_list("recipient", flat=True)]


def open_link(client: Client, purpose: str, subject_id: int) -> Any:
    """As a press on the link of the e-mail, up to the page."""
    link = create_link(purpose=purpose, subject_id=subject_id)
    return client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)


def address(name: str, cohort: Cohort, **more: Any) -> str:
    programme = cohort.programme
    slugs = {"organisation": programme.organisation.slug, "programme": programme.slug, "cohort": cohort.slug}
    return reverse(name, kwargs={**slugs, **more})


def coordinate(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.rosa)
    return client


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """All calls begin together, each with a connection of its own; a refusal is answered by its code."""
    ready = threading.Barrier(len(calls))

    def press(call: Callable[[], Any]) -> Any:
        try:
            ready.wait()
            return call()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(press, calls))


def read_page(cast: Cast, name: str, query: dict[str, Any] | None = None, **more: Any) -> str:
    """A page of the cohort as its coordinator gets it, in one line."""
    answer = coordinate(cast).get(address(name, cast.cohort, **more), query or {})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())
