"""What was taken off the list is off for readers and kept for its organisation."""

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import archive_record, publish_record, save_answers, save_sheet, submit_record
from inventory.initiatives.models import Initiative, Record
from inventory.initiatives.queries import living_record
from inventory.waves.changes import standings_of
from inventory.waves.domain import confirm_all_unchanged, confirm_unchanged, declare_none, submit_response
from tests.inventory.cast import editor, fields, make_organisation, make_published
from tests.inventory.waves.cast import make_wave, response_of
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


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
