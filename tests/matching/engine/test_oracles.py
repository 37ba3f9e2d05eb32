"""The engine against solvers that share nothing with it, on more people than brute force can take."""

import pytest

from matching.engine import Settings, solve, verify
from matching.engine.model import FAIRNESS
from tests.matching.engine.cohorts import make_cohort
from tests.matching.engine.fields import (
    CONTESTED,
    count_stops,
    draw_contested,
    draw_field,
    list_faults,
    rank_plan,
    solve_fully,
)
from tests.matching.engine.force import score_field
from tests.matching.engine.oracles import find_key, route_all, solve_program

BANDS = (30, 60, 90)


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("values", [2, 5, 101, 10_001])
@pytest.mark.parametrize("density", [0.04, 0.2, 0.9])
def test_matrices_wider_than_the_first_candidates(fairness: str, values: int, density: float) -> None:
    asked = Settings(fairness=fairness, bands=BANDS)
    for seed in range(4):
        field = draw_field(seed, 40 + 10 * (seed % 2), 30 + 15 * (seed // 2), values=values, density=density)

        plan = solve_fully(field, asked)

        assert rank_plan(field, asked, plan)[:-1] == find_key(field, asked), f"seed {seed}"
        assert list_faults(field, plan) == [], f"seed {seed}"


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("kind", CONTESTED)
def test_matrices_whose_first_candidates_do_not_do(kind: str, fairness: str) -> None:
    asked, asked_for_more = Settings(fairness=fairness, bands=(20, 45, 60)), 0
    for seed in range(4):
        field = draw_contested(seed, kind, 60, 64)

        plan = solve_fully(field, asked)

        assert rank_plan(field, asked, plan)[:-1] == find_key(field, asked), f"seed {seed}"
        assert list_faults(field, plan) == [], f"seed {seed}"
        asked_for_more += count_stops(field, asked)
    assert asked_for_more > 0


@pytest.mark.parametrize("fairness", ["none", "bottleneck"])
@pytest.mark.parametrize(("height", "width"), [(150, 90), (400, 500), (1250, 750)])
def test_many_people(height: int, width: int, fairness: str) -> None:
    field, asked = draw_field(height, height, width), Settings(fairness=fairness)

    plan = solve_fully(field, asked)

    assert rank_plan(field, asked, plan)[:-1] == find_key(field, asked)
    assert list_faults(field, plan) == []


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize(("seed", "mentees", "mentors"), [(1, 50, 30), (2, 40, 60), (3, 60, 40)])
def test_cohorts(seed: int, mentees: int, mentors: int, fairness: str) -> None:
    cohort = make_cohort(seed, mentees, mentors, fairness=fairness, bands=BANDS)

    solution = solve(*cohort)

    pairs, *_fairness, points, _squares = find_key(score_field(*cohort), cohort[2])
    assert (solution.totals.pairs, solution.totals.points) == (pairs, points)
    assert verify(*cohort, solution).optimal


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("bands", [(50,), BANDS])
def test_bands_by_integer_programs(seed: int, bands: tuple[int, ...]) -> None:
    field, asked = draw_field(seed, 24, 16, values=101), Settings(fairness="bands", bands=bands)

    plan = solve_fully(field, asked)

    assert rank_plan(field, asked, plan)[:-2] == solve_program(field, bands)


@pytest.mark.parametrize(("seed", "density"), [(1, 0.02), (2, 0.5)])
def test_most_pairs_and_points_by_flow_over_all_pairs(seed: int, density: float) -> None:
    field, asked = draw_field(seed, 300, 200, density=density), Settings(fairness="none")

    plan = solve_fully(field, asked)

    assert rank_plan(field, asked, plan)[:2] == route_all(field)
