"""Whatever is changed in a solution beside its certificate (see test_certificate), verify says so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from matching.engine import Report, Solution, solve, verify
from matching.engine.model import FAIRNESS
from tests.matching.engine.cohorts import make_cohort
from tests.matching.engine.solved import Solved, drop_pair, make_solved, move_one, retell, swap_two


def change_pair(**changes: Callable[[Any], Any]) -> Callable[[Solved], Solution]:
    """In the first open pair."""

    def change(solved: Solved) -> Solution:
        pairs = list(solved.solution.pairs)
        number = next(number for number, pair in enumerate(pairs) if not pair.locked)
        fields = {name: alter(getattr(pairs[number], name)) for name, alter in changes.items()}
        pairs[number] = replace(pairs[number], **fields)
        return replace(solved.solution, pairs=tuple(pairs))

    return change


def change_totals(name: str) -> Callable[[Solved], Solution]:
    def change(solved: Solved) -> Solution:
        totals = solved.solution.totals
        return replace(solved.solution, totals=replace(totals, **{name: getattr(totals, name) + 1}))

    return change


def change(**changes: Callable[[Any], Any]) -> Callable[[Solved], Solution]:
    return lambda solved: replace(
        solved.solution, **{name: alter(getattr(solved.solution, name)) for name, alter in changes.items()}
    )


def change_first(name: str, **fields: Any) -> Callable[[Solved], Solution]:
    return change(**{name: lambda rows: (replace(rows[0], **fields), *rows[1:])})


def give_part_a_point(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return (replace(parts[0], points=parts[0].points + 1), *parts[1:])


MUTATIONS: dict[str, Callable[[Solved], Solution]] = {
    "another mentor": lambda solved: change_pair(
        mentor_id=lambda own: next(pair.mentor_id for pair in solved.solution.pairs if pair.mentor_id != own)
    )(solved),
    "unknown mentor": change_pair(mentor_id=lambda own: "nobody"),
    "unknown mentee": change_pair(mentee_id=lambda own: "nobody"),
    "a point more": change_pair(points=lambda points: points + 1),
    "a point less": change_pair(points=lambda points: points - 1),
    "a part left out": change_pair(parts=lambda parts: parts[1:]),
    "a part with a point more": change_pair(parts=give_part_a_point),
    "a part with other values": change_pair(parts=lambda parts: (replace(parts[0], values={}), *parts[1:])),
    "parts in another order": change_pair(parts=lambda parts: parts[::-1]),
    "marked as locked": change_pair(locked=lambda locked: True),
    "lock not marked": change(pairs=lambda pairs: tuple(replace(pair, locked=False) for pair in pairs)),
    "lock broken": lambda solved: retell(solved, [pair for pair in solved.solution.pairs if not pair.locked]),
    "pair listed twice": change(pairs=lambda pairs: (pairs[0], *pairs)),
    "pair left out": change(pairs=lambda pairs: pairs[1:]),
    "no pairs": change(pairs=lambda pairs: ()),
    "pairs out of order": change(pairs=lambda pairs: pairs[::-1]),
    "excluded pair": lambda solved: move_one(solved, excluded=True),
    "over capacity": lambda solved: move_one(solved, excluded=False),
    "unmatched left out": change(unmatched=lambda rows: rows[1:]),
    "unmatched twice": change(unmatched=lambda rows: (rows[0], *rows)),
    "unmatched out of order": change(unmatched=lambda rows: rows[::-1]),
    "another reason": change_first("unmatched", code="no_mentors"),
    "other values of a reason": change_first("unmatched", values={}),
    **{f"totals: {name}": change_totals(name) for name in ("pairs", "points", "mentees", "mentors", "places")},
    **{f"totals: {name}": change_totals(name) for name in ("admissible_pairs", "lowest", "mean_x100")},
    "spare mentor left out": change(spare_mentors=lambda ids: ids[1:]),
    "spare mentor twice": change(spare_mentors=lambda ids: (ids[0], *ids)),
    "settings hash": change(settings_hash=lambda told: "0" * 64),
    "input hash": change(input_hash=lambda told: told[::-1]),
    "engine version": change(engine_version=lambda told: told + ".1"),
    "unknown status": change(status=lambda told: "feasible"),
    "bound up": change(bound=lambda bound: bound + 1),
    "bound down": change(bound=lambda bound: bound - 1),
}


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_accepts_the_solution(fairness: str) -> None:
    solved = make_solved(fairness)

    assert solved.verify(solved.solution) == Report(True, True, ())


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("seed", range(12))
def test_accepts_every_solution(seed: int, fairness: str) -> None:
    cohort = make_cohort(seed, 12 + 3 * seed, 30 - 2 * seed, gaps=0.05 * seed, fairness=fairness, bands=(50, 60))

    solution = solve(*cohort)

    assert solution.status == "optimal"
    assert verify(*cohort, solution) == Report(True, True, ())


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_refuses_what_is_not_true(mutation: str, fairness: str) -> None:
    solved = make_solved(fairness)

    report = solved.verify(MUTATIONS[mutation](solved))

    assert (report.valid, report.optimal, report.problems != ()) == (False, False, True)


@pytest.mark.parametrize("fairness", FAIRNESS)
@pytest.mark.parametrize("change_pairs", [swap_two, drop_pair])
def test_other_pairs_told_truly_are_valid_and_not_proven(
    change_pairs: Callable[[Solved], Solution], fairness: str
) -> None:
    solved = make_solved(fairness)

    report = solved.verify(change_pairs(solved))

    assert (report.valid, report.optimal, len(report.problems)) == (True, False, 1)
    assert report.problems[0].startswith("Stage ")


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_proven_is_not_told_as_not_proven(fairness: str) -> None:
    solved = make_solved(fairness)

    report = solved.verify(replace(solved.solution, status="not_proven"))

    assert (report.valid, report.optimal) == (True, False)


def test_refuses_another_price_of_no_fairness() -> None:
    solved = make_solved("none")
    certificate = solved.solution.certificate
    (name, price), *rest = certificate.plain.mentee_prices
    dearer = replace(certificate.plain, value=certificate.plain.value + 9, mentee_prices=((name, price + 9), *rest))
    inflated = replace(solved.solution, bound=solved.solution.bound + 9, certificate=replace(certificate, plain=dearer))

    lower = replace(solved.solution, plain_lowest=0)

    told = ("Fairness is told to cost something where there is none.",)
    assert [solved.verify(one).problems for one in (inflated, lower)] == [told, told]


def test_refuses_another_cohort() -> None:
    solved = make_solved("bottleneck")
    mentees, mentors, settings = solved.cohort

    fewer = verify(mentees[1:], mentors, settings, solved.solution)
    older = verify([replace(mentees[0], name_key="renamed"), *mentees[1:]], mentors, settings, solved.solution)
    other = verify(mentees, mentors, replace(settings, min_overlap_slots=5), solved.solution)
    unsound = verify([mentees[0], *mentees], mentors, settings, solved.solution)

    assert fewer.valid is older.valid is other.valid is unsound.valid is False
    assert older.problems == ("The solution was made from other people.",)
    assert other.problems == ("The solution was made with other settings.",)
