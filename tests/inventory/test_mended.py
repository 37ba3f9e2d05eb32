"""What a reader found who tried to break the inventory: consent, dead ends, letters, entries taken off the list."""

import contextlib

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import publish_record, save_sheet, submit_record
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Record
from inventory.initiatives.queries import current_rows
from inventory.waves.domain import (
    accept_response,
    change_contact,
    confirm_all_unchanged,
    publish_wave,
    return_response,
    submit_response,
)
from inventory.waves.models import Wave
from inventory.waves.queries import rows_of_wave
from inventory.waves.renewal import ANSWER_LINK
from programmes.organisations.models import Organisation
from programmes.outbox.models import OutboxEmail
from tests.inventory.cast import (
    edition,
    editor,
    fields,
    make_member,
    make_organisation,
    make_published,
    make_record,
    reviewer,
)
from tests.inventory.waves.cast import accept, answer, make_wave, response_of
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


# --- 1. lost ---


def test_a_response_of_which_one_record_was_published_by_itself_can_be_accepted_or_returned() -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    response = answer(andes, wave)
    entry = response.entries.get()
    publish_record(record=entry.record, by=SYSTEM)
    response = response_of(andes, wave)
    refused = []
    try:
        accept_response(response=response, by=SYSTEM)
    except DomainError as error:
        refused.append(str(error.message))
    assert refused == []


def test_the_same_after_it_was_returned_and_sent_again() -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    response = answer(andes, wave)
    publish_record(record=response.entries.get().record, by=SYSTEM)
    response = response_of(andes, wave)
    return_response(response=response, asks={response.sheet.pk: [Ask("Why?")]}, by=SYSTEM)
    response = response_of(andes, wave)
    confirm_all_unchanged(response=response, by=SYSTEM)
    submit_response(response=response, confirmed=True, by=SYSTEM)
    response = response_of(andes, wave)
    accept_response(response=response, by=SYSTEM)


def test_a_new_initiative_that_nobody_read_is_not_accepted() -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    response = answer(andes, wave)
    staff = reviewer()
    url = reverse("staff-wave-response", args=[wave.code, response.pk])
    data = fields(staff, url)
    response = response_of(andes, wave)
    return_response(response=response, asks={response.sheet.pk: [Ask("Why?")]}, by=SYSTEM)
    make_record(andes, B1="Nobody has read this")
    response = response_of(andes, wave)
    confirm_all_unchanged(response=response, by=SYSTEM)
    submit_response(response=response, confirmed=True, by=SYSTEM)

    staff.post(url, data | {"decision": "accept"})

    assert response_of(andes, wave).state == "submitted"


def test_a_return_says_so_when_nobody_gets_the_letter() -> None:
    andes = make_organisation("andes")
    record = make_record(andes)
    submit_record(record=record, by=SYSTEM)
    staff = reviewer()
    url = reverse("staff-initiative", args=[record.pk])
    data = fields(staff, url) | {"note": "How many?", "decision": "return"}
    page = staff.post(url, data, follow=True).content.decode()
    record.refresh_from_db()
    assert record.review == "returned"
    letters = OutboxEmail.objects.filter(kind="initiative_returned").count()
    assert letters > 0 or "The organisation gets it by e-mail" not in page


def test_iwim_can_fill_in_what_it_entered_of_the_sector() -> None:
    staff = reviewer()
    staff.post(
        reverse("staff-sector"),
        {"name": "Big Mine", "type": "company", "initiative": "Girls dig", "source": "Its web page"},
    )
    record = Record.objects.get()
    seen = [
        staff.get(reverse("initiative-edit", args=[record.organisation.slug, record.initiative_id, "B"])).status_code,
        staff.post(
            reverse("initiative-edit", args=[record.organisation.slug, record.initiative_id, "B"]), {"B5": "To dig"}
        ).status_code,
    ]
    record.refresh_from_db()
    assert (seen, record.answers.get("B5")) == ([200, 302], {"value": "To dig"})


# --- 2. public ---


def test_a_no_in_a_draft_counts_before_it_is_published_also_after_aggregated() -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    accept(answer(andes, wave, K4={"value": "aggregated"}))
    publish_wave(wave=wave, by=SYSTEM)
    save_sheet(organisation=andes, given={"K4": {"value": "no"}}, by=SYSTEM)
    assert [(row.named, row.counted) for row in current_rows().organisations] == [(False, False)]
    assert [(row.named, row.counted) for row in rows_of_wave(wave).organisations] == [(False, False)]


@pytest.mark.parametrize("later", ["aggregated", "yes"])
def test_a_no_of_one_wave_stays_for_that_wave(later: str) -> None:
    andes = make_organisation("andes")
    make_published(andes)
    first, second = make_wave(), make_wave("2028")
    accept(answer(andes, first, K4={"value": "no"}))
    publish_wave(wave=first, by=SYSTEM)
    accept(answer(andes, second, K4={"value": later}))
    publish_wave(wave=second, by=SYSTEM)
    assert [(row.named, row.counted) for row in rows_of_wave(first).organisations] == [(False, False)]
    assert [(row.named, row.counted) for row in rows_of_wave(second).organisations] == [(later == "yes", True)]


def test_an_enquiry_without_an_address_is_refused() -> None:
    andes = make_organisation("andes")
    Organisation.objects.update(contact_email="")
    record = make_published(andes)
    url = reverse("initiative-ask", args=[record.initiative.code])
    client = Client()
    data = {"name": "Ana", "email": "ana@example.org", "message": "Hello", "website": ""}
    first = client.post(url, data)
    shown = first.context["form"]["shown"].value() if first.context and "form" in first.context else ""
    page = client.post(url, data | {"shown": shown}, follow=True).content.decode()
    assert "Your question is on its way" not in page


# --- 3. errors ---


def test_a_wave_is_not_called_new() -> None:
    staff = reviewer()
    data = {"name": "x", "code": "new", "languages": ["en"], "time_zone": "UTC"}
    data |= {"opens": "2027-01-01T00:00", "closes": "2027-02-01T00:00", "most_letters": "3", "letter_days": "14"}
    staff.post(reverse("staff-wave-new"), data)
    wave = Wave.objects.filter(code="new").first()
    assert wave is None or staff.get(reverse("staff-wave", args=["new"])).context["wave"] == wave


def test_a_wave_whose_last_day_is_over_is_not_opened() -> None:
    make_organisation("andes")
    with contextlib.suppress(DomainError):
        make_wave(opens=-9, closes=-1)
    assert OutboxEmail.objects.filter(kind="wave_letter").count() == 0


def test_of_a_published_wave_it_is_not_said_that_iwim_can_open_it_again() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    wave = make_wave()
    accept(answer(andes, wave, A10={"value": "no"}))
    publish_wave(wave=wave, by=SYSTEM)
    page = editor(norte).get(reverse("wave-answer", args=["norte", wave.code])).content.decode()
    assert "IWiM can open it once more" not in page


def test_a_returned_response_without_address_says_so() -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    response = answer(andes, wave)
    change_contact(response=response, name="", email="", language="en", note="", by=SYSTEM)
    make_member(andes, "owner")
    staff = reviewer()
    url = reverse("staff-wave-response", args=[wave.code, response.pk])
    page = staff.post(url, fields(staff, url) | {"note": "Why?", "decision": "return"}, follow=True).content.decode()
    assert OutboxEmail.objects.filter(kind="wave_returned").count() or "gets it by e-mail" not in page


def test_a_figure_that_is_promised_to_be_unpublished_is_not_published() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, editions=[edition("1", year=2024, D6={"total": 20})])
    url = reverse("edition-edit", args=["andes", record.initiative_id, record.editions.get().pk])
    block = next(one for one in editor(andes).get(url).context["form"].blocks if one.question.code == "D6")
    table = Client().get(reverse("inventory-export", args=["csv"])).content.decode()
    assert "never published" not in str(block.who_sees) or ",20," not in table


def test_a_chapter_does_not_name_the_organisation_that_wants_no_name() -> None:
    parent = make_organisation("quietparent")
    record = make_published(make_organisation("child", part_of=parent))
    save_sheet(organisation=parent, given={"K4": {"value": "no"}}, by=SYSTEM)
    page = Client().get(reverse("initiative-page", args=[record.initiative.code])).content.decode()
    assert "Quietparent" not in page


def test_the_link_of_a_returned_response_leads_to_what_was_returned() -> None:
    andes = make_organisation("andes")
    make_published(andes)
    first = make_wave("2026", opens=-10, closes=20)
    response = answer(andes, first)
    return_response(response=response_of(andes, first), asks={response.sheet.pk: [Ask("Why?")]}, by=SYSTEM)
    make_wave("2028", opens=5)
    page = editor(andes).get(reverse("initiatives-list", args=["andes"])).content.decode()
    assert ("wave/2026" in page, ANSWER_LINK.target(andes.pk)) == (True, reverse("wave-answer", args=["andes", "2026"]))
