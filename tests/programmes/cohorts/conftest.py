from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from programmes.cohorts.blueprints import Calendar
from programmes.cohorts.domain import create_cohort, register_programme
from programmes.cohorts.models import Cohort, Programme
from programmes.organisations.models import Membership, Organisation
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor

# Far enough ahead that the real clock never reaches it.
CALENDAR = Calendar(
    time_zone="America/Santiago",
    opens=datetime(2090, 11, 2, 9, 0),  # noqa: DTZ001 - a wall time
    closes=datetime(2091, 1, 10, 23, 59),  # noqa: DTZ001
    decisions_on=date(2091, 1, 25),
    matching_on=date(2091, 2, 1),
    offers_on=date(2091, 2, 8),
    answers_by=date(2091, 2, 15),
    kickoff_on=date(2091, 3, 1),
    midpoint_on=date(2091, 5, 31),
    closing_on=date(2091, 8, 30),
)


def make_organisation(slug: str = "wim-cordillera", *, verified: bool = True) -> Organisation:
    name = slug.replace("-", " ").title()
    return Organisation.objects.create(
        name=name,
        name_folded=name.casefold(),
        slug=slug,
        contact_email=f"hello@{slug}.example.org",
        verified_at=clock.now() if verified else None,
    )


def make_programme(organisation: Organisation, name: str = "Primera Veta", **values: Any) -> Programme:
    chosen = {
        "scope": ("graduate", "young_professional"),
        "languages": ("es", "en"),
        "countries": ("CL", "PE"),
        "summary": "Six months, one mentor, one plan.",
        "eligibility": "You work in mining.\nYou are 18 or older.",
        "description": "You meet once a month.",
        **values,
    }
    return register_programme(organisation=organisation, name=name, by=SYSTEM, **chosen)


def make_cohort(programme: Programme, name: str = "Cohort 2091", calendar: Calendar = CALENDAR) -> Cohort:
    return create_cohort(programme=programme, name=name, calendar=calendar, mentee_places=60, by=SYSTEM)


@pytest.fixture
def organisation(db: None) -> Organisation:
    return make_organisation()


@pytest.fixture
def programme(organisation: Organisation) -> Programme:
    return make_programme(organisation)


@pytest.fixture
def cohort(programme: Programme) -> Cohort:
    return make_cohort(programme)


@pytest.fixture
def rosa(organisation: Organisation) -> User:
    user = User.objects.create_user("rosa@cordillera.example.org", name="Rosa Mamani")
    Membership.objects.create(user=user, organisation=organisation, role="coordinator")
    return user


@pytest.fixture
def by(rosa: User) -> Actor:
    return Actor.of(rosa)


@pytest.fixture
def coordinator(client: Client, rosa: User) -> Client:
    client.force_login(rosa)
    return client
