"""Fills an empty database with the demonstration, and says what is in it."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from programmes.people.demo import demo_link_path
from programmes.people.domain import confirm_address
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.demonstration import cohorts as stages
from wimmentor.demonstration.inventory import load_inventory, open_survey, submit_entry
from wimmentor.demonstration.organisations import make_member, make_newcomer, make_organisations, make_programmes

STAGES = tuple(stages.STAGE_AGES)
PHASES = {
    "draft": Cohort.Phase.DRAFT,
    "open": Cohort.Phase.OPEN,
    "selecting": Cohort.Phase.OPEN,  # the deadline has passed: people see "selecting"
    "matching": Cohort.Phase.MATCHING,
    "confirming": Cohort.Phase.MATCHING,  # sending the offers moves it on
}
# (address, role as the command page lists it, organisation, name)
USERS = (
    ("coordinator@wime.example.org", "coordinator", "wime-indonesia", "Wulan Contoh"),
    ("mentor@wime.example.org", "mentor", "wime-indonesia", "Ratna Contoh"),
    ("mentee@wime.example.org", "mentee", "wime-indonesia", "Ayu Contoh"),
    ("alumna@wime.example.org", "mentee", "wime-indonesia", "Sekar Contoh"),
    ("coordinator@wimperu.example.org", "coordinator", "wim-peru", "Perla Ejemplo"),
    ("mentor@wimperu.example.org", "mentor", "wim-peru", "Rocío Ejemplo"),
    ("mentee@wimperu.example.org", "mentee", "wim-peru", "Sol Ejemplo"),
    ("asked@wimperu.example.org", "mentee", "wim-peru", "Wayra Ejemplo"),
    ("coordinator@aweik.example.org", "coordinator", "aweik", "Imani Sample"),
    ("coordinator@iwim.example.org", "coordinator", "iwim", "Robin Sample"),
    ("owner@wime.example.org", "owner", "wime-indonesia", "Melati Contoh"),
    ("owner@wimperu.example.org", "owner", "wim-peru", "Tamia Ejemplo"),
    ("owner@aweik.example.org", "owner", "aweik", "Joy Sample"),
    ("owner@wimmexico.example.org", "owner", "mujeres-wim-mexico", "Brisa Ejemplo"),
    ("owner@wimecuador.example.org", "owner", "wim-ecuador", "Flor Ejemplo"),
    ("owner@newcomer.example.org", "owner", "example-coast", "Coral Sample"),
    ("reviewer@iwim.example.org", "iwim_reviewer", "iwim", "Hazel Sample"),
)
# The others read English; who coordinates in Peru does so in English, and her people get Spanish.
READ_SPANISH = {
    *("mentor@wimperu.example.org", "mentee@wimperu.example.org", "asked@wimperu.example.org"),
    *("owner@wimmexico.example.org", "owner@wimecuador.example.org"),
}
MEMBERS = {"coordinator", "owner", "iwim_reviewer"}
EMPTY = "wim-peru/mentoring/blank-edition"


@transaction.atomic
def load_demonstration(*, seed: int, stage: str) -> None:
    instant, random = clock.now(), Random(seed)
    organisations = make_organisations(instant - timedelta(days=400))
    load_inventory(organisations, instant)
    newcomer = make_newcomer()
    organisations[newcomer.slug] = newcomer
    submit_entry(newcomer)
    programmes = make_programmes(organisations)
    users = {address: _make_user(organisations[slug], role, address, name) for address, role, slug, name in USERS}
    User.objects.filter(email__in=READ_SPANISH).update(language="es")
    open_survey(organisations, users["reviewer@iwim.example.org"])
    today = instant.date()

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    make, Phase = stages.make_cohort, Cohort.Phase  # noqa: N806
    first = make(programmes["wime"], "First edition", opened=ago(420), zone="Asia/Jakarta", phase=Phase.CLOSING)
    stages.fill_first_edition(first, users, random)
    main = make(
        programmes["wime"],
        "Second edition",
        opened=ago(stages.STAGE_AGES[stage]),
        zone="Asia/Jakarta",
        phase=PHASES[stage],
        places=14,
    )
    stages.fill_wime(main, stage, users, random)
    world = make(programmes["iwrmp"], "2024", opened=ago(95), zone="Europe/London", phase=Phase.MATCHING, places=112)
    stages.fill_iwrmp(world, random)
    kenya = make(
        programmes["aweik"], "First edition", opened=ago(20), zone="Africa/Nairobi", phase=Phase.OPEN, places=20
    )
    stages.fill_open(kenya, random)
    make(programmes["mexico"], "2026", opened=ago(10), zone="America/Mexico_City", phase=Phase.OPEN, places=30)
    make(programmes["ecuador"], "2027", opened=ago(-40), zone="America/Guayaquil", phase=Phase.OPEN, places=15)
    peru = make(
        programmes["peru"], "Fourth edition", opened=ago(98), zone="America/Lima", phase=Phase.MATCHING, places=10
    )
    stages.fill_confirming(peru, users, random, users["coordinator@wimperu.example.org"])
    stages.make_blank(programmes["peru"], opened=ago(1))
    if stage == "confirming":
        coordinator = users["coordinator@wime.example.org"]
        stages.publish_run(main, stages.match_cohort(main, coordinator), coordinator)


def _make_user(organisation: Organisation, role: str, address: str, name: str) -> User:
    if role in MEMBERS:
        return make_member(organisation, role, address, name)
    return confirm_address(user=User.objects.create_user(address, name=name), by=SYSTEM)


def describe_demonstration(*, base_url: str) -> dict[str, Any]:
    found = Cohort.objects.select_related("programme__organisation").order_by("pk")
    return {
        "organisations": [
            {"slug": row.slug, "name": row.name, "platform": row.is_platform}
            for row in Organisation.objects.order_by("-is_platform", "pk")
        ],
        "cohorts": [_describe_cohort(cohort) for cohort in found],
        "empty_cohort": EMPTY,
        "users": [
            {"email": user.email, "role": role, "organisation": slug, "link": base_url + demo_link_path(user)}
            for address, role, slug, _name in USERS
            for user in User.objects.filter(email=address)
        ],
    }


def _describe_cohort(cohort: Cohort) -> dict[str, Any]:
    sides = Application.objects.filter(cohort=cohort).exclude(
        status__in=[Application.Status.DRAFT, Application.Status.WITHDRAWN]
    )
    programme = cohort.programme
    return {
        "slug": f"{programme.organisation.slug}/{programme.slug}/{cohort.slug}",
        "phase": cohort.phase_at(clock.now()),
        "mentees": sides.filter(role="mentee").count(),
        "mentors": sides.filter(role="mentor").count(),
    }
