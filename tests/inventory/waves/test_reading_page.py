"""What IWiM reads of a response: what is otherwise than last time stands out."""

from typing import Any

import pytest
from django.urls import reverse

from inventory.initiatives.domain import remove_edition, save_edition
from inventory.waves.models import WaveResponse
from tests.inventory.cast import edition, make_member, make_organisation, make_published, signed_in
from tests.inventory.waves.cast import answer, make_wave
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db
SAME = "Nothing changed since the last time"


def read(response: WaveResponse) -> Any:
    """The page, and its part about the one initiative."""
    iwim = make_organisation("iwim-office", platform=True, type="iwim")
    client = signed_in(make_member(iwim, "iwim_reviewer"))
    page = client.get(reverse("staff-wave-response", args=[response.wave.code, response.pk]))
    return page, page.context["parts"][1]


def test_an_edition_that_changed_is_shown_as_changed_with_its_comment() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, editions=[edition("2023", year=2023, D5=10), edition("2024", year=2024, D5=10)])
    wave = make_wave()
    given = {"D5": {"value": 99, "comment": "Counted again"}}
    one = record.editions.get(label="2024")
    save_edition(initiative=record.initiative, label="2024", year=2024, before=one, given=given, by=SYSTEM)

    page, part = read(answer(andes, wave))

    text = page.content.decode()
    assert ("Counted again" in text, "before: 10" in text, SAME in text) == (True, True, False)
    assert [(row["edition"].label, row["is_changed"]) for row in part["editions"]] == [("2023", False), ("2024", True)]


def test_an_edition_that_is_new_and_one_that_is_removed_are_told() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, editions=[edition("2023", D5=10)])
    wave = make_wave()
    remove_edition(initiative=record.initiative, edition=record.editions.get(), by=SYSTEM)
    save_edition(initiative=record.initiative, label="2024", given={}, by=SYSTEM)

    page, part = read(answer(andes, wave))

    assert ("“2023” is removed." in page.content.decode(), SAME in page.content.decode()) == (True, False)
    assert [(row["edition"].label, row["is_new"]) for row in part["editions"]] == [("2024", True)]


def test_an_edition_of_another_name_is_the_same_edition() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, editions=[edition("2024", year=2024, D5=10)])
    wave = make_wave()
    one = record.editions.get()
    save_edition(initiative=record.initiative, label="Second edition", year=2024, before=one, given={}, by=SYSTEM)

    page, part = read(answer(andes, wave))

    assert ("is removed" in page.content.decode(), "before: 2024" in page.content.decode()) == (False, True)
    assert [(row["edition"].label, row["is_new"], row["is_changed"]) for row in part["editions"]] == [
        ("Second edition", False, True)
    ]


def test_where_nothing_changed_this_is_said() -> None:
    andes = make_organisation("andes")
    make_published(andes, editions=[edition("2023", D5=10)])

    page, part = read(answer(andes, make_wave()))

    assert (page.content.decode().count(SAME), part["same"]) == (1, True)
