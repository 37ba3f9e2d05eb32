"""Cases that a simpler method gets wrong, and the smallest ones."""

import numpy as np
import pytest

from matching.engine import Mentee, Mentor, Settings, solve, verify
from matching.engine.field import Field
from matching.engine.model import FAIRNESS
from tests.matching.engine.cohorts import make_cohort, make_mentee, make_mentor, weigh
from tests.matching.engine.fields import list_faults, solve_fully


def make_chain(length: int) -> tuple[list[Mentee], list[Mentor], frozenset[tuple[str, str]]]:
    """Each mentee can have her own mentor for no points, or the next one for 10,000: there is no next of the last."""
    mentees = [make_mentee(n, goals=frozenset({f"own:{n + 1}"})) for n in range(length + 1)]
    mentors = [make_mentor(n, goals=frozenset({f"own:{n}"})) for n in range(length + 1)]
    forbidden = {(a.id, b.id) for i, a in enumerate(mentees) for j, b in enumerate(mentors) if j not in (i, i + 1)}
    return mentees, mentors, frozenset(forbidden)


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_long_chain_loses_no_pair(fairness: str) -> None:
    found = {}
    for length in range(3, 41):
        mentees, mentors, forbidden = make_chain(length)
        settings = Settings(weights=weigh(goals=100), forbidden=forbidden, fairness=fairness)
        solution = solve(mentees, mentors, settings)
        found[length] = (solution.totals.pairs, solution.totals.points, solution.status)

    # only the pairs without a point are enough for everybody
    assert found == {length: (length + 1, 0, "optimal") for length in range(3, 41)}


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("length", [9, 40])
def test_proof_of_a_long_chain(length: int, fairness: str) -> None:
    mentees, mentors, forbidden = make_chain(length)
    settings = Settings(weights=weigh(goals=100), forbidden=forbidden, fairness=fairness)

    assert verify(mentees, mentors, settings, solve(mentees, mentors, settings)).optimal


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_greedy_trap(fairness: str) -> None:
    mentees = [make_mentee(1, country="PE"), make_mentee(2, country="PE", languages=frozenset({"es"}))]
    mentors = [make_mentor(1, country="PE", languages=frozenset({"en", "es"})), make_mentor(2, country="AU")]

    solution = solve(mentees, mentors, Settings(weights=weigh(region=100), fairness=fairness))

    assert [(pair.mentee_id, pair.mentor_id, pair.points) for pair in solution.pairs] == [
        ("e0001", "r0002", 0),
        ("e0002", "r0001", 10000),
    ]


def make_ring(length: int) -> Field:
    """10,000 points at home, but 0 for the first; 5,001 with the next mentor: one poor pair, or everybody moves."""
    points = np.full((length, length), -1, dtype=np.int16)
    home = np.arange(length)
    points[home, home] = 10_000
    points[home, (home + 1) % length] = 5_001
    points[0, 0] = 0
    return Field(points, home, np.ones(length, np.int64), np.zeros(length, np.int64))


@pytest.mark.parametrize("length", [2, 10, 40, 300])
def test_worst_pair_is_lifted_by_an_exchange_through_everybody(length: int) -> None:
    field, home = make_ring(length), list(range(length))

    plans = {fairness: solve_fully(field, Settings(fairness=fairness, bands=(50,))) for fairness in FAIRNESS}

    moved = [*home[1:], 0]
    stay = moved if length == 2 else home  # two have 10,002 points when they move
    assert {fairness: plan.assigned.tolist() for fairness, plan in plans.items()} == {
        "none": stay,
        "bottleneck": moved,
        "bands": moved,
    }
    assert [fault for plan in plans.values() for fault in list_faults(field, plan)] == []


def test_as_few_as_possible_below_a_band_is_not_the_best_worst_pair() -> None:
    # all three at 54 points, or two at 80 and one at 10
    points = np.array([[5_400, 8_000, -1], [-1, 5_400, 8_000], [1_000, -1, 5_400]], dtype=np.int16)
    field = Field(points, np.arange(3), np.ones(3, np.int64), np.zeros(3, np.int64))

    bottleneck = solve_fully(field, Settings(fairness="bottleneck"))
    bands = solve_fully(field, Settings(fairness="bands", bands=(55,)))

    assert (bottleneck.assigned.tolist(), bands.assigned.tolist()) == ([0, 1, 2], [1, 2, 0])


def test_loads_are_even_where_points_are_equal() -> None:
    mentees = [make_mentee(n) for n in range(5)]
    mentors = [make_mentor(1, capacity=4), make_mentor(2, capacity=3), make_mentor(3, capacity=1)]
    settings = Settings(locked=frozenset({("e0004", "r0002")}))

    solution = solve(mentees, mentors, settings)

    assert [pair.mentor_id for pair in solution.pairs] == ["r0001", "r0001", "r0002", "r0003", "r0002"]
    assert verify(mentees, mentors, settings, solution).optimal


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_thirty_identical_people_keep_their_order(fairness: str) -> None:
    mentees = [make_mentee(n) for n in range(30)]
    mentors = [make_mentor(n) for n in range(20)]
    settings = Settings(fairness=fairness)

    solution = solve(mentees, mentors, settings)

    assert [(pair.mentee_id, pair.mentor_id) for pair in solution.pairs] == [
        (f"e{n:04}", f"r{n:04}") for n in range(20)
    ]
    assert {reason.code for reason in solution.unmatched} == {"places_short"}
    assert verify(mentees, mentors, settings, solution).optimal


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize(
    ("mentees", "mentors", "code"),
    [
        ([], [], None),
        ([], [make_mentor()], None),
        ([make_mentee()], [], "no_mentors"),
        ([make_mentee()], [make_mentor(capacity=0)], "places_short"),
        ([make_mentee()], [make_mentor(languages=frozenset())], "no_admissible_mentor"),
        ([make_mentee()], [make_mentor(languages=frozenset(), capacity=0)], "no_admissible_mentor"),
    ],
)
def test_no_pair_is_a_result(mentees: list[Mentee], mentors: list[Mentor], code: str | None, fairness: str) -> None:
    settings = Settings(fairness=fairness)

    solution = solve(mentees, mentors, settings)

    assert solution.pairs == ()
    assert [reason.code for reason in solution.unmatched] == ([code] if code else [])
    assert (solution.totals.lowest, solution.totals.mean_x100, solution.status) == (None, None, "optimal")
    assert (solution.bound, solution.plain_lowest) == (0, None)
    assert verify(mentees, mentors, settings, solution).optimal


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_one_mentee_has_the_best_of_many_mentors(fairness: str) -> None:
    mentors = [make_mentor(n, country="PE" if n == 33 else "AU") for n in range(40)]
    settings = Settings(weights=weigh(region=100), fairness=fairness)

    solution = solve([make_mentee(country="PE")], mentors, settings)

    assert [(pair.mentor_id, pair.points) for pair in solution.pairs] == [("r0033", 10_000)]
    assert verify([make_mentee(country="PE")], mentors, settings, solution).optimal


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_all_excluded(fairness: str) -> None:
    mentees, mentors = (
        [make_mentee(n, languages=frozenset({"es"})) for n in range(30)],
        [make_mentor(1), make_mentor(2)],
    )
    settings = Settings(fairness=fairness)

    solution = solve(mentees, mentors, settings)

    assert (solution.totals.pairs, solution.totals.admissible_pairs, len(solution.unmatched)) == (0, 0, 30)
    assert solution.spare_mentors == ("r0001", "r0002")
    assert verify(mentees, mentors, settings, solution).optimal


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_all_mentees_locked(fairness: str) -> None:
    mentees, mentors = [make_mentee(1), make_mentee(2)], [make_mentor(1, capacity=2), make_mentor(2)]
    settings = Settings(locked=frozenset({("e0001", "r0001"), ("e0002", "r0001")}), fairness=fairness)

    solution = solve(mentees, mentors, settings)

    assert [(pair.mentor_id, pair.locked) for pair in solution.pairs] == [("r0001", True), ("r0001", True)]
    assert solution.spare_mentors == ("r0002",)
    assert verify(mentees, mentors, settings, solution).optimal


def test_progress_is_told_stage_by_stage() -> None:
    cohort = make_cohort(1, 5, 4)
    calls: list[tuple[int, int, str]] = []

    verify(*cohort, solve(*cohort, lambda *call: calls.append(call)), lambda *call: calls.append(call))

    solving, checking = [(done, 3, "solve") for done in range(4)], [(done, 4, "check") for done in range(1, 5)]
    assert calls == [(5, 5, "compare"), *solving, (5, 5, "compare"), *checking]
