"""Organisations and what they tell, for the tests of the inventory."""

from typing import Any

from django.test import Client

from inventory.initiatives.domain import create_initiative, publish_record, submit_record
from inventory.initiatives.models import Initiative, Record
from programmes.organisations.models import Membership, Organisation
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.base.text import fold

UNKNOWN = {"state": "unknown"}


def make_organisation(
    slug: str, *, verified: bool = True, platform: bool = False, countries: tuple[str, ...] = ("PE",), **values: Any
) -> Organisation:
    return Organisation.objects.create(
        name=slug.title(),
        name_folded=fold(slug),
        slug=slug,
        countries=countries,
        contact_email=f"contact@{slug}.example.org",
        verified_at=clock.now() if verified else None,
        is_platform=platform,
        **values,
    )


def make_member(organisation: Organisation, role: str) -> User:
    user = User.objects.create_user(f"{role}@{organisation.slug}.example.org")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor(organisation: Organisation) -> Client:
    return signed_in(make_member(organisation, "inventory_editor"))


def reviewer() -> Client:
    iwim = make_organisation("iwim-office", platform=True, type="iwim")
    return signed_in(make_member(iwim, "iwim_reviewer"))


def fields(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back of a form page."""
    data: dict[str, Any] = {}
    for bound in client.get(url).context["form"]:
        value = bound.value()
        if value is True:
            data[bound.name] = "on"
        elif value is not False and value not in (None, [], ""):
            shown = bound.field.prepare_value(value) if hasattr(bound.field, "prepare_value") else value
            shown = shown if isinstance(shown, list) else bound.field.widget.format_value(shown)
            data[bound.name] = shown if isinstance(shown, (list, str)) else str(shown)
    return data


def initiative_of(record: Record) -> Initiative:
    assert record.initiative is not None
    return record.initiative


def answers(**changes: Any) -> dict[str, Any]:
    """The short form of a running mentoring programme. A change is a value, or an answer as it is kept; None leaves
    the question open."""
    told: dict[str, Any] = {
        "B1": "Mentoría",
        "B2": ["mentoring_1to1"],
        "B3": "running",
        "C1": UNKNOWN,
        "C6": UNKNOWN,
        "E1": UNKNOWN,
        **changes,
    }
    return {
        code: value if isinstance(value, dict) and {"value", "state", "words"} & set(value) else {"value": value}
        for code, value in told.items()
        if value is not None
    }


def make_record(organisation: Organisation, *, editions: Any = (), **changes: Any) -> Record:
    return create_initiative(organisation=organisation, by=SYSTEM, answers=answers(**changes), editions=editions)


def make_published(organisation: Organisation, *, editions: Any = (), **changes: Any) -> Record:
    record = make_record(organisation, editions=editions, **changes)
    submit_record(record=record, by=SYSTEM)
    return publish_record(record=record, by=SYSTEM)


def edition(label: str, *, year: int | None = None, **told: Any) -> dict[str, Any]:
    """As `create_initiative` takes it; a value, or an answer as it is kept."""
    kept = {
        code: value if isinstance(value, dict) and "state" in value else {"value": value}
        for code, value in told.items()
    }
    return {"label": label, "year": year, "answers": kept}
