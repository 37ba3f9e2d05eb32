"""The inventory is found by links: from the organisation's page, and from the desk of those who review."""

import pytest

from inventory.initiatives.domain import return_record, submit_record
from inventory.initiatives.domain.review import Ask
from programmes.organisations.models import Organisation
from tests.inventory.cast import make_member, make_organisation, make_published, make_record, signed_in
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def umbral() -> Organisation:
    return make_organisation("umbral")


def test_the_organisations_page_leads_to_its_entries_and_counts_them(umbral: Organisation) -> None:
    make_published(umbral)
    make_record(umbral, B1="Mentoría II")

    page = signed_in(make_member(umbral, "coordinator")).get("/o/umbral/").content.decode()

    assert ('href="/o/umbral/inventory/"' in page, "2 entries, 1 public" in page) == (True, True)


def test_a_question_of_iwim_is_seen_on_the_organisations_page(umbral: Organisation) -> None:
    record = make_record(umbral)
    submit_record(record=record, by=SYSTEM)
    return_record(record=record, asks=[Ask("Which year?")], by=SYSTEM)

    page = signed_in(make_member(umbral, "owner")).get("/o/umbral/").content.decode()

    assert "IWiM asks" in page


def test_the_desk_of_a_reviewer_counts_what_waits(umbral: Organisation) -> None:
    submit_record(record=make_record(umbral), by=SYSTEM)
    desk = signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer")).get("/desk/")

    page = desk.content.decode()

    assert ('href="/staff/inventory/"' in page, "1 entry waits to be read" in page) == (True, True)


def test_the_desk_of_others_says_nothing_of_reviews(umbral: Organisation) -> None:
    page = signed_in(make_member(umbral, "owner")).get("/desk/").content.decode()

    assert "/staff/inventory/" not in page


def test_submitting_names_what_is_still_open(umbral: Organisation) -> None:
    record = make_record(umbral, C1=None, E1=None)
    client = signed_in(make_member(umbral, "owner"))

    page = client.post(f"/o/umbral/inventory/{record.initiative_id}/submit/", follow=True).content.decode()

    assert "Still open: “Scope: which seniority of mentees do you accept?”; “How are pairs matched?”." in page
