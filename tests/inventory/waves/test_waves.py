"""A wave from its plan to its publication."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import save_answers, save_sheet
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Record
from inventory.waves.domain import (
    confirm_all_unchanged,
    confirm_unchanged,
    declare_none,
    publish_wave,
    return_response,
    submit_response,
)
from inventory.waves.models import ResponseEntry, Wave, WaveResponse
from inventory.waves.queries import rows_of_wave
from programmes.access.links import create_link
from programmes.outbox.models import OutboxEmail
from tests.inventory.cast import edition, initiative_of, make_member, make_organisation, make_published, signed_in
from tests.inventory.waves.cast import SHORT, accept, answer, make_wave, response_of
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


def test_opening_asks_every_verified_organisation_once_with_its_own_link() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    make_organisation("unverified", verified=False)
    make_organisation("mine", type="company")

    wave = make_wave()

    letters = OutboxEmail.objects.filter(kind="wave_letter").order_by("recipient")
    assert [response.organisation for response in wave.responses.order_by("pk")] == [andes, norte]
    assert [letter.recipient for letter in letters] == [f"contact@{slug}.example.org" for slug in ("andes", "norte")]
    assert [letter.links["answer"]["subject_id"] for letter in letters] == [andes.pk, norte.pk]


def test_what_was_told_last_time_is_carried_forward_and_confirmed_in_one_tap() -> None:
    andes = make_organisation("andes")
    before = make_published(andes, editions=[edition("1", year=2025, D7=14)])
    wave = make_wave()
    response = response_of(andes, wave)

    confirm_unchanged(response=response, initiative=initiative_of(before), by=SYSTEM)
    confirm_unchanged(response=response, initiative=initiative_of(before), by=SYSTEM)

    entry = ResponseEntry.objects.get()
    assert (entry.change, entry.record.carried_from, entry.record.answers) == ("unchanged", before, before.answers)
    assert [(one.label, one.answers) for one in entry.record.editions.all()] == [("1", {"D7": {"value": 14}})]
    response.refresh_from_db()
    assert response.started_at is not None


def test_the_whole_way_ends_in_a_published_wave_and_the_first_stays() -> None:
    andes = make_organisation("andes")
    first = make_published(andes, B5="As told before")
    wave = make_wave()
    save_answers(initiative=initiative_of(first), given={"B5": {"value": "As told now"}}, by=SYSTEM)

    accept(answer(andes, wave))
    publish_wave(wave=wave, by=SYSTEM)

    wave.refresh_from_db()
    told = [(row.code, row.answers["B5"]["value"]) for row in rows_of_wave(wave).initiatives]
    assert (wave.state, told) == ("published", [(initiative_of(first).code, "As told now")])
    assert ResponseEntry.objects.get().change == "changed"
    assert list(Record.objects.filter(initiative=first.initiative).order_by("pk").values_list("is_current")) == [
        (False,),
        (True,),
    ]


def test_an_organisation_without_any_initiative_answers_so() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    response = response_of(andes, wave)

    declare_none(response=response, idea=False, by=SYSTEM)
    save_sheet(organisation=andes, given={"K4": {"value": "yes"}}, by=SYSTEM)
    submit_response(response=response, confirmed=True, by=SYSTEM)

    response.refresh_from_db()
    assert response.state == "submitted"
    assert response.sheet is not None
    assert (response.sheet.answers["A10"], response.entries.count()) == ({"value": "no"}, 0)


@pytest.mark.parametrize(
    ("sheet", "looked_at", "confirmed", "code"),
    [
        ({}, True, True, "sheet_open"),
        (SHORT, False, True, "not_looked_at"),
        (SHORT, True, False, "not_confirmed"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_sent(
    sheet: dict[str, Any], looked_at: bool, confirmed: bool, code: str
) -> None:
    andes = make_organisation("andes")
    make_published(andes)
    response = response_of(andes, make_wave())
    save_sheet(organisation=andes, given=sheet, by=SYSTEM)
    if looked_at:
        confirm_all_unchanged(response=response, by=SYSTEM)

    with pytest.raises(DomainError) as refused:
        submit_response(response=response, confirmed=confirmed, by=SYSTEM)

    response.refresh_from_db()
    assert (refused.value.code, response.state) == (code, "draft")
    assert not Record.objects.filter(review="submitted").exists()


def test_a_wave_closed_in_mid_edit_keeps_what_was_written() -> None:
    andes = make_organisation("andes")
    record = make_published(andes)
    wave = make_wave(closes=1)
    response = response_of(andes, wave)

    with clock.shifted(timedelta(days=2)):
        save_answers(initiative=initiative_of(record), given={"B5": {"value": "Too late"}}, by=SYSTEM)
        with pytest.raises(DomainError) as refused:
            submit_response(response=response, confirmed=True, by=SYSTEM)

    assert refused.value.code == "wave_closed"
    assert Record.objects.get(review="draft").answers["B5"] == {"value": "Too late"}


def test_questions_come_in_one_letter_and_the_reply_goes_back() -> None:
    andes = make_organisation("andes")
    make_published(andes, B1="Circle")
    make_published(andes, B1="Pairs")
    wave = make_wave()
    response = answer(andes, wave)
    asked = response.entries.order_by("pk").first()
    assert asked is not None

    return_response(response=response, asks={asked.record_id: [Ask("42 of 38?", question="B6")]}, by=SYSTEM)

    letter = OutboxEmail.objects.get(kind="wave_returned")
    assert ("42 of 38?" in letter.body, letter.recipient) == (True, "contact@andes.example.org")
    assert list(Record.objects.exclude(review="published").values_list("review", flat=True)) == ["returned"] * 3
    response = response_of(andes, wave)
    submit_response(response=response, confirmed=True, by=SYSTEM)
    assert accept(response).state == "accepted"


def test_returning_needs_a_question() -> None:
    andes = make_organisation("andes")
    response = answer(andes, make_wave())

    with pytest.raises(DomainError) as refused:
        return_response(response=response, asks={}, by=SYSTEM)

    assert (refused.value.code, response_of(andes, response.wave).state) == ("no_note", "submitted")


def test_two_people_send_at_once_and_it_is_sent_once() -> None:
    andes = make_organisation("andes")
    response = answer(andes, make_wave())
    stale = response_of(andes, response.wave)

    with pytest.raises(DomainError) as refused:
        submit_response(response=stale, confirmed=True, by=SYSTEM)

    assert refused.value.code == "already_sent"


def test_the_link_opens_its_own_organisation_only() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    record = make_published(andes)
    make_wave()
    client = Client()
    client.get(create_link(purpose="inventory.answer", subject_id=norte.pk))

    own = client.get(reverse("wave-answer", kwargs={"organisation": "norte", "code": "2027"}))
    foreign = client.get(reverse("wave-answer", kwargs={"organisation": "andes", "code": "2027"}))
    entry = client.get(reverse("initiative-record", kwargs={"organisation": "norte", "pk": record.initiative_id}))

    assert (own.status_code, foreign.status_code, entry.status_code) == (200, 302, 404)


def test_by_the_link_nothing_changed_takes_two_presses() -> None:
    """The first is the link in the letter."""
    andes = make_organisation("andes")
    make_published(andes, B1="Circle")
    make_published(andes, B1="Pairs")
    accept(answer(andes, (first := make_wave("2026"))))
    publish_wave(wave=first, by=SYSTEM)
    wave = make_wave()
    client = Client()

    page = client.get(create_link(purpose="inventory.answer", subject_id=andes.pk), follow=True)
    form = re.search(r'<form[^>]*action="([^"]*/send/)"', page.content.decode())
    assert form is not None
    client.post(form[1], {"unchanged": "1", "confirmed": "1"})

    response = response_of(andes, wave)
    assert (response.state, list(response.entries.values_list("change", flat=True))) == ("submitted", ["unchanged"] * 2)


def test_nothing_accepted_is_nothing_to_publish() -> None:
    make_organisation("andes")
    wave = make_wave()

    with pytest.raises(DomainError):
        publish_wave(wave=wave, by=SYSTEM)

    assert Wave.objects.get().state == "open"


def test_what_is_accepted_later_is_published_once_more() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    make_published(norte, B1="Late")
    wave = make_wave()
    accept(answer(andes, wave))
    late = answer(norte, wave)
    publish_wave(wave=wave, by=SYSTEM)

    accept(response_of(norte, wave))
    publish_wave(wave=Wave.objects.get(), by=SYSTEM)

    late.refresh_from_db()
    assert (late.state, len(rows_of_wave(wave).initiatives)) == ("published", 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_the_database_as_often_for_many_as_for_one(rows: int, django_assert_num_queries: Any) -> None:
    staff = signed_in(make_member(make_organisation("iwim", platform=True, type="iwim"), "iwim_reviewer"))
    organisations = [make_organisation(f"andes-{number}") for number in range(2 * rows)]
    for organisation in organisations:
        make_published(organisation, editions=[edition("1", D5=3, D7=5)])
    wave = make_wave()
    for organisation in organisations[:rows]:
        answer(organisation, wave)
    staff.get(reverse("staff-waves"))

    with django_assert_num_queries(9):
        page = staff.get(reverse("staff-wave", kwargs={"code": "2027"})).content.decode()

    assert "1 contradiction" in page


def test_answers_read_before_a_change_are_not_accepted() -> None:
    andes = make_organisation("andes")
    record = make_published(andes)
    wave = make_wave()
    response = answer(andes, wave)
    seen = {entry.record_id: entry.record.version for entry in response.entries.select_related("record")}
    return_response(response=response, asks={next(iter(seen)): [Ask("Which year?")]}, by=SYSTEM)
    save_answers(initiative=initiative_of(record), given={"B5": {"value": "Other"}}, by=SYSTEM)
    response = response_of(andes, wave)
    submit_response(response=response, confirmed=True, by=SYSTEM)
    staff = signed_in(make_member(make_organisation("iwim", platform=True, type="iwim"), "iwim_reviewer"))

    body = {"decision": "accept", "versions": str(seen).replace("{", '{"').replace(":", '":')}
    reply = staff.post(reverse("staff-wave-response", kwargs={"code": "2027", "pk": response.pk}), body)

    assert (reply.status_code, WaveResponse.objects.get(pk=response.pk).state) == (409, "submitted")


def test_a_stale_wave_shows_both_versions() -> None:
    staff = signed_in(make_member(make_organisation("iwim", platform=True, type="iwim"), "iwim_reviewer"))
    wave = make_wave(is_open=False)
    Wave.objects.filter(pk=wave.pk).update(version=5, name="Hers")
    data = {"name": "Mine", "version": "1", "languages": ["en"], "time_zone": "UTC", "most_letters": "3"}
    data |= {"letter_days": "14", "opens": wave.opens_wall, "closes": wave.closes_wall}

    reply = staff.post(reverse("staff-wave-edit", kwargs={"code": "2027"}), data)

    assert (reply.status_code, Wave.objects.get().name) == (409, "Hers")


def test_saving_without_a_change_opens_nothing() -> None:
    record = make_published(make_organisation("andes"))

    save_answers(initiative=initiative_of(record), given={"B3": {"value": "running"}}, by=SYSTEM)

    assert Record.objects.count() == 1


def test_what_belongs_to_a_response_is_decided_there() -> None:
    andes = make_organisation("andes")
    record = make_published(andes)
    answer(andes, make_wave())
    staff = signed_in(make_member(make_organisation("iwim", platform=True, type="iwim"), "iwim_reviewer"))

    page = staff.get(reverse("staff-initiatives"))
    single = staff.get(
        reverse("staff-initiative", args=[Record.objects.get(review="submitted", initiative=record.initiative).pk])
    )

    assert [row["record"] for row in page.context["rows"]] == [record]
    assert single.status_code == 404


def test_a_draft_that_is_given_up_leaves_what_is_public() -> None:
    andes = make_organisation("andes")
    record = make_published(andes)
    save_answers(initiative=initiative_of(record), given={"B5": {"value": "Not so"}}, by=SYSTEM)
    client = signed_in(make_member(andes, "owner"))
    where = ["andes", record.initiative_id]

    client.post(reverse("initiative-give-up", args=where))
    again = client.post(reverse("initiative-give-up", args=where), follow=True).content.decode()

    assert sorted(Record.objects.values_list("review", "is_current")) == [("archived", False), ("published", True)]
    assert "Only a draft can be given up" in again


def test_saying_that_it_has_none_keeps_its_own_words() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    response = response_of(andes, wave)
    save_sheet(organisation=andes, given={**SHORT, "A10": {"value": "planned", "words": "Our words"}}, by=SYSTEM)
    declare_none(response=response, idea=False, by=SYSTEM)
    sheet = Record.objects.get(initiative=None)
    assert sheet.answers["A10"].get("words") == "Our words"
