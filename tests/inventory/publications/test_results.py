"""The results of a wave as a page: what was told by those who agreed, and nothing of the others."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.analysis.queries import Source
from inventory.initiatives.models import Initiative, Statement
from inventory.publications.domain import withdraw_rows
from inventory.publications.models import Package
from inventory.waves.domain import publish_wave
from inventory.waves.models import Wave
from programmes.organisations.models import Organisation
from tests.inventory.cast import edition, make_organisation, make_record
from tests.inventory.waves.cast import accept, answer, make_wave, response_of
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


def tell(wave: Wave, organisation: Organisation, publishing: str = "yes") -> None:
    make_record(organisation, B1=f"Of {organisation.slug}", editions=[edition("1", D5=14)])
    said = {"topic": "position", "value": f"{organisation.slug} says", "as_of": date(2027, 1, 1)}
    statement = Statement.objects.create(organisation=organisation, is_public=True, **said)
    response = answer(organisation, wave, K4={"value": publishing})
    response.statements.add(statement)
    accept(response)


def read(wave: Wave) -> Any:
    return Client().get(reverse("wave-results", args=[wave.code]))


def test_results_say_who_was_heard_and_what_they_said() -> None:
    andes, norte, sur = make_organisation("andes"), make_organisation("norte"), make_organisation("sur")
    wave = make_wave()
    tell(wave, andes)
    tell(wave, norte, "aggregated")
    tell(wave, sur, "no")
    publish_wave(wave=wave, by=SYSTEM)

    page = read(wave)

    assert page.context["heard"] == [("Andes", "Peru; 1 initiative")]
    assert [row.value for row in page.context["statements"]] == ["andes says"]
    text = page.content.decode()
    assert [word for word in ("norte", "Norte", "sur says", "Of sur") if word in text] == []
    assert reverse("data-archive", args=[wave.code]) in text


def test_a_wave_that_is_not_published_has_no_results() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    tell(wave, andes)

    assert read(wave).status_code == 404


def test_what_is_accepted_only_is_not_in_the_results() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    wave = make_wave()
    tell(wave, andes)
    make_record(norte, B1="Of norte")
    response = answer(norte, wave)
    publish_wave(wave=wave, by=SYSTEM)
    accept(response)

    page = read(wave)

    assert response_of(norte, wave).state == "accepted"
    assert [name for name, _told in page.context["heard"]] == ["Andes"]
    assert dict(page.context["overview_part"]["overview"].figures)["initiatives"] == "1"


@pytest.mark.parametrize("alone", [True, False])
def test_what_is_taken_down_leaves_the_results_and_the_analysis_too(alone: bool) -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    wave = make_wave()
    tell(wave, andes)
    tell(wave, norte)
    publish_wave(wave=wave, by=SYSTEM)
    asked = {"initiative": Initiative.objects.get(organisation=norte)} if alone else {"organisation": norte}

    withdraw_rows(package=Package.objects.get(), by=SYSTEM, **asked)

    page = read(wave)
    heard = [("Andes", "Peru; 1 initiative"), ("Norte", "Peru")]
    assert page.context["heard"] == heard[: 2 if alone else 1]
    assert [row.value for row in page.context["statements"]] == ["andes says", "norte says"][: 2 if alone else 1]
    assert dict(page.context["overview_part"]["overview"].figures)["initiatives"] == "1"
    assert [row.organisation.slug for row in Source(Wave.objects.get()).rows().initiatives] == ["andes"]


@pytest.mark.parametrize("number", [1, 3])
def test_results_ask_as_often_for_three_as_for_one(number: int, django_assert_num_queries: Any) -> None:
    organisations = [make_organisation(f"wim-{each}") for each in range(number)]
    wave = make_wave()
    for organisation in organisations:
        tell(wave, organisation)
    publish_wave(wave=wave, by=SYSTEM)

    with django_assert_num_queries(9):
        read(wave)
