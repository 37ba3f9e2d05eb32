"""Who reads what: the public, organisations of the Alliance, IWiM; and who writes for those who have nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import publish_record, submit_record
from inventory.initiatives.models import Record
from programmes.organisations.models import Organisation
from tests.inventory.cast import edition, make_member, make_organisation, make_published, signed_in
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db
COMMENT = {"value": "Told to all", "comment": "For IWiM alone"}


@pytest.fixture
def told() -> Record:
    """One answer of each kind of visibility, and figures of few people."""
    return make_published(
        make_organisation("andes"),
        B5=COMMENT,
        J4={"value": "Told to the Alliance"},
        C10={"value": "no"},
        editions=[edition("1", D5=40, D6={"total": 40, "men": 3, "women": 37}, E7={"currency": "XTS"})],
    )


def read(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_the_public_reads_public_answers_only(told: Record) -> None:
    assert told.initiative is not None
    page = read(Client(), "initiative-page", told.initiative.code)

    seen = ["Told to all" in page, "Told to the Alliance" in page, "For IWiM alone" in page, "under 18" in page]
    assert (seen, "XTS" in page) == ([True, False, False, False], False)


def test_members_of_a_verified_organisation_read_what_is_told_to_the_alliance(told: Record) -> None:
    assert told.initiative is not None
    norte = make_organisation("norte")
    client = signed_in(make_member(norte, "inventory_editor"))

    listed = read(client, "alliance-inventory", "norte")
    page = read(client, "alliance-initiative", "norte", told.initiative.code)

    assert "Mentoría" in listed
    seen = ["Told to the Alliance" in page, "For IWiM alone" in page, "Men: hidden (1 to 4)" in page, "XTS" in page]
    assert seen == [True, False, True, False]


def test_an_unverified_organisation_reads_nothing_of_the_others(told: Record) -> None:
    assert told.initiative is not None
    stranger = make_organisation("stranger", verified=False)
    client = signed_in(make_member(stranger, "owner"))

    answers = [
        client.get(reverse("alliance-inventory", args=["stranger"])),
        client.get(reverse("alliance-initiative", args=["stranger", told.initiative.code])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.fixture
def staff() -> Client:
    return signed_in(make_member(make_organisation("iwim", platform=True, type="iwim"), "iwim_reviewer"))


def test_iwim_enters_an_initiative_of_the_sector_and_fills_it_in(staff: Client) -> None:
    given = {"name": "A Mine", "type": "company", "countries": "Peru", "source": "Report"}
    given["initiative"] = "Career sponsors"

    staff.post(reverse("staff-sector"), given)
    record = Record.objects.get()
    where = ["a-mine", record.initiative_id]
    body = {"B1": "Career sponsors", "B2": ["sponsorship"], "B3": "running", "C1_state": "unknown", "C6": "both_open"}
    staff.post(reverse("initiative-edit", args=[*where, "short"]), {**body, "E1_state": "unknown"})
    submit_record(record=Record.objects.get(), by=SYSTEM)
    publish_record(record=Record.objects.get(), by=SYSTEM)

    rows = Client().get(reverse("inventory-directory"), {"type": "company"}).context["rows"]
    assert [(row["title"], row["record"].source) for row in rows] == [("Career sponsors", "Report")]


def test_where_somebody_can_write_iwim_does_not(staff: Client, told: Record) -> None:
    make_member(Organisation.objects.get(slug="andes"), "owner")

    answer = staff.get(reverse("initiative-record", args=["andes", told.initiative_id]))

    assert answer.status_code == 404


def test_what_an_organisation_proposes_waits_for_iwim(staff: Client) -> None:
    andes = make_organisation("andes")
    row = {"name": "Mine mentors", "organisation": "A Mine", "type": "company", "link": "https://example.org"}
    Record.objects.create(organisation=andes, review="submitted", answers={"K3": {"value": [row]}})

    page = staff.get(reverse("staff-sector")).content.decode()
    form = staff.get(reverse("staff-sector"), {"proposal": f"{Record.objects.get().pk}-0"}).context["form"]

    assert "Mine mentors" in page
    assert (form.initial["name"], form.initial["source"]) == ("A Mine", "https://example.org")
