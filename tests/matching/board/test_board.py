"""The board's page and its presses, as a browser sends them: with htmx and without JavaScript."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.board.domain import forbid_pair, lock_pair
from matching.board.models import PairRule
from matching.runs.models import Proposal
from programmes.applications.models import Application
from tests.matching.board.cast import (
    Cast,
    accept,
    address,
    coordinate,
    make_cast,
    make_member,
    publish,
    read_page,
    run_matching,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
QUERIES = 15


def proposal_of(cast: Cast, mentee: str) -> Proposal:
    return cast.run.proposals.get(mentee__first_name=mentee)


def press(cast: Cast, name: str, mentee: str, mentor: str, client: Client | None = None, **values: Any) -> Any:
    data = {"mentee": cast[mentee].pk, "mentor": cast[mentor].pk, **values}
    headers = data.pop("headers", {})
    return (client or coordinate(cast)).post(address(name, cast.cohort), data, headers=headers)


def read(cast: Cast, **query: Any) -> str:
    return read_page(cast, "board", query)


def crowd(cast: Cast, count: int) -> None:
    """`count` mentees and mentors more, each locked or forbidden or free, and a new result."""
    for number in range(count):
        accept(cast.cohort, f"Mentee{number} Flor", "mentee")
        accept(cast.cohort, f"Mentor{number} Roca", "mentor", capacity=1)
    run_matching(cast.cohort)


def test_weakest_pair_comes_first(cast: Cast) -> None:
    Application.objects.filter(pk=cast["Ana"].pk).update(goals=(), availability="")
    run_matching(cast.cohort)

    names = re.findall(r'<h3 class="names"[^>]*><a href="[^"]*">([^<]+)</a>', read(cast))

    assert names[0] == "Ana Quispe"
    assert sorted(names) == ["Ana Quispe", "Inés Salas", "Lucía Paredes"]


def test_without_a_run_the_board_says_so(cast: Cast) -> None:
    cast.cohort.runs.all().delete()

    page = read(cast)

    assert "No run yet" in page
    assert "Pair by hand" in page


def test_unmatched_with_reason(cast: Cast) -> None:
    accept(cast.cohort, "Paula Vega", "mentee")
    run_matching(cast.cohort)

    page = read(cast)

    assert "1 of 4 mentees; 0 mentor places are spare" in page
    assert "Places are short overall: 4 mentees share 3 mentor places." in page


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("none", "Proven best: no other matching"),
        ("lock what is proposed", "Proven best: no other matching"),
        ("forbid what is proposed", "People, rules or settings changed after this was proven. Run it again."),
        ("lock something else", "People, rules or settings changed after this was proven. Run it again."),
        ("somebody withdraws", "People, rules or settings changed after this was proven. Run it again."),
        ("offers go out", "Proven best: no other matching"),
        ("run around a lock", "Proven best around the pairs that are fixed."),
    ],
)
def test_proof_panel_claims_what_still_holds(cast: Cast, step: str, sentence: str) -> None:
    pair = proposal_of(cast, "Lucía")
    other = cast[{"Carmen": "Elena", "Elena": "Carmen"}[pair.mentor.first_name]]
    people = {"cohort": cast.cohort, "mentee": pair.mentee, "by": cast.by}
    if step == "lock what is proposed":
        lock_pair(mentor=pair.mentor, **people)
    if step == "forbid what is proposed":
        forbid_pair(mentor=pair.mentor, **people)
    if step == "somebody withdraws":
        Application.objects.filter(pk=cast["Ana"].pk).update(status="withdrawn")
    if step in {"lock something else", "run around a lock"}:
        lock_pair(mentor=other, **people)
    if step == "run around a lock":
        run_matching(cast.cohort)
    if step == "offers go out":
        publish(cast)

    assert sentence in read(cast)


def test_press_without_javascript_comes_back_to_the_row(cast: Cast) -> None:
    pair = proposal_of(cast, "Lucía")

    answer = press(cast, "board-lock", "Lucía", pair.mentor.first_name, seen="", open=pair.pk)

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{address('board', cast.cohort)}?open={pair.pk}#pair-{pair.pk}",
    )
    assert "You locked Lucía Paredes with" in read(cast)


def test_press_with_htmx_renews_the_row_and_what_shows_it(cast: Cast) -> None:
    pair = proposal_of(cast, "Lucía")
    row = f"pair-{pair.pk}"

    answer = press(cast, "board-lock", "Lucía", pair.mentor.first_name, seen="", headers={**HTMX, "HX-Target": row})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'id="([\w-]+)"(?: hx-swap-oob="(true)")?', text)[0] == (row, "")
    assert set(re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob="true"', text)) == {
        "undo",
        "board-proof",
        "rules",
        "board-next",
    }
    assert (text.count(" data-focus"), text.count("data-announce")) == (1, 1)
    assert 'aria-pressed="true"' in text


def test_undo_with_htmx_renews_the_rows_it_touched(cast: Cast) -> None:
    pair = proposal_of(cast, "Lucía")
    client = coordinate(cast)
    press(cast, "board-lock", "Lucía", pair.mentor.first_name, client)
    step = cast.cohort.board_steps.get()

    answer = client.post(address("board-undo", cast.cohort), {"step": step.pk}, headers={**HTMX, "HX-Target": "undo"})

    text = answer.content.decode()
    assert f'id="pair-{pair.pk}" hx-swap-oob="true"' in text
    assert text.lstrip().startswith('<div id="undo">')
    assert PairRule.objects.count() == 0


def test_conflict_is_a_page_with_both_versions(cast: Cast) -> None:
    press(cast, "board-lock", "Lucía", "Carmen")
    joana = Client()
    joana.force_login(make_member(cast.cohort, "joana@example.org", "Joana Pires"))

    answer = press(cast, "board-lock", "Lucía", "Elena", joana)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "locked: Elena Rojas" in text
    assert "locked with Carmen Ibáñez" in text
    assert "Rosa Mamani" in text


def test_broken_rule_is_asked_about_and_goes_through_when_named(cast: Cast) -> None:
    Application.objects.filter(first_name="Lucía").update(years_experience=14)
    client = coordinate(cast)

    asked = press(cast, "board-pair", "Lucía", "Carmen", client)
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked.content.decode()))
    answer = client.post(address("board-pair", cast.cohort), form)

    assert asked.status_code == 409
    assert "the mentor is not senior enough" in asked.content.decode()
    assert (answer.status_code, PairRule.objects.get().breaks_rule) == (302, "seniority_gap")


def test_by_hand_shows_points_a_broken_rule_and_the_lock_that_gives_way(cast: Cast) -> None:
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Elena"], by=cast.by)
    Application.objects.filter(first_name="Lucía").update(years_experience=14)

    page = read(cast, mentee=cast["Lucía"].pk, mentor=cast["Carmen"].pk)

    assert "of 100 points." in page
    assert "break a rule of this cohort: the mentor is not senior enough." in page
    assert "Lucía Paredes is locked with Elena Rojas now. That lock gives way." in page
    assert "Pair them all the same" in page


def test_by_hand_offers_no_button_where_a_rule_is_always_on(cast: Cast) -> None:
    Application.objects.filter(first_name="Lucía").update(not_with="Carmen Ibáñez")

    page = read(cast, mentee=cast["Lucía"].pk, mentor=cast["Carmen"].pk)

    assert "This rule is always on." in page
    assert address("board-pair", cast.cohort) not in page


def test_opened_pair_with_alternatives(cast: Cast) -> None:
    pair = proposal_of(cast, "Lucía")
    other = {"Carmen": "Elena Rojas", "Elena": "Carmen Ibáñez"}[pair.mentor.first_name]

    page = read(cast, open=pair.pk)

    assert "Somebody else for Lucía" in page
    assert f"<h4>{other}</h4>" in page
    assert page.count('class="crit"') == 9


def test_offer_stands_where_the_tools_were(cast: Cast) -> None:
    publish(cast, "Lucía")

    page = read(cast)

    assert page.count("waiting for answers") == 1
    assert page.count('class="tools"') == 2


def test_strange_queries_open_nothing(cast: Cast) -> None:
    for text in ("x", "-1", "9" * 30, "²", ""):
        assert "Somebody else for" not in read(cast, open=text, mentee=text, mentor=text)


def test_another_organisations_people_are_missing(cast: Cast) -> None:
    other = make_cast("wim-altiplano")
    mine = {"mentee": cast["Lucía"].pk, "mentor": cast["Carmen"].pk}
    missing = coordinate(cast).post(address("board-lock", cast.cohort), {**mine, "mentor": 10**9})

    for name in ("board-lock", "board-forbid", "board-pair", "board-release"):
        answer = coordinate(cast).post(address(name, cast.cohort), {**mine, "mentor": other["Carmen"].pk})
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert coordinate(cast).get(address("board", other.cohort)).status_code == 404
    assert PairRule.objects.count() == 0


def test_mentee_and_mentor_are_not_exchanged(cast: Cast) -> None:
    assert press(cast, "board-lock", "Carmen", "Lucía").status_code == 404


def test_looking_writes_nothing(cast: Cast) -> None:
    read(cast)

    assert not cast.cohort.minutes_logged.exists()


@pytest.mark.parametrize("more", [0, 12])
def test_as_many_queries_for_many_as_for_few(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    crowd(cast, more)
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Elena"], by=cast.by)
    run = run_matching(cast.cohort)
    publish(cast, "Ana", run=run)
    client = coordinate(cast)
    opened = run.proposals.get(mentee=cast["Lucía"])
    by_hand = {"mentee": cast["Inés"].pk, "mentor": cast["Carmen"].pk}

    for query in ({}, {"open": opened.pk}, by_hand):
        with django_assert_num_queries(QUERIES):
            client.get(address("board", cast.cohort), query)


def test_as_many_queries_for_one_pair(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Application.objects.filter(first_name__in=["Ana", "Inés"]).update(status="waitlisted")
    run_matching(cast.cohort)
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Elena"], by=cast.by)
    client = coordinate(cast)

    with django_assert_num_queries(QUERIES):
        client.get(address("board", cast.cohort))
