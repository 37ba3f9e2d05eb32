"""What a change on the board costs: asked of a real child, and the pages that show it."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.board.domain import forbid_pair, lock_pair, pair_by_hand
from matching.board.prices import PricePage
from matching.runs import asking
from matching.runs.child import EngineCrashed
from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from tests.matching.board.cast import Cast, accept, address, coordinate, make_cast, make_member, publish, run_matching

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
QUERIES = 13


def ask(cast: Cast, question: str, *, headers: dict[str, str] | None = None, **names: str) -> Any:
    query = {role: cast[name].pk for role, name in names.items()}
    return coordinate(cast).get(address("board-price", cast.cohort), {"ask": question, **query}, headers=headers)


def read(cast: Cast, question: str, **names: Any) -> str:
    answer = ask(cast, question, **names)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def price_of(cast: Cast, question: str, **names: str) -> PricePage:
    return PricePage(cast.cohort, question, {role: cast[name].pk for role, name in names.items()})


def mentor_of(cast: Cast, mentee: str, run: MatchingRun | None = None) -> str:
    return str((run or cast.run).proposals.get(mentee__first_name=mentee).mentor.first_name)


def other_mentor(cast: Cast, mentee: str) -> str:
    return {"Carmen": "Elena", "Elena": "Carmen"}[mentor_of(cast, mentee)]


def test_price_of_forcing_is_what_the_next_run_loses(cast: Cast) -> None:
    """Nobody prefers anybody here but for Lucía, who asks for something that only one of them offers."""
    Application.objects.filter(pk=cast["Lucía"].pk).update(goals=("board_roles",))
    Application.objects.filter(pk=cast["Elena"].pk).update(goals=("board_roles", "visibility"))
    before = run_matching(cast.cohort)
    loser = {"Carmen": "Elena", "Elena": "Carmen"}[mentor_of(cast, "Lucía", before)]
    page = price_of(cast, "pair", mentee="Lucía", mentor=loser)
    told = page.line

    pair_by_hand(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast[loser], by=cast.by)
    after = run_matching(cast.cohort)

    assert before.points is not None
    assert after.points is not None
    assert told is not None
    lost = (before.points - after.points) / 100
    assert lost > 0
    assert told.price == f"−{lost:.1f} points of {before.points / 100:.0f}."
    assert before.proposals.get(mentee=cast["Lucía"]).mentor_id == cast["Elena"].pk


def test_every_other_mentor_with_price_cheapest_first(cast: Cast) -> None:
    for number, years in enumerate((8, 30, 20)):
        accept(cast.cohort, f"Mentor{number} Roca", "mentor", capacity=1, years_experience=years)
    run_matching(cast.cohort)

    page = price_of(cast, "others", mentee="Lucía")

    here = run_matching(cast.cohort).proposals.get(mentee=cast["Lucía"]).mentor_id
    others = Application.objects.filter(cohort=cast.cohort, role="mentor").exclude(pk=here)
    assert {other.mentor.pk for other in page.others} == set(others.values_list("pk", flat=True))
    costs = [float(other.line.cost.replace("−", "-").replace("+", "")) for other in page.others]
    assert costs == sorted(costs, reverse=True)


def test_whom_forbidding_leaves_without_a_mentor(cast: Cast) -> None:
    Application.objects.filter(pk=cast["Lucía"].pk).update(not_with="Elena Rojas")
    run_matching(cast.cohort)

    page = read(cast, "forbid", mentee="Lucía", mentor="Carmen")

    assert "Forbidding Lucía Paredes with Carmen Ibáñez" in page
    assert "Costs one pair: Lucía Paredes stays without a mentor." in page
    assert "Forbid this pair" in page


@pytest.mark.parametrize(
    ("question", "names", "sentence"),
    [
        ("without-mentee", {"mentee": "Lucía"}, "Paula Vega (has nobody now) to"),
        ("without-mentor", {"mentor": "Elena"}, "Costs 2 pairs:"),
        ("place", {"mentor": "Elena"}, "One pair more. Moves one mentee: Paula Vega (has nobody now) to Elena Rojas."),
    ],
)
def test_what_if(cast: Cast, question: str, names: dict[str, str], sentence: str) -> None:
    accept(cast.cohort, "Paula Vega", "mentee", years_experience=12)
    run_matching(cast.cohort)
    unmatched = Application.objects.get(first_name="Paula")
    assert not cast.cohort.runs.latest("pk").proposals.filter(mentee=unmatched).exists()

    assert sentence in read(cast, question, **names)


def test_htmx_gets_the_part_and_others_the_page(cast: Cast) -> None:
    part = ask(cast, "place", mentor="Elena", headers=HTMX).content.decode()
    page = ask(cast, "place", mentor="Elena").content.decode()

    assert ("<html" in part, part.count("<h3"), part.count("data-focus")) == (False, 1, 1)
    assert ("<html" in page, "What a change costs" in page, "If Elena Rojas had one more place" in page) == (
        True,
        True,
        True,
    )


def test_board_offers_the_prices(cast: Cast) -> None:
    pair = cast.run.proposals.get(mentee=cast["Lucía"])
    base = address("board-price", cast.cohort)
    client = coordinate(cast)

    opened = client.get(address("board", cast.cohort), {"open": pair.pk}).content.decode()
    hand = client.get(address("board", cast.cohort), {"mentee": pair.mentee_id, "mentor": pair.mentor_id})

    asked = re.findall(rf'hx-get="{base}\?([^"]*)"', opened)
    names = [dict(part.split("=") for part in query.replace("&amp;", "&").split("&"))["ask"] for query in asked]
    assert sorted(names) == ["forbid"] * 4 + ["others", "place", "without-mentee", "without-mentor"]
    loaded = f'hx-get="{base}?ask=pair&amp;mentee={pair.mentee_id}&amp;mentor={pair.mentor_id}" hx-trigger="load"'
    assert loaded in hand.content.decode()


def test_page_of_a_pair_by_hand_has_its_price_before_the_press(cast: Cast) -> None:
    page = read(cast, "pair", mentee="Lucía", mentor=other_mentor(cast, "Lucía"))

    assert 0 < page.index("Pairing Lucía Paredes with") < page.index("Pair these two")
    assert "See what it costs" not in page


def test_what_cannot_be_a_pair_is_not_asked(cast: Cast) -> None:
    Application.objects.filter(pk=cast["Lucía"].pk).update(not_with=f"{cast[other_mentor(cast, 'Lucía')].name}")
    mentor = other_mentor(cast, "Lucía")
    run_matching(cast.cohort)

    assert "This rule is always on." in read(cast, "pair", mentee="Lucía", mentor=mentor)


def test_locks_and_bans_since_that_leave_the_result_are_asked_about(cast: Cast) -> None:
    mentor, other = mentor_of(cast, "Lucía"), other_mentor(cast, "Lucía")
    people = {"cohort": cast.cohort, "by": cast.by}
    lock_pair(mentee=cast["Lucía"], mentor=cast[mentor], **people)
    forbid_pair(mentee=cast["Ana"], mentor=cast[other_mentor(cast, "Ana")], **people)

    lucia, ana = price_of(cast, "others", mentee="Lucía"), price_of(cast, "others", mentee="Ana")

    assert [other.mentor.first_name for other in lucia.others] == [other]
    assert (ana.refusal, ana.others) == (None, [])


def test_who_was_fixed_before_the_run_has_no_price(cast: Cast) -> None:
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)
    run_matching(cast.cohort)
    said = "Lucía Paredes and Carmen Ibáñez were fixed when this result was made. Free them and run again."

    assert said in read(cast, "others", mentee="Lucía")
    assert said in read(cast, "without-mentor", mentor="Carmen")


def test_somebody_with_an_offer_may_still_withdraw(cast: Cast) -> None:
    publish(cast, "Lucía")

    assert price_of(cast, "without-mentee", mentee="Lucía").refusal is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"stale": True}, "People, rules or settings changed after this result."),
        ({"engine_version": "1"}, "An earlier version of the program made this result."),
        ({"report": {"valid": False, "optimal": False, "problems": ["x"]}}, "Only a proven result has exact prices"),
    ],
)
def test_a_result_that_does_not_hold_is_not_asked_but_run_again(
    cast: Cast, change: dict[str, Any], sentence: str
) -> None:
    if change.pop("stale", False):
        Application.objects.filter(pk=cast["Ana"].pk).update(years_experience=4)
    MatchingRun.objects.filter(pk=cast.run.pk).update(**change) if change else None

    page = read(cast, "forbid", mentee="Lucía", mentor=mentor_of(cast, "Lucía"))

    assert sentence in page
    assert f'action="{address("matching-launch", cast.cohort)}"' in page
    assert "Forbid this pair" in page


def test_without_a_price_the_others_are_still_named_by_points(cast: Cast) -> None:
    Application.objects.filter(pk=cast["Ana"].pk).update(years_experience=4)

    page = read(cast, "others", mentee="Lucía")

    assert "Run it again, then every change has its price." in page
    assert f"<h4>{cast[other_mentor(cast, 'Lucía')].name}</h4>" in page


def test_without_a_result_there_is_nothing_to_compare_with(cast: Cast) -> None:
    cast.cohort.runs.all().delete()

    assert "There is no result yet" in read(cast, "place", mentor="Elena")


def test_busy_is_said_with_a_way_to_try_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WAIT_SECONDS", 0)
    for _child in range(asking.AT_ONCE):
        assert asking._children.acquire(blocking=False)
    try:
        page = read(cast, "place", mentor="Elena")
    finally:
        asking._children.release(asking.AT_ONCE)

    assert "Other prices are being worked out at this moment. Try again." in page
    assert ">Try again</a>" in page
    assert price_of(cast, "place", mentor="Elena").refusal is None


def test_a_slow_child_is_ended_and_gives_its_slot_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", -1)

    def stay_silent(command: str, document: Any, *, beat: Any, every: float) -> Any:
        beat(None)

    monkeypatch.setattr(asking, "run_engine", stay_silent)

    codes = [getattr(price_of(cast, "place", mentor="Elena").refusal, "code", "") for _time in range(5)]

    assert codes == ["slow"] * 5


def test_a_broken_child_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*args: Any, **more: Any) -> Any:
        raise EngineCrashed("exit -9")

    monkeypatch.setattr(asking, "run_engine", break_down)

    page = price_of(cast, "place", mentor="Elena")

    assert (page.refusal is not None and page.refusal.code, page.may_retry) == ("crashed", True)


def test_a_cohort_of_thousands_is_told_why(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_PEOPLE", 2)

    assert "Prices are worked out for up to 2 mentees and as many mentors." in read(cast, "place", mentor="Elena")


def test_nothing_asked_leads_back_to_the_board(cast: Cast) -> None:
    client, path = coordinate(cast), address("board-price", cast.cohort)

    for query in ({}, {"ask": "weather"}, {"ask": "place", "mentor": "9" * 30}):
        assert client.get(path, query)["Location"] == address("board", cast.cohort)


def test_people_elsewhere_are_missing(cast: Cast) -> None:
    other = make_cast("wim-altiplano")
    client, path = coordinate(cast), address("board-price", cast.cohort)

    theirs = client.get(path, {"ask": "place", "mentor": other["Elena"].pk})
    nobody = client.get(path, {"ask": "place", "mentor": 10**9})
    wrong_side = client.get(path, {"ask": "place", "mentor": cast["Lucía"].pk})
    left_out = client.get(path, {"ask": "place"})

    assert (theirs.status_code, theirs.content) == (404, nobody.content)
    assert (wrong_side.status_code, left_out.status_code) == (404, 404)
    assert client.get(address("board-price", other.cohort)).status_code == 404


def test_who_may_not_see_the_board_sees_no_price(cast: Cast) -> None:
    reviewer = make_member(cast.cohort, "joana@example.org", "Joana Pires")
    reviewer.memberships.update(role="reviewer")
    client = Client()
    client.force_login(reviewer)

    assert client.get(address("board-price", cast.cohort)).status_code == 403


@pytest.mark.parametrize("more", [0, 12])
@pytest.mark.parametrize("question", ["others", "forbid"])
def test_as_many_queries_for_many_as_for_few(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int, question: str
) -> None:
    for number in range(more):
        accept(cast.cohort, f"Mentee{number} Flor", "mentee")
        accept(cast.cohort, f"Mentor{number} Roca", "mentor", capacity=1)
    run = run_matching(cast.cohort)
    client, pair = coordinate(cast), run.proposals.get(mentee=cast["Lucía"])
    query = {"ask": question, "mentee": pair.mentee_id, "mentor": pair.mentor_id}

    with django_assert_num_queries(QUERIES):
        client.get(address("board-price", cast.cohort), query)
