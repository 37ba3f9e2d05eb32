"""Two organisations that share nobody, a coordinator and a reviewer, and people who applied."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from programmes.applications.models import Application
from programmes.cohorts.blueprints import Calendar
from programmes.cohorts.domain import create_cohort, register_programme
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Membership, Organisation
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

SENT = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)


def make_cohort(slug: str = "wim-cordillera", **settings: Any) -> Cohort:
    organisation = Organisation.objects.create(
        name=slug.replace("-", " ").title(),
        name_folded=slug.replace("-", " "),
        slug=slug,
        contact_email=f"hola@{slug}.example.org",
        verified_at=clock.now(),
    )
    programme = register_programme(organisation=organisation, by=SYSTEM, name="Primera Veta", languages=("es",))
    calendar = Calendar(
        time_zone="America/Santiago",
        opens=datetime(2026, 11, 2, 9, 0),  # noqa: DTZ001 - a wall time
        closes=datetime(2027, 1, 10, 23, 59),  # noqa: DTZ001
    )
    return create_cohort(
        programme=programme, name="Cohort 2027", calendar=calendar, by=SYSTEM, **{"mentee_places": 3, **settings}
    )


def make_member(cohort: Cohort, email: str = "rosa@example.org", role: str = "coordinator") -> User:
    user = User.objects.create_user(email, name="Rosa Mamani")
    Membership.objects.create(user=user, organisation_id=cohort.organisation_id, role=role)
    return user


def sign_in(cohort: Cohort, email: str = "rosa@example.org", role: str = "coordinator") -> Client:
    client = Client()
    client.force_login(make_member(cohort, email, role))
    return client


def apply_as(cohort: Cohort, name: str, **values: Any) -> Application:
    """`name`: first and last; her address follows from it."""
    first, _blank, last = name.partition(" ")
    chosen: dict[str, Any] = {
        "role": "mentee",
        "status": "submitted",
        "email": f"{first}.{last}@example.org".replace(" ", "-"),
        "email_confirmed_at": SENT,
        "submitted_at": SENT,
        "country": "CL",
        "languages": ("es",),
        **values,
    }
    return Application.objects.create(cohort=cohort, first_name=first, last_name=last, **chosen)


def address(name: str, cohort: Cohort, **more: Any) -> str:
    programme = cohort.programme
    slugs = {"organisation": programme.organisation.slug, "programme": programme.slug, "cohort": cohort.slug}
    return reverse(name, kwargs={**slugs, **more})


def statuses(cohort: Cohort) -> dict[str, str]:
    return dict(Application.objects.filter(cohort=cohort).order_by("pk").values_list("first_name", "status"))
