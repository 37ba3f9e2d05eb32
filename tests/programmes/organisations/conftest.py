"""A small cast: WIM Andes with an owner and a reviewer, WIM Norte with its own owner, IWiM with a reviewer."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from programmes.organisations.domain import register_organisation, verify_organisation
from programmes.organisations.models import Membership, Organisation
from programmes.people.models import User
from wimmentor.base.actors import COMMAND, Actor


@dataclass(frozen=True)
class Cast:
    andes: Organisation
    norte: Organisation
    ana: User  # owner of WIM Andes
    rosa: User  # reviewer in WIM Andes
    noemi: User  # owner of WIM Norte
    ida: User  # IWiM


def make_user(email: str, name: str) -> User:
    return User.objects.create_user(email, name=name)


def register(name: str, owner: User, country: str = "PE") -> Organisation:
    return register_organisation(
        name=name,
        type="wim_national",
        countries=[country],
        languages=["en", "es"],
        contact_email=owner.email,
        by=Actor.of(owner),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    ana, rosa = make_user("ana@example.org", "Ana Quispe"), make_user("rosa@example.org", "Rosa Mamani")
    noemi, ida = make_user("noemi@example.org", "Noemí Vega"), make_user("ida@example.org", "Ida Berg")
    andes, norte = register("WIM Andes", ana), register("WIM Norte", noemi, "CL")
    verify_organisation(organisation=norte, by=COMMAND)
    Membership.objects.create(user=rosa, organisation=andes, role="reviewer")
    iwim = Organisation.objects.create(
        name="IWiM", name_folded="iwim", slug="iwim", type="iwim", contact_email=ida.email, is_platform=True
    )
    Membership.objects.create(user=ida, organisation=iwim, role="iwim_reviewer")
    return Cast(andes, norte, ana, rosa, noemi, ida)


@pytest.fixture
def browse() -> Callable[[User | None], Client]:
    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make
