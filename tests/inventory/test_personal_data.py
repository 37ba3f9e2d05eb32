"""Who answers for an organisation is named for IWiM alone, and not for longer than needed."""

from datetime import timedelta

import pytest

from inventory.initiatives.domain import save_sheet
from inventory.initiatives.models import Record
from inventory.models import WaveResponse
from inventory.personal_data import expire_contacts
from programmes.people.erasure import erase_person
from programmes.people.exports import export_personal_data
from programmes.people.holdings import Person
from programmes.people.models import User
from tests.inventory.cast import make_organisation
from tests.inventory.waves.cast import make_wave
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db
HERS = "veta@example.org"


@pytest.fixture
def veta() -> User:
    organisation = make_organisation("andes")
    contact = {"name": "Veta", "role": "Chair", "email": HERS}
    save_sheet(organisation=organisation, given={"A9": {"value": contact}, "A6": {"value": 2012}}, by=SYSTEM)
    make_wave()
    WaveResponse.objects.update(contact_email=HERS, contact_name="Veta")
    return User.objects.create_user(HERS)


def test_she_gets_where_she_is_named_and_nothing_about_the_organisation(veta: User) -> None:
    parts = export_personal_data(person=Person.of(veta), subject=veta, form="json", by=SYSTEM)
    data = {part.holding.name: part.rows for part in parts}

    (sheet,) = data["inventory_sheets"]
    (response,) = data["survey_contact"]
    assert sheet["contact"] == {"name": "Veta", "role": "Chair", "email": HERS}
    assert (response["contact_name"], "2012" in str(sheet)) == ("Veta", False)


def test_with_her_account_her_name_goes_and_the_answers_stay(veta: User) -> None:
    erase_person(user=veta, by=SYSTEM)

    assert list(WaveResponse.objects.values_list("contact_name", "contact_email")) == [("", "")]
    sheet = Record.objects.get(initiative=None)
    assert ("A9" in sheet.answers, sheet.answers["A6"]) == (False, {"value": 2012})


@pytest.mark.parametrize(("days", "left"), [(300, [("Veta",)]), (500, [("",)])])
def test_contacts_of_a_wave_go_a_year_after_it(veta: User, days: int, left: list[tuple[str]]) -> None:
    before = clock.now() + timedelta(days=days - 365)

    expire_contacts(before, dry_run=False)

    assert list(WaveResponse.objects.values_list("contact_name")) == left
