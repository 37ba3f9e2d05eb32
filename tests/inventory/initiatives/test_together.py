"""Two people write one entry: nothing of either is lost, and nothing is called a change that is none."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from inventory.initiatives.domain import (
    remove_edition,
    return_record,
    save_answers,
    save_edition,
    save_sheet,
    submit_record,
)
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Edition, Initiative, Record
from inventory.initiatives.queries import living_record
from tests.inventory.cast import (
    edition,
    editor,
    fields,
    make_organisation,
    make_published,
    make_record,
)
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


def test_an_answer_that_the_form_did_not_show_stays() -> None:
    andes = make_organisation("andes")
    record = make_record(andes, B2=["scholarship"])
    client = editor(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "short"])
    data = fields(client, url) | {"B3": "paused"}
    save_answers(
        initiative=record.initiative,
        given={"B2": {"value": ["mentoring_1to1"]}, "E1": {"value": ["random"], "words": "We throw dice"}},
        by=SYSTEM,
    )

    client.post(url, data)

    record.refresh_from_db()
    assert record.answers.get("E1") == {"value": ["random"], "words": "We throw dice"}


def test_rows_beyond_those_of_a_colleague_who_shortened_the_list_stay_in_the_form() -> None:
    andes = make_organisation("andes")
    partners = [{"organisation": f"Partner {number}"} for number in range(8)]
    record = make_record(andes, B11=partners)
    client = editor(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "B"])
    data = fields(client, url) | {"B11__7__organisation": "Partner of hers"}
    save_answers(initiative=record.initiative, given={"B11": {"value": partners[:1]}}, by=SYSTEM)

    page = client.post(url, data)
    hers = page.context["form"]
    client.post(url, {**data, "seen": hers.data["seen"]})

    record.refresh_from_db()
    assert hers["B11__7__organisation"].value() == "Partner of hers"
    assert [row["organisation"] for row in record.answers["B11"]["value"]][-1] == "Partner of hers"
    assert len(record.answers["B11"]["value"]) == 8


def test_an_answer_to_what_is_no_longer_asked_is_kept() -> None:
    andes = make_organisation("andes")
    record = make_record(andes)
    client = editor(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "E"])
    data = fields(client, url) | {"E4": "Her long answer"}
    save_answers(initiative=record.initiative, given={"B2": {"value": ["scholarship"]}}, by=SYSTEM)

    client.post(url, data)

    record.refresh_from_db()
    assert record.answers["E4"] == {"value": "Her long answer"}


def test_boxes_in_another_order_are_no_change() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, B2=["training", "mentoring_1to1"], C1=["graduate", "student"])
    client = editor(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "short"])
    data = fields(client, url)
    order = [code for code, _label in client.get(url).context["form"].fields["B2"].choices]
    data["B2"] = [code for code in order if code in data["B2"]]
    page = client.post(url, data, follow=True).content.decode()
    assert "Nothing was different" in page


@pytest.mark.parametrize(
    "seen", ["[" * 19_000, "1" * 5000, '{"B1": {"a": 1}}', "null", '"\\ud800"', '{"\\ud800": "\\ud800"}']
)
def test_what_a_form_showed_can_be_forged_without_an_error(seen: str) -> None:
    andes = make_organisation("andes")
    record = make_record(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "short"])
    client = editor(andes)
    client.raise_request_exception = False
    data = fields(client, url) | {"seen": seen, "B3": "paused"}
    assert client.post(url, data).status_code < 500


def test_a_comment_told_last_time_makes_no_conflict() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, B5={"value": "Old purpose", "words": "", "comment": "for IWiM"})
    client = editor(andes)
    url = reverse("initiative-edit", args=["andes", record.initiative_id, "B"])
    data = fields(client, url) | {"B5": "New purpose"}
    page = client.post(url, data, follow=True).content.decode()

    now = living_record(Initiative.objects.get())
    assert now is not None
    assert "wrote meanwhile" not in page
    assert now.answers["B5"]["value"] == "New purpose"


def test_the_first_sheet_of_two_at_once_keeps_both() -> None:
    """A colleague's is kept between the moment when hers looked for one and the moment when hers is kept."""
    andes = make_organisation("andes")
    client, came = editor(andes), []
    url = reverse("organisation-sheet-edit", args=["andes", "short"])
    data = fields(client, url) | {"A1": "Andes of hers"}

    def come_between(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if 'FROM "inventory_record"' in sql and not came:
            came.append(sql)
            save_sheet(organisation=andes, given={"K4": {"value": "no"}}, by=SYSTEM)
        return found

    with connection.execute_wrapper(come_between):
        client.post(url, data)

    kept = Record.objects.get(initiative=None).answers
    assert (kept.get("K4"), kept.get("A1")) == ({"value": "no"}, {"value": "Andes of hers"})


def test_an_edition_renamed_by_a_colleague_is_not_renamed_back() -> None:
    andes = make_organisation("andes")
    record = make_record(andes, editions=[edition("2024", year=2024, D5=10)])
    client = editor(andes)
    one = record.editions.get()
    url = reverse("edition-edit", args=["andes", record.initiative_id, one.pk])
    data = fields(client, url) | {"D7": "9"}
    save_edition(initiative=record.initiative, label="Pilot 2023", year=2023, before=one, given={}, by=SYSTEM)

    client.post(url, data)

    one.refresh_from_db()
    assert (one.label, one.year, one.answers.get("D7")) == ("Pilot 2023", 2023, {"value": 9})


def test_an_edition_carried_and_renamed_is_still_found() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, editions=[edition("2024", year=2024, D5=10)])
    client = editor(andes)
    one = record.editions.get()
    url = reverse("edition-edit", args=["andes", record.initiative_id, one.pk])
    data = fields(client, url) | {"D7": "9"}
    save_edition(initiative=record.initiative, label="Pilot 2023", year=2023, before=one, given={}, by=SYSTEM)

    client.post(url, data)

    carried = Edition.objects.get(record__review="draft")
    assert (carried.label, carried.answers) == ("Pilot 2023", {"D5": {"value": 10}, "D7": {"value": 9}})


def test_an_edition_removed_once_carried_is_not_taken_for_another() -> None:
    andes = make_organisation("andes")
    record = make_published(andes, editions=[edition("2023"), edition("2024")])
    client = editor(andes)
    one = record.editions.get(label="2023")
    url = reverse("edition-edit", args=["andes", record.initiative_id, one.pk])
    data = fields(client, url) | {"D7": "9"}
    remove_edition(initiative=record.initiative, edition=one, by=SYSTEM)

    page = client.post(url, data).content.decode()

    assert "Somebody has removed this edition" in page
    assert Edition.objects.get(record__review="draft").answers == {}


def test_two_who_rename_an_edition_read_of_each_other() -> None:
    andes = make_organisation("andes")
    record = make_record(andes, editions=[edition("2024", year=2024)])
    client = editor(andes)
    one = record.editions.get()
    url = reverse("edition-edit", args=["andes", record.initiative_id, one.pk])
    data = fields(client, url) | {"label": "Mine", "D7": "9"}
    save_edition(initiative=record.initiative, label="Theirs", year=2024, before=one, given={}, by=SYSTEM)

    page = client.post(url, data)
    kept = Edition.objects.get()
    client.post(url, data | {"seen": page.context["form"].data["seen"]})

    assert ("“Theirs”" in page.content.decode(), kept.label, kept.answers) == (True, "Theirs", {"D7": {"value": 9}})
    assert Edition.objects.get().label == "Mine"


def test_a_reply_replaces_none_that_was_not_shown() -> None:
    andes = make_organisation("andes")
    record = make_record(andes)
    submit_record(record=record, by=SYSTEM)
    return_record(record=record, asks=[Ask("How many?")], by=SYSTEM)
    inquiry = record.inquiries.get()
    client = editor(andes)
    url = reverse("inventory-reply", args=["andes", inquiry.pk])
    client.post(url, {"reply": "The first, long reply"})

    refused = client.post(url, {"reply": "Mine", "shown": ""})
    inquiry.refresh_from_db()
    kept = inquiry.reply
    client.post(url, {"reply": "Both", "shown": kept})

    page = refused.content.decode()
    assert (refused.status_code, kept) == (409, "The first, long reply")
    assert ("The first, long reply" in page, "Mine" in page) == (True, True)
    inquiry.refresh_from_db()
    assert inquiry.reply == "Both"
