"""Entered by organisations, read and published by IWiM, found by everybody."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import publish_record, return_record, save_answers, submit_record
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Edition, Initiative, Inquiry, Record, Statement
from programmes.audit.models import AuditEvent
from programmes.outbox.models import OutboxEmail
from tests.inventory.cast import (
    edition,
    make_member,
    make_organisation,
    make_published,
    make_record,
    signed_in,
)
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.codes import MENTOR_TARGET_GENDER
from wimmentor.base.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db
NEW = {"organisation": "andes"}


def form_data(**changes: object) -> dict[str, object]:
    data: dict[str, object] = {
        "B1": "Umbral",
        "B2": ["mentoring_1to1", "coaching"],
        "B2_main": "coaching",
        "B3": "running",
        "C1": ["graduate"],
        "C1_words": "Recién egresadas",
        "E1_state": "unknown",
        "C6": "both_open",
    }
    return {**data, **changes}


def ask(text: str, question: str = "") -> list[Ask]:
    return [Ask(text, question=question)]


def test_what_is_entered_is_what_is_kept() -> None:
    client = signed_in(make_member(make_organisation("andes"), "inventory_editor"))

    client.post(reverse("initiative-new", kwargs=NEW), form_data())

    record = Record.objects.get()
    assert record.answers == {
        "B1": {"value": "Umbral"},
        "B2": {"value": ["mentoring_1to1", "coaching"], "main": "coaching"},
        "B3": {"value": "running"},
        "C1": {"value": ["graduate"], "words": "Recién egresadas"},
        "C6": {"value": "both_open"},
        "E1": {"state": "unknown"},
    }
    assert (record.kinds, record.status, record.name_folded) == (("mentoring_1to1", "coaching"), "running", "umbral")


def test_numbers_belong_to_editions_and_zero_is_not_unknown() -> None:
    organisation = make_organisation("andes")
    record = make_record(organisation)
    client = signed_in(make_member(organisation, "owner"))
    data = {"label": "1", "year": "2026", "D5": "0", "D7_state": "unknown", "D6__women": "7", "F1": "6.5"}

    client.post(reverse("edition-new", kwargs={**NEW, "pk": record.initiative_id}), data)

    kept = Edition.objects.get()
    assert (kept.label, kept.year) == ("1", 2026)
    assert kept.answers == {
        "D5": {"value": 0},
        "D6": {"value": {"women": 7}},
        "D7": {"state": "unknown"},
        "F1": {"value": 6.5},
    }


def test_pressed_twice_it_is_one_entry() -> None:
    client = signed_in(make_member(make_organisation("andes"), "inventory_editor"))

    made = [client.post(reverse("initiative-new", kwargs=NEW), form_data()) for _press in range(2)]

    target = reverse("initiative-record", kwargs={**NEW, "pk": Initiative.objects.get().pk})
    assert [answer["Location"] for answer in made] == [target, target]
    assert AuditEvent.objects.filter(verb="initiative.created").count() == 1


def test_another_entry_needs_another_name() -> None:
    """What she typed is neither lost nor taken for the first one."""
    client = signed_in(make_member(make_organisation("andes"), "inventory_editor"))
    client.post(reverse("initiative-new", kwargs=NEW), form_data())

    page = client.post(reverse("initiative-new", kwargs=NEW), form_data(B1="UMBRAL", B3="planned"))

    assert page.context["form"].errors["B1"] == ["Your organisation has an entry with this name already."]
    assert (Initiative.objects.count(), 'value="UMBRAL"' in page.content.decode()) == (1, True)


def test_two_organisations_may_use_one_name() -> None:
    for slug in ("andes", "norte"):
        make_record(make_organisation(slug))
    assert Initiative.objects.count() == 2


def test_open_questions_of_the_short_form_keep_it_from_being_sent() -> None:
    record = make_record(make_organisation("andes"), E1=None)

    with pytest.raises(DomainError) as refused:
        submit_record(record=record, by=SYSTEM)

    record.refresh_from_db()
    assert (refused.value.field, record.review) == ("E1", "draft")


def test_scholarships_are_not_asked_how_pairs_are_made() -> None:
    record = make_record(make_organisation("andes"), B2=["scholarship"], C1=None, C6=None, E1=None)

    assert submit_record(record=record, by=SYSTEM).review == "submitted"


def test_reviewed_step_by_step_with_one_event_each() -> None:
    record = make_record(make_organisation("andes"))

    submit_record(record=record, by=SYSTEM)
    return_record(record=record, asks=ask("Which year?"), by=SYSTEM)
    submit_record(record=record, by=SYSTEM)
    publish_record(record=record, by=SYSTEM)

    record.refresh_from_db()
    assert (record.review, record.is_current) == ("published", True)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "initiative.created",
        "record.submitted",
        "record.returned",
        "record.submitted",
        "record.published",
    ]


def test_two_reviewers_publish_one_wins() -> None:
    record = make_record(make_organisation("andes"))
    submit_record(record=record, by=SYSTEM)
    hers = Record.objects.get(pk=record.pk)
    publish_record(record=record, by=SYSTEM)

    with pytest.raises(Conflict):
        publish_record(record=hers, by=SYSTEM)


def test_what_is_public_stays_until_the_change_is_read() -> None:
    record = make_published(make_organisation("andes"), B5="As it was")
    assert record.initiative is not None
    address = reverse("initiative-page", kwargs={"code": record.initiative.code})

    save_answers(initiative=record.initiative, given={"B5": {"value": "As it is now"}}, by=SYSTEM)
    before = Client().get(address).content.decode()
    changed = Record.objects.get(review="draft")
    submit_record(record=changed, by=SYSTEM)
    publish_record(record=changed, by=SYSTEM)
    after = Client().get(address).content.decode()

    assert ("As it was" in before, "As it is now" in before) == (True, False)
    assert "As it is now" in after
    assert list(Record.objects.order_by("pk").values_list("review", "is_current")) == [
        ("published", False),
        ("published", True),
    ]


def test_a_published_entry_asked_about_stays_public_and_comes_back() -> None:
    record = make_published(make_organisation("andes"))

    asked = return_record(record=record, asks=ask("Which year?", "B6"), by=SYSTEM)

    assert (asked.pk != record.pk, asked.review) == (True, "returned")
    assert Record.objects.get(pk=record.pk).is_current
    assert list(Inquiry.objects.values_list("record", "question", "text")) == [(asked.pk, "B6", "Which year?")]


def test_unverified_organisations_are_not_published() -> None:
    record = make_record(make_organisation("andes", verified=False))
    submit_record(record=record, by=SYSTEM)

    with pytest.raises(DomainError):
        publish_record(record=record, by=Actor("user"))


def test_filters_of_the_public_list() -> None:
    organisation = make_organisation("andes")
    make_published(organisation, B1="Circle", B2=["mentoring_circle"], F4=["qu", "es"])
    make_published(organisation, B1="Pairs")
    make_record(organisation, B1="Unread", B2=["mentoring_circle"])

    def names(**query: str) -> list[str]:
        rows = Client().get(reverse("inventory-directory"), query).context["rows"]
        return sorted(row["title"] for row in rows)

    assert names() == ["Circle", "Pairs"]
    assert names(kind="mentoring_circle") == ["Circle"]
    assert names(q="ANDÉS") == ["Circle", "Pairs"]
    assert names(country="KE") == ["Circle", "Pairs"]  # a country without entries is no choice and filters nothing
    assert names(status="idea") == []


def test_strangers_get_the_same_404_as_for_a_missing_id() -> None:
    other = make_organisation("savanna")
    hers = make_record(make_organisation("desierto"))
    client = signed_in(make_member(other, "owner"))

    def get(pk: Any) -> Any:
        return client.get(reverse("initiative-record", kwargs={"organisation": "savanna", "pk": pk}))

    foreign, missing = get(hers.initiative_id), get(999999)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


@pytest.mark.parametrize("rows", [1, 3])
def test_public_list_asks_the_database_as_often_for_many_as_for_one(rows: int, django_assert_num_queries: Any) -> None:
    organisation = make_organisation("andes")
    for number in range(rows):
        make_published(organisation, B1=f"Entry {number}", editions=[edition("1")])
    Statement.objects.create(
        organisation=organisation, topic="position", value="for", is_public=True, as_of=date(2021, 7, 29)
    )

    with django_assert_num_queries(6):
        Client().get(reverse("inventory-directory"), {"q": ""})


def test_staff_review_needs_the_platform_role() -> None:
    record = make_record(make_organisation("andes"))
    submit_record(record=record, by=SYSTEM)
    address = reverse("staff-initiative", kwargs={"pk": record.pk})
    owner = signed_in(make_member(make_organisation("savanna"), "owner"))
    staff = signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))
    body = {"decision": "publish", "version": record.version}

    assert owner.post(address, body).status_code == 403
    assert staff.post(address, body).status_code == 302

    record.refresh_from_db()
    assert record.review == "published"


@pytest.mark.parametrize("decision", ["publish", "return"])
def test_an_entry_changed_since_it_was_opened_is_read_again(decision: str) -> None:
    record = make_record(make_organisation("andes"), B5="As it was read")
    assert record.initiative is not None
    submit_record(record=record, by=SYSTEM)
    address = reverse("staff-initiative", kwargs={"pk": record.pk})
    staff = signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))
    seen = staff.get(address).context["form"].initial["version"]
    return_record(record=record, asks=ask("Which year?"), by=SYSTEM)
    save_answers(initiative=record.initiative, given={"C6": {"value": "women_only"}}, by=SYSTEM)
    submit_record(record=Record.objects.get(), by=SYSTEM)

    answer = staff.post(address, {"decision": decision, "version": seen, "note": "How many pairs?"})

    page = answer.content.decode()
    assert (answer.status_code, Record.objects.get().review) == (409, "submitted")
    assert list(Inquiry.objects.values_list("text", flat=True)) == ["Which year?"]
    assert "changed this entry since you opened it" in page
    assert MENTOR_TARGET_GENDER.label("women_only") in page


def test_a_question_goes_to_those_who_keep_the_entry() -> None:
    organisation = make_organisation("andes")
    for role in ("owner", "inventory_editor", "coordinator"):
        make_member(organisation, role)
    record = make_record(organisation)
    for note in ("Which year?", "And which month?"):
        submit_record(record=record, by=SYSTEM)
        return_record(record=record, asks=ask(note, "B6"), by=SYSTEM)

    letters = OutboxEmail.objects.filter(kind="initiative_returned").order_by("pk")
    assert [(letter.recipient, letter.organisation_id) for letter in letters] == [
        ("owner@andes.example.org", organisation.pk),
        ("inventory_editor@andes.example.org", organisation.pk),
    ] * 2
    assert ["And which month?" in letter.body for letter in letters] == [False, False, True, True]
    assert f"/o/andes/inventory/{record.initiative_id}/" in letters[0].body


def test_a_reply_stands_beside_the_question_for_iwim() -> None:
    organisation = make_organisation("andes")
    record = make_record(organisation)
    submit_record(record=record, by=SYSTEM)
    return_record(record=record, asks=ask("Which year?"), by=SYSTEM)
    inquiry = Inquiry.objects.get()
    client = signed_in(make_member(organisation, "owner"))

    client.post(reverse("inventory-reply", kwargs={**NEW, "inquiry": inquiry.pk}), {"reply": "In 2019"})
    submit_record(record=record, by=SYSTEM)
    staff = signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))
    page = staff.get(reverse("staff-initiative", kwargs={"pk": record.pk})).content.decode()

    assert "In 2019" in page


def test_export_leaves_unknown_and_few_people_empty() -> None:
    make_published(
        make_organisation("andes"), editions=[edition("2", D7=14), edition("3", D5=4, D7=5, D6={"total": 0})]
    )

    text = Client().get(reverse("inventory-export", kwargs={"form": "csv"})).content.decode("utf-8-sig")

    first, second = (line.split(",") for line in text.splitlines()[1:])
    assert first[1:5] == ["Andes", "PE", "mentoring_1to1", "running"]
    assert first[9:15] == ["2", "", "", "", "14", ""]
    assert second[9:15] == ["3", "", "", "0", "5", ""]


@pytest.mark.parametrize("said", [{"value": "aggregated"}, {"state": "declined"}, {"state": "unknown"}])
def test_an_organisation_that_does_not_want_its_name_is_in_no_public_list(said: dict[str, str]) -> None:
    named, unnamed = make_organisation("andes"), make_organisation("norte")
    make_published(named)
    record = make_published(unnamed)
    assert record.initiative is not None
    sheet = Record.objects.create(organisation=unnamed, answers={"K4": said})

    rows = Client().get(reverse("inventory-directory")).context["rows"]
    page = Client().get(reverse("initiative-page", kwargs={"code": record.initiative.code}))

    assert (sheet.publishing, [row["record"].organisation for row in rows]) == ("aggregated", [named])
    assert page.status_code == 404


def test_a_visitor_asks_and_sees_no_address(client: Client) -> None:
    record = make_published(make_organisation("andes"))
    assert record.initiative is not None
    address = reverse("initiative-ask", kwargs={"code": record.initiative.code})
    shown = client.get(address).context["form"]["shown"].initial

    quick = {"name": "Ana", "email": "ana@example.org", "message": "May I join?", "shown": shown}
    page = client.post(address, quick)
    again = {**quick, "shown": page.context["form"].data["shown"]}
    done = client.post(address, again)

    letter = OutboxEmail.objects.get(kind="inventory_enquiry")
    assert (done.status_code, letter.recipient, letter.reply_to) == (
        302,
        "contact@andes.example.org",
        "ana@example.org",
    )
    assert "contact@andes.example.org" not in page.content.decode()


def test_answers_of_the_wrong_level_or_list_are_refused() -> None:
    organisation = make_organisation("andes")
    with pytest.raises(DomainError) as stray:
        make_record(organisation, D5=3)
    with pytest.raises(DomainError) as unknown:
        make_record(organisation, B3="sleeping")

    assert (stray.value.code, unknown.value.field) == ("no_such_question", "B3")
