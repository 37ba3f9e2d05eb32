"""The pages of runs: list, progress, result, a pair, the proof."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.board.domain import lock_pair
from matching.runs.domain import launch_run
from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from programmes.jobs.models import Job
from tests.matching.board.cast import Cast, accept, address, coordinate, make_cast, make_member, read_page, run_matching

pytestmark = pytest.mark.django_db


def test_list_says_who_is_there_and_what_came_out(cast: Cast) -> None:
    page = read_page(cast, "matching-runs")

    assert "3 accepted mentees, 2 mentors with 3 places." in page
    assert f"Run {cast.run.pk}</a>" in page
    assert "proven" in page


def test_list_says_when_places_are_short(cast: Cast) -> None:
    accept(cast.cohort, "Paula Vega", "mentee")

    assert "At most 3 can be placed." in read_page(cast, "matching-runs")


def test_run_button_leads_to_progress(cast: Cast) -> None:
    answer = coordinate(cast).post(address("matching-launch", cast.cohort))

    run = MatchingRun.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, address("matching-run", cast.cohort, pk=run.pk))
    page = read_page(cast, "matching-run", pk=run.pk)
    assert "Waiting for its turn." in page
    assert f'hx-get="{address("matching-progress", cast.cohort, pk=run.pk)}"' in page
    assert "Look again" in page


def test_clicked_twice_is_one_run(cast: Cast) -> None:
    client = coordinate(cast)

    places = [client.post(address("matching-launch", cast.cohort))["Location"] for _click in range(2)]

    assert places[0] == places[1]
    assert MatchingRun.objects.filter(finished_at=None).count() == 1


def test_refusal_is_said_on_the_list(cast: Cast) -> None:
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)
    Application.objects.filter(first_name="Lucía").update(not_with="Carmen Ibáñez")

    answer = coordinate(cast).post(address("matching-launch", cast.cohort), follow=True)

    assert "The locked pair of Lucía Paredes cannot stay" in answer.content.decode()


def test_progress_names_stage_and_figures(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=cast.by)
    Job.objects.filter(pk=run.job_id).update(
        state="running",
        lease_until="2091-01-01T00:00Z",
        progress_done=120,
        progress_total=200,
        progress_stage="compare",
    )

    page = read_page(cast, "matching-progress", pk=run.pk)

    assert "Comparing mentees with mentors: 120 of 200" in page
    assert "<html" not in page


def test_progress_of_a_finished_run_sends_the_browser_on(cast: Cast) -> None:
    answer = coordinate(cast).get(address("matching-progress", cast.cohort, pk=cast.run.pk))

    assert answer["HX-Redirect"] == address("matching-run", cast.cohort, pk=cast.run.pk)


def test_failed_run_says_why_and_can_be_tried_again(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=cast.by)
    Job.objects.filter(pk=run.job_id).update(state="failed", error_code="out_of_attempts")
    page = read_page(cast, "matching-run", pk=run.pk)

    answer = coordinate(cast).post(address("matching-retry", cast.cohort, pk=run.pk))

    assert "This run did not end, although it was tried several times." in page
    assert answer.status_code == 302
    assert Job.objects.get(pk=run.job_id).state == "queued"


def test_result_shows_pairs_proof_and_who_is_without_a_mentor(cast: Cast) -> None:
    accept(cast.cohort, "Paula Vega", "mentee", languages=("fr",))
    accept(cast.cohort, "Vera Pino", "mentor", capacity=2)
    run = run_matching(cast.cohort)

    page = read_page(cast, "matching-run", pk=run.pk)

    assert "Proven best: no other matching of these people places more; none as fair scores higher." in page
    assert "3 of 4" in page
    assert "Paula Vega" in page
    assert "All 3 mentors are ruled out for her: no shared language (3)." in page
    assert "Without the rule “no shared language” alone, 3 mentors would open." in page
    assert "Mentors with a free place" in page


def test_result_shows_rules_and_missing_mentors(cast: Cast) -> None:
    accept(cast.cohort, "Paula Vega", "mentee", languages=("fr",))
    run = run_matching(cast.cohort)

    page = read_page(cast, "matching-run", pk=run.pk)

    assert "1 more mentor with 1 place would place everybody." in page
    assert "1 ×</span> French · " in page
    assert "Without this rule, 1 mentee who has nobody now could be paired: Paula Vega." in page


def test_result_never_claims_a_proof_that_did_not_hold(cast: Cast) -> None:
    MatchingRun.objects.filter(pk=cast.run.pk).update(report={"valid": True, "optimal": False, "problems": ["x"]})

    page = read_page(cast, "matching-run", pk=cast.run.pk)

    assert "Proven" not in page
    assert "Do not send it." in page


def test_pair_page_adds_up(cast: Cast) -> None:
    proposal = cast.run.proposals.get(mentee=cast["Lucía"])

    page = read_page(cast, "matching-pair", pk=cast.run.pk, proposal=proposal.pk)

    points = [float(text) for text in re.findall(r"<span>([\d.]+) of \d+</span>", page)]
    assert len(points) == 9
    assert f"{sum(points):.1f}" == f"{proposal.points / 100:.1f}"
    assert "12 years between them; 5 to 15 are ideal." in page


def test_another_organisations_run_is_missing(cast: Cast) -> None:
    other = make_cast("wim-altiplano")
    theirs = {"pk": other.run.pk}
    client = coordinate(cast)
    pair = {**theirs, "proposal": other.run.proposals.latest("pk").pk}

    for name, more in (("matching-run", theirs), ("matching-proof", theirs), ("matching-pair", pair)):
        mixed = client.get(address(name, cast.cohort, **more))
        missing = client.get(address(name, cast.cohort, **dict.fromkeys(more, 10**9)))
        assert (mixed.status_code, mixed.content) == (404, missing.content)
        assert client.get(address(name, other.cohort, **more)).status_code == 404
    assert client.post(address("matching-retry", cast.cohort, **theirs)).status_code == 404
    assert client.post(address("matching-launch", other.cohort)).status_code == 404


def test_who_may_not_see_matching_is_refused(cast: Cast) -> None:
    reviewer = make_member(cast.cohort, "joana@example.org", "Joana Pires")
    reviewer.memberships.update(role="reviewer")
    client = Client()
    client.force_login(reviewer)

    assert client.get(address("matching-runs", cast.cohort)).status_code == 403
    assert client.post(address("matching-launch", cast.cohort)).status_code == 403


@pytest.mark.parametrize(("name", "count"), [("matching-runs", 6), ("matching-run", 6), ("matching-proof", 5)])
def test_as_many_queries_for_many_as_for_few(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, name: str, count: int
) -> None:
    client, small = coordinate(cast), cast.run
    for number in range(8):
        accept(cast.cohort, f"Mentee{number} Flor", "mentee")
        accept(cast.cohort, f"Mentor{number} Roca", "mentor", capacity=1)
    large = run_matching(cast.cohort)

    for run in (small, large):
        more = {} if name == "matching-runs" else {"pk": run.pk}
        with django_assert_num_queries(count):
            client.get(address(name, cast.cohort, **more))
