"""What may be claimed of a result, what fairness costs, and the figures that somebody can add up herself."""

import json
import re
from dataclasses import asdict
from typing import Any

import pytest

from matching.board.domain import lock_pair, publish_proposals
from matching.engine import NOT_PROVEN, cohort_from_json, solution_to_json, solve, verify
from matching.runs.fairness_wording import say_bound, say_fairness, say_share
from matching.runs.models import MatchingRun
from matching.runs.proof_pages import proof_panel, stage_figures
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from tests.matching.board.cast import Cast, accept, in_a_week, read_page, run_matching
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


def choose(cast: Cast, **settings: Any) -> MatchingRun:
    cast.cohort.matching_settings = {**cast.cohort.matching_settings, **settings}
    Cohort.objects.filter(pk=cast.cohort.pk).update(matching_settings=cast.cohort.matching_settings)
    return run_matching(cast.cohort)


def stop_early(run: MatchingRun) -> MatchingRun:
    """The result that a deadline leaves."""
    people = cohort_from_json(run.input)
    solution = solve(*people, stop=lambda: True)
    document = json.loads(json.dumps(solution_to_json(solution)))
    # these few people are solved at the first try: tell it as a larger cohort would
    document |= {"status": "not_proven", "bound": document["totals"]["points"] + 300}
    run.status, run.solution = "not_proven", document
    run.report = {**asdict(verify(*people, solution)), "valid": True, "optimal": False, "problems": [NOT_PROVEN]}
    run.save()
    return run


def make_earlier(run: MatchingRun) -> MatchingRun:
    """As engine 1 stored it."""
    assert run.solution is not None
    stage = {"bonus": 30001, "value": 90000, "mentee_prices": [], "mentor_prices": []}
    run.solution["certificate"] = {"count": stage, "total": stage}
    for name in ("bound", "plain_lowest"):
        del run.solution[name]
    run.solution["unmatched"] = [
        {
            "mentee_id": str(run.proposals.earliest("pk").mentee_id),
            "code": "no_admissible_mentor",
            "values": {"mentors": 2, "rules": [["language", 2]], "openings": [["language", 2]]},
        }
    ]
    run.engine_version = run.solution["engine_version"] = "1"
    run.save()
    return run


def told(totals: dict[str, int], *, points: list[int], stages: list[tuple[str, int]], **more: Any) -> dict[str, Any]:
    return {
        "pairs": [{"points": value, "locked": False} for value in points],
        "certificate": {"stages": [{"name": name, "level": level} for name, level in stages]},
        "totals": {"points": sum(points), **totals},
        **more,
    }


@pytest.mark.parametrize(
    ("solution", "sentence"),
    [
        (
            told({}, points=[5230, 9000], stages=[("floor", 5230)], bound=14240, plain_lowest=4620),
            "The weakest pair has 52.3 points instead of 46.2; that costs 0.07 % of all points.",
        ),
        (
            told({}, points=[5230, 9000], stages=[("floor", 5230)], bound=14230, plain_lowest=4620),
            "The weakest pair has 52.3 points instead of 46.2; that costs nothing.",
        ),
        (
            told({}, points=[5230, 9000], stages=[("floor", 5230)], bound=14230, plain_lowest=5230),
            "The weakest pair has 52.3 points; fairness costs nothing, the best total has the same.",
        ),
        (
            told(
                {}, points=[3000, 5000, 9000], stages=[("band", 4000), ("band", 5500)], bound=17100, plain_lowest=2000
            ),
            (
                "1 pair below 40.0 points and 2 pairs below 55.0 points; fewer are not possible, counting the lowest "
                "level first. Fairness costs 0.58 % of all points."
            ),
        ),
        (
            told({}, points=[3000], stages=[], bound=3000, plain_lowest=3000),
            "Fairness was not asked for. The weakest pair has 30.0 points.",
        ),
        (told({}, points=[], stages=[("floor", 10000)], bound=0, plain_lowest=None), ""),
    ],
)
def test_cost_of_fairness_in_a_sentence(solution: dict[str, Any], sentence: str) -> None:
    assert say_fairness(solution) == sentence


def test_a_weak_fixed_pair_is_not_compared(cast: Cast) -> None:
    solution = told({}, points=[5230], stages=[("floor", 5230)], bound=6230, plain_lowest=1000)
    solution["pairs"].append({"points": 1000, "locked": True})
    solution["totals"]["points"] = 6230

    assert say_fairness(solution) == (
        "The weakest pair that was not fixed has 52.3 points. Fairness costs nothing here."
    )


@pytest.mark.parametrize(("part", "share"), [(0, "0.00 %"), (1, "less than 0.01 %"), (140, "0.14 %")])
def test_a_small_share_is_not_nothing(part: int, share: str) -> None:
    assert say_share(part, 100_000) == share


def test_a_bound_that_is_reached_leaves_nothing_open() -> None:
    assert say_bound({"totals": {"points": 7}, "bound": 7}) == "More points are not possible with as many pairs."


def test_fairness_stands_on_result_board_and_proof(cast: Cast) -> None:
    assert cast.run.solution is not None
    sentence = say_fairness(cast.run.solution)

    assert sentence.startswith("The weakest pair has ")
    assert sentence in read_page(cast, "matching-run", pk=cast.run.pk)
    assert sentence in read_page(cast, "board")
    assert sentence in read_page(cast, "matching-proof", pk=cast.run.pk)


@pytest.mark.parametrize(
    ("settings", "headings"),
    [
        (
            {"fairness": "bottleneck"},
            ["As many pairs as possible", "The weakest pair", "As many points as possible", "Even loads"],
        ),
        (
            {"fairness": "bands", "bands": [40, 55]},
            [
                "As many pairs as possible",
                "Pairs from 40.00 points on",
                "Pairs from 55.00 points on",
                "As many points as possible",
                "Even loads",
            ],
        ),
        ({"fairness": "none"}, ["As many pairs as possible", "As many points as possible", "Even loads"]),
    ],
)
def test_both_sides_of_each_stage_agree(cast: Cast, settings: dict[str, Any], headings: list[str]) -> None:
    accept(cast.cohort, "Paula Vega", "mentee", goals=(), function="Cook")
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)

    stages = stage_figures(choose(cast, **settings))

    assert [stage.heading for stage in stages] == headings
    for stage in stages:
        if stage.heading != "The weakest pair":
            (_name, tags), (_other, found) = stage.figures[-2:]
            assert (stage.heading, tags) == (stage.heading, found)


def test_fewer_pairs_than_needed_are_better_than_the_weakest(cast: Cast) -> None:
    Application.objects.filter(pk=cast["Ana"].pk).update(goals=(), function="Cook")
    run = run_matching(cast.cohort)
    floor = next(stage for stage in stage_figures(run) if stage.heading == "The weakest pair")

    figures = dict(floor.figures)

    assert run.solution is not None
    assert figures["Weakest pair found"] == f"{run.solution['totals']['lowest'] / 100:.2f}"
    assert int(figures["Pairs possible with more points than that"]) < int(figures["Pairs needed"]) == 3


def test_fixed_pairs_are_counted_on_the_proof_page(cast: Cast) -> None:
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)
    run = run_matching(cast.cohort)

    page = read_page(cast, "matching-proof", pk=run.pk)

    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", page))
    assert (facts["Pairs"], facts["of them fixed beforehand"]) == ("3", "1")
    assert facts["Checked by the second program"] == "yes, it holds"


def test_not_proven_is_said_everywhere_and_never_called_proven(cast: Cast) -> None:
    run = stop_early(cast.run)
    assert run.solution is not None
    share = say_share(300, run.solution["totals"]["points"])
    sentence = f"At most {share} more points are possible with as many pairs."

    pages = {
        "matching-run": read_page(cast, "matching-run", pk=run.pk),
        "matching-proof": read_page(cast, "matching-proof", pk=run.pk),
        "board": read_page(cast, "board"),
    }

    assert proof_panel(run)["state"] == "failed"
    assert 'class="btn btn-primary">Run again<' in pages["board"]
    for page in pages.values():
        assert "Not proven best: the time was over before that could be shown." in page
        assert sentence in page
        assert "Proven best" not in page
    assert "not proven, time ran out" in read_page(cast, "matching-runs")


def test_not_proven_is_not_sent(cast: Cast) -> None:
    run = stop_early(cast.run)

    page = read_page(cast, "offers-publish")
    with pytest.raises(DomainError, match="This result is not proven best") as refused:
        publish_proposals(
            cohort=cast.cohort,
            run=run,
            proposals=list(run.proposals.all()),
            deadline_wall=in_a_week(cast.cohort),
            by=cast.by,
        )

    assert "This result is not proven best" in page
    assert ">Send the offers<" not in page
    assert refused.value.code == "not_proven"


def test_a_wrong_bound_is_a_failed_proof(cast: Cast) -> None:
    run = stop_early(cast.run)
    run.report = {"valid": True, "optimal": False, "problems": ["Stage 'total': the prices do not add up."]}

    assert run.proof_state == "failed"


def test_a_run_of_an_earlier_version_breaks_no_page_and_asks_for_a_new_one(cast: Cast) -> None:
    run = make_earlier(cast.run)
    said = "This run was made by an earlier version of the program. Run it again."

    assert said in read_page(cast, "matching-run", pk=run.pk)
    assert said in read_page(cast, "matching-proof", pk=run.pk)
    assert said in read_page(cast, "board")
    assert "An earlier version made this result" in read_page(cast, "offers-publish")
    assert "earlier version, run again" in read_page(cast, "matching-runs")
    assert "Proven best" not in read_page(cast, "board")
