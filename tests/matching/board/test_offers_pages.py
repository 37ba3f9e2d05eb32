"""The coordinator's pages of offers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.board.domain import answer_offer
from matching.board.models import Offer
from programmes.outbox.models import OutboxEmail
from tests.matching.board.cast import (
    Cast,
    address,
    coordinate,
    in_a_week,
    make_cast,
    make_member,
    offer_of,
    open_link,
    publish,
    run_matching,
    states,
)
from wimmentor.base.actors import SYSTEM

LIST_QUERIES = 6
DETAIL_QUERIES = 5
SEND_QUERIES = 16


def form_of(cast: Cast, client: Client, **changes: Any) -> dict[str, Any]:
    """What the page would post if nobody touched it."""
    page = client.get(address("offers-publish", cast.cohort))
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields if name != "proposals"}
    fields["deadline"] = fields["deadline"].isoformat(timespec="minutes")
    fields["proposals"] = [line.proposal.pk for line in page.context["lines"]]
    return {**fields, **changes}


@pytest.mark.django_db
def test_the_page_shows_who_would_get_what_and_sends_nothing() -> None:
    cast = make_cast()

    page = coordinate(cast).get(address("offers-publish", cast.cohort))

    html = page.content.decode()
    for words in ("Lucía Paredes", "Elena Rojas", "Send the offers", "(her own link)", "Hello Ana,"):
        assert words in html
    deadline = page.context["form"]["deadline"].value()
    assert (deadline.hour, deadline.minute) == (23, 59)
    assert (Offer.objects.count(), OutboxEmail.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_page_shows_both_letters_of_every_language() -> None:
    cast = make_cast()
    for first in ("Ana", "Elena"):
        person = cast[first]
        person.language = "es"
        person.save()

    letters = coordinate(cast).get(address("offers-publish", cast.cohort)).context["letters"]

    told = [(row["person"].role, row["person"].language, row["letter"].body.split()[0]) for row in letters]
    assert sorted(told) == [
        ("mentee", "en", "Hello"),
        ("mentee", "es", "Hola,"),
        ("mentor", "en", "Hello"),
        ("mentor", "es", "Hola,"),
    ]


@pytest.mark.django_db
def test_the_list_says_how_the_offers_stand() -> None:
    cast = make_cast()
    publish(cast)
    for side in ("mentee", "mentor"):
        answer_offer(offer=offer_of(cast, "Ana"), side=side, answer="yes", by=SYSTEM)
    answer_offer(offer=offer_of(cast, "Lucía"), side="mentee", answer="no", by=SYSTEM)

    page = coordinate(cast).get(address("offers-list", cast.cohort))

    assert page.context["summary"] == (
        "1 pair waits for an answer. 1 pair said yes on both sides. 1 offer was declined."
    )


@pytest.mark.django_db
def test_sending_from_the_page_leads_to_the_offers() -> None:
    cast = make_cast()
    client = coordinate(cast)
    form = form_of(cast, client)

    first = client.post(address("offers-publish", cast.cohort), form)
    again = client.post(address("offers-publish", cast.cohort), form)

    assert [first["Location"], again["Location"]] == [address("offers-list", cast.cohort)] * 2
    assert (states(cast), OutboxEmail.objects.count()) == ({"Lucía": "sent", "Ana": "sent", "Inés": "sent"}, 6)


@pytest.mark.django_db
def test_only_chosen_pairs_are_sent() -> None:
    cast = make_cast()
    client = coordinate(cast)
    chosen = cast.run.proposals.get(mentee__first_name="Ana").pk

    client.post(address("offers-publish", cast.cohort), form_of(cast, client, proposals=[chosen]))

    assert states(cast) == {"Ana": "sent"}


@pytest.mark.django_db
def test_edited_words_can_be_looked_at_before_they_go() -> None:
    cast = make_cast()
    client = coordinate(cast)
    edited = form_of(cast, client, offer_mentee_en_body="Dear {first_name}, look: [[link:answer]]", show="1")

    page = client.post(address("offers-publish", cast.cohort), edited)

    assert ("Dear Ana, look: (her own link)" in page.content.decode(), Offer.objects.count()) == (True, 0)


@pytest.mark.django_db
def test_a_letter_without_its_link_comes_back_with_the_text_kept() -> None:
    cast = make_cast()
    client = coordinate(cast)

    page = client.post(address("offers-publish", cast.cohort), form_of(cast, client, offer_mentor_en_body="Only this"))

    html = page.content.decode()
    assert ("The letter needs [[link:answer]]" in html, "Only this" in html, Offer.objects.count()) == (True, True, 0)


@pytest.mark.django_db
def test_a_colleague_who_was_slower_sees_a_page_that_says_so() -> None:
    cast = make_cast()
    joana = Client()
    joana.force_login(make_member(cast.cohort, "joana@example.org", "Joana Lima"))
    form = form_of(cast, joana)
    publish(cast)

    page = joana.post(address("offers-publish", cast.cohort), form)

    assert (page.status_code, "Rosa Mamani sent these offers at" in page.content.decode()) == (409, True)


@pytest.mark.django_db
def test_a_page_of_an_older_run_is_refused() -> None:
    cast = make_cast()
    client = coordinate(cast)
    form = form_of(cast, client)
    run_matching(cast.cohort)

    page = client.post(address("offers-publish", cast.cohort), form)

    assert (page.status_code, "There is a newer result" in page.content.decode()) == (409, True)


@pytest.mark.django_db
def test_without_a_result_there_is_nothing_to_send() -> None:
    cast = make_cast()
    cast.run.delete()

    assert "No result yet" in coordinate(cast).get(address("offers-publish", cast.cohort)).content.decode()


@pytest.mark.django_db
def test_an_unverified_organisation_sees_all_but_the_button() -> None:
    cast = make_cast(verified=False)

    html = coordinate(cast).get(address("offers-publish", cast.cohort)).content.decode()

    assert ("Your organisation is not verified yet" in html, "Send the offers" in html) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_database_alike_for_one_and_three(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    client = coordinate(cast)
    if number == 1:
        cast.run.proposals.exclude(mentee__first_name="Lucía").delete()
    with django_assert_num_queries(SEND_QUERIES):
        client.get(address("offers-publish", cast.cohort))
    publish(cast)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(address("offers-list", cast.cohort))

    assert len(page.context["lines"]) == number


@pytest.mark.django_db
def test_the_list_is_filtered_by_state_name_and_silence() -> None:
    cast = make_cast()
    publish(cast)
    Offer.objects.filter(pk=offer_of(cast, "Ana").pk).update(mentee_answer="yes")
    client = coordinate(cast)

    def shown(**query: str) -> list[str]:
        page = client.get(address("offers-list", cast.cohort), query)
        return [line.offer.mentee.first_name for line in page.context["lines"]]

    assert shown() == ["Ana", "Inés", "Lucía"]
    assert shown(q="paredes") == ["Lucía"]
    assert shown(state="late_mentee") == ["Inés", "Lucía"]
    assert shown(state="confirmed") == []
    assert shown(state="nonsense") == ["Ana", "Inés", "Lucía"]


@pytest.mark.django_db
def test_the_export_holds_no_formula_and_no_address() -> None:
    cast = make_cast()
    lucia = cast["Lucía"]
    lucia.first_name = "=cmd()"
    lucia.save()
    publish(cast)
    client = coordinate(cast)

    csv = client.get(address("offers-export", cast.cohort, form="csv"))
    xlsx = client.get(address("offers-export", cast.cohort, form="xlsx"))

    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Mentee,Mentor,State,Mentee's answer,Mentor's answer,Sent,Deadline,Ended"
    assert [line for line in lines if line.startswith(("=", '"='))] == []
    assert ("example.org" in csv.content.decode(), xlsx.content[:2]) == (False, b"PK")


@pytest.mark.django_db
def test_one_offer_and_its_tools(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cast = make_cast()
    publish(cast)
    offer, client = offer_of(cast, "Ana"), coordinate(cast)
    page = address("offer-detail", cast.cohort, pk=offer.pk)

    with django_assert_num_queries(DETAIL_QUERIES):
        html = client.get(page).content.decode()
    answered = client.post(address("offer-answer-for", cast.cohort, pk=offer.pk), {"side": "mentor", "answer": "yes"})
    later = in_a_week(cast.cohort) + timedelta(days=3)
    extended = client.post(
        address("offer-extend", cast.cohort, pk=offer.pk), {"deadline": later.isoformat(timespec="minutes")}
    )
    asked = client.get(address("offer-withdraw", cast.cohort, pk=offer.pk)).content.decode()
    before = offer_of(cast, "Ana")
    withdrawn = client.post(address("offer-withdraw", cast.cohort, pk=offer.pk))

    assert ("Ana told us" in html, "Withdraw the offer to Ana Quispe" in asked) == (True, True)
    assert {answered["Location"], extended["Location"], withdrawn["Location"]} == {page}
    assert (before.state, before.mentor_answer, before.mentor_answered_for) == ("sent", "yes", True)
    assert before.deadline > offer.deadline
    assert states(cast)["Ana"] == "withdrawn"


@pytest.mark.django_db
def test_a_tool_used_twice_says_what_happened() -> None:
    cast = make_cast()
    publish(cast)
    offer, client = offer_of(cast, "Ana"), coordinate(cast)
    tool = address("offer-answer-for", cast.cohort, pk=offer.pk)

    first = client.post(tool, {"side": "mentor", "answer": "yes"})
    again = client.post(tool, {"side": "mentor", "answer": "yes"})
    other = client.post(tool, {"side": "mentor", "answer": "no"})

    html = other.content.decode()
    assert (first["Location"], first.status_code, other.status_code) == (again["Location"], 302, 409)
    assert f"{offer.mentor.name} has answered already." in html
    assert all(text in html for text in ("Yours", "What is there now", "Rosa Mamani, ", " in Santiago (UTC−"))


@pytest.mark.django_db
def test_an_answer_that_came_meanwhile_is_seen_before_it_is_for_nothing() -> None:
    cast = make_cast()
    publish(cast)
    offer, client = offer_of(cast, "Ana"), coordinate(cast)
    withdraw = address("offer-withdraw", cast.cohort, pk=offer.pk)
    seen = {"seen": "/"}
    asked = client.get(withdraw).content.decode()
    answer_offer(offer=offer, side="mentee", answer="yes", by=SYSTEM)

    late = client.post(withdraw, seen)
    state = offer_of(cast, "Ana").state
    informed = client.post(withdraw, {"seen": "yes/"})

    assert 'name="seen" value="/"' in asked
    assert (late.status_code, state, informed.status_code) == (409, "sent", 302)
    assert "Somebody answered while you were looking." in late.content.decode()
    assert states(cast)["Ana"] == "withdrawn"


@pytest.mark.django_db
def test_all_who_wait_get_more_time() -> None:
    cast = make_cast()
    publish(cast)
    later = in_a_week(cast.cohort) + timedelta(days=3)

    page = coordinate(cast).post(
        address("offers-extend", cast.cohort), {"deadline": later.isoformat(timespec="minutes")}, follow=True
    )

    assert "3 offers have a later deadline." in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("offer-detail", "get"),
        ("offer-withdraw", "get"),
        ("offer-withdraw", "post"),
        ("offer-answer-for", "post"),
        ("offer-extend", "post"),
    ],
)
def test_another_organisations_offer_is_as_good_as_none(name: str, method: str) -> None:
    cast, other = make_cast(), make_cast("wim-sierra")
    publish(other)
    theirs, client = offer_of(other, "Ana"), coordinate(cast)
    data = {"side": "mentee", "answer": "yes"}

    def ask(cohort: Any, pk: int) -> Any:
        return getattr(client, method)(address(name, cohort, pk=pk), data)

    answers = [ask(cast.cohort, theirs.pk), ask(cast.cohort, 999_999), ask(other.cohort, theirs.pk)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert offer_of(other, "Ana").state == "sent"


@pytest.mark.django_db
def test_another_organisations_run_and_proposals_cannot_be_sent() -> None:
    cast, other = make_cast(), make_cast("wim-sierra")
    client = coordinate(cast)
    theirs = [proposal.pk for proposal in other.run.proposals.all()]

    wrong_run = client.post(address("offers-publish", cast.cohort), form_of(cast, client, run=other.run.pk))
    wrong_pairs = client.post(address("offers-publish", cast.cohort), form_of(cast, client, proposals=theirs))

    assert (wrong_run.status_code, wrong_pairs.status_code, Offer.objects.count()) == (404, 200, 0)


@pytest.mark.django_db
def test_a_reviewer_sees_no_offers() -> None:
    cast = make_cast()
    publish(cast)
    reviewer = Client()
    user = make_member(cast.cohort, "pilar@example.org", "Pilar")
    user.memberships.update(role="reviewer")
    reviewer.force_login(user)

    answers = [reviewer.get(address(name, cast.cohort)).status_code for name in ("offers-list", "offers-publish")]

    assert answers == [403, 403]


@pytest.mark.django_db
def test_her_own_account_lists_what_waits_for_her() -> None:
    cast = make_cast()
    publish(cast)
    lucia = cast["Lucía"]
    lucia.user = make_member(cast.cohort, lucia.email, "Lucía")
    lucia.save()
    client = Client()
    client.force_login(lucia.user)
    offer = offer_of(cast, "Lucía")

    html = client.get("/account/").content.decode()
    page = client.get(f"/offer/{offer.pk}/mentee/")

    assert f"/offer/{offer.pk}/mentee/" in html
    assert page.status_code == 200
    assert client.get(f"/offer/{offer.pk}/mentor/").status_code == 404


@pytest.mark.django_db
def test_a_link_of_one_offer_opens_no_other(client: Client) -> None:
    cast = make_cast()
    publish(cast)
    hers, other = offer_of(cast, "Lucía"), offer_of(cast, "Ana")
    open_link(client, "offer.mentee", hers.pk)

    answers = [
        client.get(f"/offer/{pk}/{side}/").status_code
        for pk, side in ((hers.pk, "mentee"), (hers.pk, "mentor"), (other.pk, "mentee"), (999_999, "mentee"))
    ]

    assert answers == [200, 404, 404, 404]
