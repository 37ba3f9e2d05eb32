"""Two organisations that are one: nothing is lost, nobody is named against their will."""

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import archive_record, publish_record, save_answers, save_sheet, submit_record
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Initiative, Record
from inventory.initiatives.queries import living_record, public_records
from inventory.waves.domain import (
    accept_response,
    confirm_all_unchanged,
    confirm_unchanged,
    merge_organisations,
    return_response,
)
from programmes.access.links import create_link
from tests.inventory.cast import initiative_of, make_organisation, make_published, make_record
from tests.inventory.waves.cast import answer, make_wave, response_of
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


def test_a_merged_organisation_loses_nothing() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    record = make_published(andes, B1="Circle")
    wave = make_wave()
    confirm_all_unchanged(response=response_of(andes, wave), by=SYSTEM)

    moved = merge_organisations(source=andes, target=norte, by=SYSTEM)
    response = answer(norte, wave)

    assert moved == 1
    assert initiative_of(Record.objects.get(pk=record.pk)).organisation == norte
    assert [entry.record.initiative for entry in response.entries.all()] == [record.initiative]
    assert response_of(andes, wave).state == "merged"


def test_two_entries_of_one_name_keep_organisations_apart() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    make_published(andes)
    make_record(norte)

    with pytest.raises(DomainError) as refused:
        merge_organisations(source=andes, target=norte, by=SYSTEM)

    assert (refused.value.code, Initiative.objects.filter(organisation=andes).count()) == ("same_name", 1)


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


@pytest.mark.parametrize("said", ["aggregated", "no"])
def test_who_does_not_want_its_name_is_not_merged_into_who_gives_it(said: str) -> None:
    quiet, loud = make_organisation("quiet"), make_organisation("loud")
    make_published(quiet, B1="Quiet circle")
    save_sheet(organisation=quiet, given={"K4": {"value": said}}, by=SYSTEM)

    with pytest.raises(DomainError) as refused:
        merge_organisations(source=quiet, target=loud, by=SYSTEM)

    assert (refused.value.code, list(public_records())) == ("consent", [])
