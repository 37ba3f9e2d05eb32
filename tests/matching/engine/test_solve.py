import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from matching.engine import Mentee, Mentor, Settings, Solution, find_broken_rules, score_pair, solve, verify
from tests.matching.engine.cohorts import Cohort, make_cohort, make_mentee, make_mentor, weigh

Key = tuple[int, int, int]


def list_assignments(
    open_mentees: list[Mentee], mentors: list[Mentor], left: dict[str, int]
) -> Iterator[list[str | None]]:
    if not open_mentees:
        yield []
        return
    for mentor_id in [None, *(mentor.id for mentor in mentors if left[mentor.id])]:
        after = left if mentor_id is None else {**left, mentor_id: left[mentor_id] - 1}
        for rest in list_assignments(open_mentees[1:], mentors, after):
            yield [mentor_id, *rest]


def rank_assignment(
    chosen: list[str | None], points: dict[tuple[str, str], int | None], ids: tuple[list[str], list[str]]
) -> Key | None:
    """Pairs, points and minus the order sum; None if a pair is excluded."""
    pairs = [
        (mentee_id, mentor_id) for mentee_id, mentor_id in zip(ids[0], chosen, strict=True) if mentor_id is not None
    ]
    worths = [points[pair] for pair in pairs]
    if None in worths:
        return None
    ranks = [len(ids[1]) if mentor_id is None else ids[1].index(mentor_id) for mentor_id in chosen]
    order = sum((len(chosen) - row) * rank for row, rank in enumerate(ranks))
    return len(pairs), sum(worth for worth in worths if worth is not None), -order


def find_best_by_force(cohort: Cohort) -> tuple[Key, Key]:
    """The key of the solution's open part and the best of all keys."""
    mentees, mentors, settings = cohort
    solution = solve(*cohort)
    chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
    locked = dict(settings.locked)
    open_mentees = [mentee for mentee in mentees if mentee.id not in locked]
    left = {mentor.id: mentor.capacity - list(locked.values()).count(mentor.id) for mentor in mentors}
    points = {(a.id, b.id): score_pair(a, b, settings).points for a in open_mentees for b in mentors}
    ids = [mentee.id for mentee in open_mentees], [mentor.id for mentor in mentors]
    keys = (rank_assignment(one, points, ids) for one in list_assignments(open_mentees, mentors, left))
    own = rank_assignment([chosen.get(mentee.id) for mentee in open_mentees], points, ids)
    assert own is not None
    assert locked.items() <= chosen.items()
    assert verify(*cohort, solution).problems == ()
    return own, max(key for key in keys if key is not None)


def draw_small(seed: int) -> Cohort:
    dice = random.Random(seed)
    # few criteria and few answers make ties; many make none
    weights = [weigh(language=100), weigh(region=50, function=50), Settings().weights][seed % 3]
    mentees, mentors, settings = make_cohort(
        seed,
        dice.randrange(6),
        dice.randrange(5),
        gaps=dice.choice([0.0, 0.3, 0.9]),
        capacities=(0, 1, 1, 2),
        weights=weights,
    )
    if seed % 4 == 0:
        settings = replace(settings, hard=frozenset())
    cells = [(mentee, mentor) for mentee in mentees for mentor in mentors]
    forbidden = frozenset((a.id, b.id) for a, b in cells if dice.random() < 0.2)
    settings = replace(settings, forbidden=forbidden)
    free = [(a, b) for a, b in cells if b.capacity and not find_broken_rules(a, b, settings)]
    if free and seed % 2:
        mentee, mentor = dice.choice(free)
        settings = replace(settings, locked=frozenset({(mentee.id, mentor.id)}))
    return mentees, mentors, settings


@pytest.mark.parametrize("batch", range(8))
def test_equals_brute_force(batch: int) -> None:
    for seed in range(batch * 50, batch * 50 + 50):
        own, best = find_best_by_force(draw_small(seed))

        assert own == best, f"seed {seed}"


def assign_by_oracle(cohort: Cohort) -> tuple[int, int]:
    """Pairs and points of a second solver: one column per place, integer bonus below 2**53."""
    mentees, mentors, settings = cohort
    seats = [mentor for mentor in mentors for _ in range(mentor.capacity)]
    points = np.array(
        [[-1 if (p := score_pair(a, b, settings).points) is None else p for b in mentors] for a in mentees]
    )
    by_id = {mentor.id: column for column, mentor in enumerate(mentors)}
    wide = points[:, [by_id[seat.id] for seat in seats]]
    gains = np.where(wide >= 0, wide + 10_000 * len(mentees) + 1, 0).astype(np.float64)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    matched = wide[rows, columns][wide[rows, columns] >= 0]
    return len(matched), int(matched.sum())


@pytest.mark.parametrize(("seed", "mentees", "mentors"), [(1, 50, 30), (2, 60, 80), (3, 120, 70), (4, 200, 120)])
def test_equals_second_solver(seed: int, mentees: int, mentors: int) -> None:
    cohort = make_cohort(seed, mentees, mentors)

    solution = solve(*cohort)

    assert (solution.totals.pairs, solution.totals.points) == assign_by_oracle(cohort)
    assert verify(*cohort, solution).optimal


@pytest.mark.parametrize("length", [3, 9, 20, 40])
def test_long_chain_loses_no_pair(length: int) -> None:
    # each mentee scores 10000 with the next mentor and 0 with her own; only the zeros pair everybody
    mentees = [make_mentee(n, goals=frozenset({f"own:{n + 1}"})) for n in range(length + 1)]
    mentors = [make_mentor(n, goals=frozenset({f"own:{n}"})) for n in range(length + 1)]
    forbidden = {(a.id, b.id) for i, a in enumerate(mentees) for j, b in enumerate(mentors) if j not in (i, i + 1)}
    settings = Settings(weights=weigh(goals=100), forbidden=frozenset(forbidden))

    solution = solve(mentees, mentors, settings)

    assert (solution.totals.pairs, solution.totals.points) == (length + 1, 0)
    assert verify(mentees, mentors, settings, solution).optimal


def test_greedy_trap() -> None:
    mentees = [make_mentee(1, country="PE"), make_mentee(2, country="PE", languages=frozenset({"es"}))]
    mentors = [make_mentor(1, country="PE", languages=frozenset({"en", "es"})), make_mentor(2, country="AU")]

    solution = solve(mentees, mentors, Settings(weights=weigh(region=100)))

    assert [(pair.mentee_id, pair.mentor_id, pair.points) for pair in solution.pairs] == [
        ("e0001", "r0002", 0),
        ("e0002", "r0001", 10000),
    ]


def test_thirty_identical_people_keep_their_order() -> None:
    mentees = [make_mentee(n) for n in range(30)]
    mentors = [make_mentor(n) for n in range(20)]

    solution = solve(mentees, mentors, Settings())

    assert [(pair.mentee_id, pair.mentor_id) for pair in solution.pairs] == [
        (f"e{n:04}", f"r{n:04}") for n in range(20)
    ]
    assert {reason.code for reason in solution.unmatched} == {"places_short"}
    assert verify(mentees, mentors, Settings(), solution).optimal


@pytest.mark.parametrize(
    ("mentees", "mentors", "code"),
    [
        ([], [], None),
        ([], [make_mentor()], None),
        ([make_mentee()], [], "no_mentors"),
        ([make_mentee()], [make_mentor(capacity=0)], "places_short"),
        ([make_mentee()], [make_mentor(languages=frozenset())], "no_admissible_mentor"),
    ],
)
def test_no_pair_is_a_result(mentees: list[Mentee], mentors: list[Mentor], code: str | None) -> None:
    solution = solve(mentees, mentors, Settings())

    assert solution.pairs == ()
    assert [reason.code for reason in solution.unmatched] == ([code] if code else [])
    assert (solution.totals.lowest, solution.totals.mean_x100, solution.status) == (None, None, "optimal")
    assert verify(mentees, mentors, Settings(), solution).optimal


def test_all_mentees_locked() -> None:
    mentees, mentors = [make_mentee(1), make_mentee(2)], [make_mentor(1, capacity=2), make_mentor(2)]
    settings = Settings(locked=frozenset({("e0001", "r0001"), ("e0002", "r0001")}))

    solution = solve(mentees, mentors, settings)

    assert [(pair.mentor_id, pair.locked) for pair in solution.pairs] == [("r0001", True), ("r0001", True)]
    assert solution.spare_mentors == ("r0002",)
    assert verify(mentees, mentors, settings, solution).optimal


def sum_up(solution: Solution) -> tuple[int, int]:
    return solution.totals.pairs, solution.totals.points


@pytest.mark.parametrize("seed", range(6))
def test_invariances(seed: int) -> None:
    mentees, mentors, settings = make_cohort(seed, 25, 14)
    best = solve(mentees, mentors, settings)

    def solve_with(**changes: Any) -> Solution:
        return solve(mentees, changes.pop("mentors", mentors), replace(settings, **changes))

    double = next(mentor for mentor in mentors if mentor.capacity >= 2)
    halves = [replace(double, capacity=double.capacity - 1), replace(double, id="r9999", capacity=1)]
    split = solve_with(mentors=[mentor for mentor in mentors if mentor != double] + halves)
    wider = solve_with(mentors=[*mentors, make_mentor(9000)])
    forbidden = solve_with(forbidden=frozenset({(best.pairs[0].mentee_id, best.pairs[0].mentor_id)}))
    locked = solve_with(locked=frozenset((pair.mentee_id, pair.mentor_id) for pair in best.pairs))
    renamed = solve([replace(mentee, id="x" + mentee.id[::-1]) for mentee in mentees], mentors, settings)

    assert sum_up(split) == sum_up(best) == sum_up(renamed)
    assert sum_up(wider) >= sum_up(best) >= sum_up(forbidden)
    assert [replace(pair, locked=False) for pair in locked.pairs] == list(best.pairs)


def test_same_solution_for_any_order_of_rows() -> None:
    mentees, mentors, settings = make_cohort(8, 40, 25, weights=weigh(language=100), hard=frozenset())
    first = solve(mentees, mentors, settings)

    for seed in range(5):
        random.Random(seed).shuffle(mentees)
        random.Random(seed).shuffle(mentors)
        assert solve(mentees, mentors, settings) == first
    assert verify(mentees, mentors, settings, first).optimal


def test_progress_is_told_stage_by_stage() -> None:
    cohort = make_cohort(1, 5, 4)
    calls: list[tuple[int, int, str]] = []

    verify(*cohort, solve(*cohort, lambda *call: calls.append(call)), lambda *call: calls.append(call))

    solving = [(done, 3, "solve") for done in range(4)]
    assert calls == [(5, 5, "compare"), *solving, (5, 5, "compare"), (1, 2, "check"), (2, 2, "check")]
