"""Once `stop` says True the best pairs so far come back: as many as possible, with a bound, and not as proven."""

from dataclasses import replace

import pytest

from matching.engine import Certificate, Settings, Solution, solve, verify
from matching.engine.faces import Face, sum_prices
from matching.engine.field import Field
from matching.engine.model import FAIRNESS
from matching.engine.plan import Plan, solve_field
from matching.management.crowd import make_crowd
from tests.matching.engine.cohorts import weigh
from tests.matching.engine.fields import CONTESTED, count_stops, draw_contested, rank_plan, solve_fully, stop_after
from tests.matching.engine.oracles import count_pairs

# many equal pairs: the solver has to look again
MENTEES, MENTORS = make_crowd(400, 240)
FREELY = Settings(fairness="none", hard=frozenset(), weights=weigh(region=50, function=50))


def solve_until(calls: int, settings: Settings) -> Solution:
    return solve(MENTEES, MENTORS, settings, stop=stop_after(calls))


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("calls", [0, 1])
def test_stopped_early(calls: int, fairness: str) -> None:
    settings = replace(FREELY, fairness=fairness)
    best = solve(MENTEES, MENTORS, FREELY)

    solution = solve_until(calls, settings)

    report = verify(MENTEES, MENTORS, settings, solution)
    assert (solution.status, solution.totals.pairs) == ("not_proven", best.totals.pairs)
    assert solution.bound >= best.totals.points >= solution.totals.points
    assert (report.valid, report.optimal, len(report.problems)) == (True, False, 1)
    assert report.problems[0].startswith("Not proven: the deadline came first.")


def test_a_bound_below_the_best_is_refused() -> None:
    best, solution = solve(MENTEES, MENTORS, FREELY), solve_until(0, FREELY)
    plain = solution.certificate.plain
    (name, price), *rest = plain.mentee_prices
    value = best.totals.points - 1
    lower = replace(plain, value=value, mentee_prices=((name, price + value - plain.value), *rest))
    told = replace(solution, bound=value, certificate=Certificate((solution.certificate.stages[0], lower), lower, ()))

    problems = verify(MENTEES, MENTORS, FREELY, told).problems

    assert {problem.split(":")[0] for problem in problems} == {"Stage 'total'"}


def test_reasons_and_worst_pair_of_what_is_not_proven_are_checked_too() -> None:
    solution = solve_until(0, FREELY)
    invented = replace(solution, unmatched=tuple(replace(one, code="no_mentors") for one in solution.unmatched))
    worse = replace(solution, plain_lowest=9_999)

    reports = [verify(MENTEES, MENTORS, FREELY, told) for told in (solution, invented, worse)]

    assert solution.unmatched != ()
    assert [(report.valid, report.optimal) for report in reports] == [(True, False), (False, False), (False, False)]


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("kind", CONTESTED)
def test_stopped_at_every_moment(kind: str, fairness: str) -> None:
    field, asked, freely = draw_contested(1, kind, 90, 80), Settings(fairness=fairness), Settings(fairness="none")
    best = rank_plan(field, freely, solve_fully(field, freely))
    moments = count_stops(field, asked)

    plans = [solve_field(field, asked, stop_after(calls), lambda done: None) for calls in range(moments + 1)]

    assert [plan.proven for plan in plans] == [False] * moments + [True]
    for plan in plans:
        pairs, points = rank_plan(field, freely, plan)[:2]
        assert pairs == count_pairs(field, 0) == sum_prices(Face.whole(field), plan.steps[0])
        assert points <= best[1] <= bound_of(field, plan)
    assert moments > 0
    assert plans[-1].assigned.tolist() == solve_fully(field, asked).assigned.tolist()


def bound_of(field: Field, plan: Plan) -> int:
    return sum_prices(Face.whole(field).after(plan.steps[0]), plan.plain.step)
