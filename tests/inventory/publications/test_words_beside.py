"""Words that may tell a figure of one to four people are in no package, and on no page that others than IWiM read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.models import Record
from tests.inventory.cast import (
    edition,
    editor,
    initiative_of,
    make_organisation,
    make_published,
    make_record,
    reviewer,
)

pytestmark = pytest.mark.django_db
FEW = [{"D7": 3}, {"D10": 1}, {"D6": {"total": 9, "men": 2}}, {"D9": {"completed": 9, "rematched": 4}}]
FEW += [{"I4": [{"result": "promotion", "number": 2, "of": 9}]}]
ENOUGH = [{"D7": 14}, {"D10": 0}, {"E8": 4}, {"I2": {"mean": 4.8, "maximum": 5, "answered": 12}}]


def tell(**figures: Any) -> Record:
    record = make_published(make_organisation("andes"), editions=[edition("1", **figures)])
    Record.objects.filter(pk=record.pk).update(evidence="Told on a slide", remarks="Said once more")
    return record


def pages_about(record: Record) -> dict[str, str]:
    """Of all pages on which others read of it."""
    member, code = editor(make_organisation("norte")), initiative_of(record).code
    addresses = {
        "directory": reverse("inventory-directory"),
        "page": reverse("initiative-page", args=[code]),
        "Alliance": reverse("alliance-initiative", args=["norte", code]),
    }
    return {name: member.get(address).content.decode() for name, address in addresses.items()}


@pytest.mark.parametrize("figures", FEW)
def test_words_of_the_source_are_hidden_with_a_small_figure(figures: dict[str, Any]) -> None:
    pages = pages_about(tell(**figures))

    assert [name for name, page in pages.items() if "Told on a slide" in page or "Said once more" in page] == []


@pytest.mark.parametrize("figures", ENOUGH)
def test_words_of_the_source_are_shown_where_no_figure_is_hidden(figures: dict[str, Any]) -> None:
    pages = pages_about(tell(**figures))

    assert [name for name, page in pages.items() if "Told on a slide" in page] == ["directory", "page", "Alliance"]
    assert "Said once more" in pages["page"]


def test_iwim_reads_the_words_of_the_source() -> None:
    record = make_record(make_organisation("andes"), editions=[edition("1", D7=3)])
    Record.objects.update(evidence="Told on a slide", review="submitted")

    assert "Told on a slide" in reviewer().get(reverse("staff-initiative", args=[record.pk])).content.decode()


def test_own_words_beside_a_hidden_figure_are_hidden() -> None:
    answers = {"D7": {"value": 3, "words": "tres parejas"}, "D5": {"value": 14, "words": "catorce"}}
    told = {"label": "1", "year": None, "answers": answers}
    record = make_published(make_organisation("andes"), editions=[told])

    page = pages_about(record)["Alliance"]

    assert ("tres parejas" in page, "catorce" in page) == (False, True)


def test_an_earlier_version_hides_them_as_well() -> None:
    record = tell(D7=3)
    address = reverse("initiative-earlier", args=[initiative_of(record).code, record.pk])
    Record.objects.update(is_current=False)
    Record.objects.create(
        organisation=record.organisation,
        initiative=record.initiative,
        answers=record.answers,
        review="published",
        published_at=record.published_at,
        is_current=True,
    )

    page = Client().get(address)

    assert page.status_code == 200
    assert "Said once more" not in page.content.decode()
