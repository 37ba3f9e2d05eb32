"""What a reader found who tried to break the inventory: consent, dead ends, letters, entries taken off the list."""

import contextlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import (
    archive_record,
    publish_record,
    save_answers,
    save_sheet,
    submit_record,
)
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Initiative, Record
from inventory.initiatives.queries import (
    current_rows,
    living_record,
    public_records,
)
from inventory.waves.changes import standings_of
from inventory.waves.domain import (
    accept_response,
    change_contact,
    confirm_all_unchanged,
    confirm_unchanged,
    declare_none,
    merge_organisations,
    open_wave,
    publish_wave,
    return_response,
    submit_response,
)
from inventory.waves.domain.letters import why_not
from inventory.waves.models import Wave, WaveLetter, WaveResponse
from inventory.waves.queries import rows_of_wave
from inventory.waves.renewal import ANSWER_LINK
from programmes.access.links import create_link
from programmes.access.models import PurposeLink
from programmes.organisations.models import Organisation
from programmes.outbox.domain import send_email
from programmes.outbox.models import OutboxEmail
from tests.inventory.cast import edition, make_member, make_organisation, make_published, make_record, signed_in
from tests.inventory.waves.cast import accept, answer, make_wave, response_of
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


def editor(organisation: Organisation) -> Client:
    return signed_in(make_member(organisation, "inventory_editor"))


def reviewer() -> Client:
    iwim = make_organisation("iwim-office", platform=True, type="iwim")
    return signed_in(make_member(iwim, "iwim_reviewer"))


def fields(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back of a form page."""
    form = client.get(url).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            if value:
                data[bound.name] = "on"
        elif value not in (None, [], ""):
            widget = bound.field.widget
            shown = bound.field.prepare_value(value) if hasattr(bound.field, "prepare_value") else value
            shown = widget.format_value(shown) if not isinstance(shown, list) else shown
            data[bound.name] = shown if isinstance(shown, (list, str)) else str(shown)
    return data


# --- 1. lost ---


def test_what_was_taken_off_the_list_is_carried_with_its_answers() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, B5="Long told")
    archive_record(record=record, by=SYSTEM)
    client = editor(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "B"])
    data = fields(client, url) | {"B5": "Long told, and more"}
    page = client.post(url, data, follow=True).content.decode()

    now = living_record(Initiative.objects.get())
    assert now is not None
    assert "wrote meanwhile" not in page
    assert (now.answers.get("B1"), now.answers.get("B5")) == ({"value": "Mentoría"}, {"value": "Long told, and more"})


def test_nothing_changed_does_not_empty_what_was_taken_off_the_list() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, B5="Long told")
    archive_record(record=record, by=SYSTEM)
    response = response_of(andes, make_wave())
    before = [(one.change, one.can_be_unchanged) for one in standings_of(response)]
    confirm_all_unchanged(response=response, by=SYSTEM)
    after = [(one.change, len(one.missing), one.record.answers) for one in standings_of(response)]

    assert (before, after) == ([], [])  # or confirmed with all its answers


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


# --- merging ---


def test_after_archiving_the_same_name_two_can_be_merged() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    first = make_published(andes, B1="Same")
    make_published(norte, B1="Same")
    archive_record(record=first, by=SYSTEM)
    merge_organisations(source=andes, target=norte, by=SYSTEM)


def test_after_renaming_the_same_name_two_can_be_merged() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    first = make_published(andes, B1="Same")
    make_published(norte, B1="Same")
    save_answers(initiative=first.initiative, given={"B1": {"value": "Other"}}, by=SYSTEM)
    again = living_record(Initiative.objects.get(pk=first.initiative_id))
    submit_record(record=again, by=SYSTEM)
    publish_record(record=again, by=SYSTEM)
    merge_organisations(source=andes, target=norte, by=SYSTEM)


def test_a_draft_handed_over_to_a_sent_response_does_not_block_it() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    first = make_published(andes, B1="One")
    make_published(norte, B1="Two")
    wave = make_wave()
    answer(norte, wave)
    confirm_unchanged(response=response_of(andes, wave), initiative=first.initiative, by=SYSTEM)
    merge_organisations(source=andes, target=norte, by=SYSTEM)
    refused = []
    for decide in ("accept", "return"):
        response = response_of(norte, wave)
        try:
            if decide == "accept":
                accept_response(response=response, by=SYSTEM)
            else:
                return_response(response=response, asks={response.sheet.pk: [Ask("?")]}, by=SYSTEM)
        except DomainError as error:
            refused.append((decide, str(error.message)))
    assert refused == []


def test_an_organisation_that_was_merged_is_not_asked_in_the_next_wave() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    make_published(andes, B1="One")
    merge_organisations(source=andes, target=norte, by=SYSTEM)
    wave = make_wave()
    assert [response.organisation.slug for response in wave.responses.order_by("pk")] == ["norte"]


def test_the_link_of_a_merged_organisation_adds_nothing_to_it() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    make_wave()
    link = create_link(purpose="inventory.answer", subject_id=andes.pk)
    merge_organisations(source=andes, target=norte, by=SYSTEM)
    client = Client()
    path = "/" + link.split("/", 3)[3]
    client.post(path, follow=True)
    client.get(path, follow=True)
    made = client.post(reverse("initiative-new", args=["andes"]), {"B1": "Lost", "B2": ["training"], "B3": "idea"})
    assert (made.status_code, Initiative.objects.filter(organisation=andes).count()) != (302, 1)


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


def test_what_was_taken_off_is_off_with_its_history() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, B5="A lie")
    save_answers(initiative=record.initiative, given={"B5": {"value": "Less of a lie"}}, by=SYSTEM)
    again = living_record(Initiative.objects.get())
    submit_record(record=again, by=SYSTEM)
    publish_record(record=again, by=SYSTEM)
    archive_record(record=Record.objects.get(pk=again.pk), by=SYSTEM)
    url = reverse("initiative-earlier", args=[record.initiative.code, record.pk])
    assert Client().get(url).status_code == 404


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


def test_an_invitation_is_not_sent_to_who_has_answered() -> None:
    andes = make_organisation("andes")
    wave = make_wave(is_open=False)
    WaveResponse.objects.create(wave=wave, organisation=andes, state="accepted", contact_email="a@example.org")
    open_wave(wave=wave, by=SYSTEM)
    assert WaveLetter.objects.count() == 0


def test_a_letter_that_still_waits_gives_the_old_address_no_link() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    values = {"name": "", "email": "new@example.org", "language": "en", "note": ""}
    change_contact(response=response_of(andes, wave), by=SYSTEM, **values)
    send_email(email_id=OutboxEmail.objects.get().pk)
    assert PurposeLink.objects.filter(purpose="inventory.answer", revoked_at=None).count() == 0


def test_whoever_is_asked_instead_can_be_written_to() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    values = {"name": "", "email": "new@example.org", "language": "en", "note": ""}
    change_contact(response=response_of(andes, wave), by=SYSTEM, **values)
    assert why_not(response_of(andes, wave)) is None


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


def test_what_is_written_while_two_are_merged_can_be_published() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    record = make_published(andes, B1="One")
    stale = Initiative.objects.select_related("organisation").get()
    merge_organisations(source=andes, target=norte, by=SYSTEM)
    save_answers(initiative=stale, given={"B5": {"value": "Written in the same minute"}}, by=SYSTEM)
    again = Record.objects.exclude(pk=record.pk).get()
    submit_record(record=again, by=SYSTEM)
    publish_record(record=again, by=SYSTEM)
    assert again.organisation == norte


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


def test_who_has_only_what_was_taken_off_can_say_that_it_has_none() -> None:
    andes = make_organisation("andes")
    archive_record(record=make_published(andes), by=SYSTEM)
    wave = make_wave()
    response = response_of(andes, wave)
    declare_none(response=response, idea=False, by=SYSTEM)
    save_sheet(organisation=andes, given={"K4": {"value": "yes"}}, by=SYSTEM)
    submit_response(response=response, confirmed=True, by=SYSTEM)


def test_nothing_changed_does_not_bring_back_what_was_told_before_the_last_time() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, B5="Told first")
    save_answers(initiative=record.initiative, given={"B5": {"value": "Told last"}}, by=SYSTEM)
    again = living_record(Initiative.objects.get())
    assert again is not None
    submit_record(record=again, by=SYSTEM)
    publish_record(record=again, by=SYSTEM)
    archive_record(record=Record.objects.get(pk=again.pk), by=SYSTEM)
    confirm_unchanged(response=response_of(andes, make_wave()), initiative=record.initiative, by=SYSTEM)
    assert Record.objects.get(review="draft").answers["B5"] == {"value": "Told last"}


@pytest.mark.parametrize("said", ["aggregated", "no"])
def test_who_does_not_want_its_name_is_not_merged_into_who_gives_it(said: str) -> None:
    quiet, loud = make_organisation("quiet"), make_organisation("loud")
    make_published(quiet, B1="Quiet circle")
    save_sheet(organisation=quiet, given={"K4": {"value": said}}, by=SYSTEM)

    with pytest.raises(DomainError) as refused:
        merge_organisations(source=quiet, target=loud, by=SYSTEM)

    assert (refused.value.code, list(public_records())) == ("consent", [])
