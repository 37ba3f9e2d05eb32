"""What must not change an answer, and what can change it in one direction only."""

from dataclasses import replace
from typing import Any

import pytest

from matching.engine import Solution, solve
from matching.engine.model import FAIRNESS
from tests.matching.engine.cohorts import Cohort, make_cohort, make_mentor
from tests.matching.engine.small import rank_solution

CASES = [(seed, fairness) for seed in range(5) for fairness in FAIRNESS]


def solve_pair_of(seed: int, fairness: str, **changes: Any) -> tuple[Cohort, Solution]:
    cohort = make_cohort(seed, 25, 14, fairness=fairness, **changes)
    return cohort, solve(*cohort)


def sum_up(solution: Solution) -> tuple[int, int, int | None]:
    return solution.totals.pairs, solution.totals.points, solution.totals.lowest


@pytest.mark.parametrize(("seed", "fairness"), CASES)
def test_names_do_not_matter(seed: int, fairness: str) -> None:
    (mentees, mentors, settings), best = solve_pair_of(seed, fairness)
    others = [replace(mentee, id="x" + mentee.id[::-1]) for mentee in mentees]

    renamed = solve(others, mentors, settings)

    # but for the order of ids, the last of all levels
    ranks = [
        rank_solution(one, told)[:-1]
        for one, told in (
            ((mentees, mentors, settings), best),
            ((sorted(others, key=lambda one: one.id), mentors, settings), renamed),
        )
    ]
    assert ranks[0] == ranks[1]


@pytest.mark.parametrize(("seed", "fairness"), CASES)
def test_a_mentor_may_be_split_in_two(seed: int, fairness: str) -> None:
    (mentees, mentors, settings), best = solve_pair_of(seed, fairness)
    double = next(mentor for mentor in mentors if mentor.capacity >= 2)
    halves = [replace(double, capacity=double.capacity - 1), replace(double, id="r9999", capacity=1)]

    split = solve(mentees, [mentor for mentor in mentors if mentor != double] + halves, settings)

    assert sum_up(split)[:2] == sum_up(best)[:2]


@pytest.mark.parametrize(("seed", "fairness"), CASES)
def test_another_mentor_or_place_loses_no_pair(seed: int, fairness: str) -> None:
    (mentees, mentors, settings), best = solve_pair_of(seed, fairness)
    wider = [replace(mentor, capacity=mentor.capacity + 1) for mentor in mentors]

    more = [solve(mentees, [*mentors, make_mentor(9000)], settings), solve(mentees, wider, settings)]

    assert min((one.totals.pairs, one.bound) for one in more) >= (best.totals.pairs, best.bound)


@pytest.mark.parametrize(("seed", "fairness"), CASES)
def test_forbidding_a_pair_is_never_better(seed: int, fairness: str) -> None:
    (mentees, mentors, settings), best = solve_pair_of(seed, fairness)

    for pair in best.pairs[::4]:
        forbidden = frozenset({(pair.mentee_id, pair.mentor_id)})
        without = replace(settings, forbidden=forbidden)
        told = solve(mentees, mentors, without)

        assert (
            rank_solution((mentees, mentors, without), told)[:-2]
            <= rank_solution((mentees, mentors, settings), best)[:-2]
        )
        assert forbidden.isdisjoint((one.mentee_id, one.mentor_id) for one in told.pairs)


@pytest.mark.parametrize(("seed", "fairness"), CASES)
def test_forbidding_what_was_not_chosen_changes_nothing(seed: int, fairness: str) -> None:
    (mentees, mentors, settings), best = solve_pair_of(seed, fairness)
    chosen = {(pair.mentee_id, pair.mentor_id) for pair in best.pairs}
    others = frozenset({(a.id, b.id) for a in mentees[::3] for b in mentors[::2]} - chosen)

    assert solve(mentees, mentors, replace(settings, forbidden=others)).pairs == best.pairs


@pytest.mark.parametrize(("seed", "fairness"), CASES)
def test_locking_best_pairs_changes_nothing(seed: int, fairness: str) -> None:
    (mentees, mentors, settings), best = solve_pair_of(seed, fairness)
    chosen = [(pair.mentee_id, pair.mentor_id) for pair in best.pairs]

    told = [solve(mentees, mentors, replace(settings, locked=frozenset(locks))) for locks in (chosen, chosen[::3])]

    # fairness looks at the open pairs alone, so that it may have more to choose when some are locked
    kept = told if fairness == "none" else told[:1]
    assert [[replace(pair, locked=False) for pair in one.pairs] for one in kept] == [list(best.pairs)] * len(kept)
    assert {one.totals.pairs for one in told} == {best.totals.pairs}
