"""What fairness costs: the pairs without it are shown, and every untruth about them is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from matching.engine import Settings, Solution, find_broken_rules, solve
from tests.matching.engine.solved import Solved, make_solved

FAIR = ("bottleneck", "bands")
Pairs = tuple[tuple[str, str], ...]


def change_pairs(solved: Solved, change: Callable[[Pairs], Pairs]) -> Solution:
    certificate = solved.solution.certificate
    return replace(solved.solution, certificate=replace(certificate, plain_pairs=change(certificate.plain_pairs)))


def raise_bound(solved: Solved) -> Solution:
    """Prices, value and bound together: nothing contradicts anything but the pairs."""
    certificate = solved.solution.certificate
    (name, price), *rest = certificate.plain.mentee_prices
    dearer = replace(certificate.plain, value=certificate.plain.value + 9, mentee_prices=((name, price + 9), *rest))
    return replace(solved.solution, certificate=replace(certificate, plain=dearer), bound=solved.solution.bound + 9)


def rename_plain(solved: Solved, name: str, level: int) -> Solution:
    """With prices and a bound that say that fairness costs nothing."""
    certificate, points = solved.solution.certificate, solved.solution.totals.points
    locked = sum(pair.points for pair in solved.solution.pairs if pair.locked)
    (first, price), *rest = certificate.plain.mentee_prices
    fewer = points - locked - certificate.plain.value
    prices = ((first, price + fewer), *rest)
    stage = replace(certificate.plain, name=name, level=level, value=points - locked, mentee_prices=prices)
    pairs = tuple((one.mentee_id, one.mentor_id) for one in solved.solution.pairs if not one.locked)
    told = replace(certificate, plain=stage, plain_pairs=pairs)
    lowest = solved.solution.totals.lowest
    return replace(solved.solution, certificate=told, bound=points, plain_lowest=lowest)


def move_to_excluded(solved: Solved) -> Callable[[Pairs], Pairs]:
    mentees, mentors, settings = solved.cohort
    (mentee_id, _mentor_id) = solved.solution.certificate.plain_pairs[0]
    mentee = next(one for one in mentees if one.id == mentee_id)
    mentor = next(one for one in mentors if one.capacity and find_broken_rules(mentee, one, settings))
    return lambda pairs: ((mentee_id, mentor.id), *pairs[1:])


CHANGES: dict[str, Callable[[Solved], Solution]] = {
    "a pair less": lambda solved: change_pairs(solved, lambda pairs: pairs[1:]),
    "a pair twice": lambda solved: change_pairs(solved, lambda pairs: (*pairs[:-1], pairs[0])),
    "the pairs of the solution": lambda solved: change_pairs(
        solved,
        lambda pairs: tuple((one.mentee_id, one.mentor_id) for one in solved.solution.pairs if not one.locked),
    ),
    "all with one mentor": lambda solved: change_pairs(
        solved, lambda pairs: tuple((mentee_id, pairs[0][1]) for mentee_id, _mentor_id in pairs)
    ),
    "nobody's mentor": lambda solved: change_pairs(solved, lambda pairs: ((pairs[0][0], "nobody"), *pairs[1:])),
    "an excluded pair": lambda solved: change_pairs(solved, move_to_excluded(solved)),
    "no pairs": lambda solved: change_pairs(solved, lambda pairs: ()),
    "another worst pair": lambda solved: replace(solved.solution, plain_lowest=(solved.solution.plain_lowest or 0) + 1),
    "a greater bound": raise_bound,
    "another stage": lambda solved: rename_plain(solved, "band", 10_000),
    "the stage of the count": lambda solved: rename_plain(solved, "count", 0),
    "a stage at a level": lambda solved: rename_plain(solved, "total", 1),
}


@pytest.mark.parametrize("fairness", FAIR)
@pytest.mark.parametrize("change", CHANGES)
def test_refuses_an_untrue_price_of_fairness(change: str, fairness: str) -> None:
    solved = make_solved(fairness)

    report = solved.verify(CHANGES[change](solved))

    assert report.optimal is False
    assert report.problems != ()


@pytest.mark.parametrize("fairness", FAIR)
def test_pairs_without_fairness_are_those_of_solving_without(fairness: str) -> None:
    solved = make_solved(fairness)
    mentees, mentors, settings = solved.cohort

    free = solve(mentees, mentors, replace(settings, fairness="none"))

    assert solved.solution.bound == free.totals.points
    assert len(solved.solution.certificate.plain_pairs) == sum(not pair.locked for pair in free.pairs)


def test_without_fairness_nothing_is_told_twice() -> None:
    solved = make_solved("none")

    told = change_pairs(solved, lambda pairs: (("e0000", "r0000"),))

    assert solved.solution.certificate.plain_pairs == ()
    assert solved.verify(told).problems == ("Fairness is told to cost something where there is none.",)
    assert Settings().fairness == "bottleneck"
