"""Whatever is changed in a certificate, verify says so; the pairs stay valid and are no longer proven."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from matching.engine import Certificate, Report, Settings, Solution, Stage, solve
from matching.engine.model import FAIRNESS
from tests.matching.engine.definition import proves
from tests.matching.engine.force import score_field
from tests.matching.engine.solved import Solved, make_solved

STAGES = {
    "none": ["count", "total", "load"],
    "bottleneck": ["count", "floor", "total", "load"],
    "bands": ["count", "band", "band", "band", "total", "load"],
}
PLACES = [(fairness, number) for fairness, names in STAGES.items() for number in range(len(names))]
SIDES = ("mentee_prices", "mentor_prices")
Change = Callable[[Stage], Stage]


def tell(solved: Solved, *stages: Stage) -> Solution:
    return replace(solved.solution, certificate=replace(solved.solution.certificate, stages=stages))


def change_stage(solved: Solved, number: int, change: Change) -> Solution:
    stages = list(solved.solution.certificate.stages)
    stages[number] = change(stages[number])
    return tell(solved, *stages)


def change_price(stage: Stage, side: str, person: int, amount: int) -> Stage:
    prices = list(getattr(stage, side))
    prices[person] = (prices[person][0], prices[person][1] + amount)
    return replace(stage, **{side: tuple(prices)})


def list_changes(stage: Stage) -> Iterator[tuple[str, int, int]]:
    """Every fourth person, and more of those with the price 0: up and down."""
    for side in SIDES:
        for person, (_name, price) in enumerate(getattr(stage, side)):
            if person % 4 == 0 or (price == 0 and person % 2):
                yield from ((side, person, amount) for amount in (1, -1))


def is_refused(report: Report) -> bool:
    return report.valid and not report.optimal and report.problems != ()


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_stages(fairness: str) -> None:
    assert [stage.name for stage in make_solved(fairness).solution.certificate.stages] == STAGES[fairness]


@pytest.mark.parametrize(("fairness", "number"), PLACES)
def test_refuses_every_changed_price(fairness: str, number: int) -> None:
    solved = make_solved(fairness)
    stage, field = solved.solution.certificate.stages[number], score_field(*solved.cohort)

    refused: list[tuple[str, bool]] = []
    for side, person, amount in list_changes(stage):
        told = change_stage(solved, number, lambda one, at=(side, person, amount): change_price(one, *at))
        # a mentor who can have no mentee in this stage may ask any price: that proof is as good
        if side == "mentee_prices" or not proves(solved, told, field):
            refused.append((side, is_refused(solved.verify(told))))

    assert set(refused) == {(side, True) for side in SIDES}


@pytest.mark.parametrize(("fairness", "number"), PLACES)
def test_agrees_with_the_definition_where_two_prices_change(fairness: str, number: int) -> None:
    """One price up and another down within a pair or a side: sums often stay true, and some such proofs are as good."""
    solved = make_solved(fairness)
    field, width = score_field(*solved.cohort), len(solved.cohort[1])
    rows = [name for name, _ in solved.solution.certificate.plain.mentee_prices]
    columns = [name for name, _ in solved.solution.certificate.plain.mentor_prices]
    pairs = [
        (rows.index(one.mentee_id), columns.index(one.mentor_id)) for one in solved.solution.pairs if not one.locked
    ]
    moves = [
        *([("mentee_prices", row, by), ("mentor_prices", column, -by)] for row, column in pairs for by in (1, -1)),
        *([("mentee_prices", row, 1), ("mentee_prices", pairs[0][0], -1)] for row, _ in pairs[1:5]),
        *([("mentor_prices", column, 1), ("mentor_prices", (column + 3) % width, -1)] for column in range(4)),
    ]
    for move in moves:
        told = solved.solution
        for change in move:
            told = change_stage(replace(solved, solution=told), number, lambda one, at=change: change_price(one, *at))

        assert solved.verify(told).optimal == proves(solved, told, field), str(move)


@pytest.mark.parametrize(("fairness", "number"), PLACES)
def test_refuses_a_changed_stage(fairness: str, number: int) -> None:
    solved = make_solved(fairness)
    stages = solved.solution.certificate.stages
    stage, before, after = stages[number], stages[:number], stages[number + 1 :]
    changed = {
        "value up": replace(stage, value=stage.value + 1),
        "value down": replace(stage, value=stage.value - 1),
        "level up": replace(stage, level=stage.level + 1),
        "level down": replace(stage, level=stage.level - 1),
        "name": replace(stage, name="order"),
        "mentee left out": replace(stage, mentee_prices=stage.mentee_prices[1:]),
        "mentee twice": replace(stage, mentee_prices=(stage.mentee_prices[0], *stage.mentee_prices)),
        "mentors in another order": replace(stage, mentor_prices=stage.mentor_prices[::-1]),
        "a price that is no whole number": change_price(stage, "mentee_prices", 0, 0.0),  # type: ignore[arg-type]
        "no prices": replace(stage, mentee_prices=(), mentor_prices=()),
    }
    told = {name: tell(solved, *before, one, *after) for name, one in changed.items()}
    told["dropped"] = tell(solved, *before, *after)
    told["repeated"] = tell(solved, *before, stage, *stages[number:])
    told["moved to the end"] = tell(solved, *before, *after[::-1], stage) if after else tell(solved, *stages[::-1])

    assert [name for name, one in told.items() if not is_refused(solved.verify(one))] == []


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_refuses_a_changed_plain_stage(fairness: str) -> None:
    solved, field = make_solved(fairness), score_field(*make_solved(fairness).cohort)
    certificate, plain = solved.solution.certificate, solved.solution.certificate.plain
    changed = [
        *(change_price(plain, *at) for at in list_changes(plain)),
        replace(plain, value=plain.value + 1),
        replace(plain, mentee_prices=plain.mentee_prices[1:]),
        replace(plain, mentee_prices=(), mentor_prices=()),
    ]

    told = [replace(solved.solution, certificate=replace(certificate, plain=one)) for one in changed]

    unproven = [one for one in told if not proves(solved, one, field)]
    assert len(unproven) > len(told) * 2 // 3
    assert [number for number, one in enumerate(unproven) if solved.verify(one).optimal] == []


def test_floor_covers_one_pair_less() -> None:
    """Each price of 1 is given up, the value with it: the sums are true, a pair is not covered."""
    solved = make_solved("bottleneck")
    floor, places = solved.solution.certificate.stages[1], score_field(*solved.cohort).places.tolist()
    weight = {"mentee_prices": [1] * len(floor.mentee_prices), "mentor_prices": places}
    paid = [(side, at) for side in SIDES for at, (_, price) in enumerate(getattr(floor, side)) if price]

    reports = []
    for side, at in paid:
        less = replace(change_price(floor, side, at, -1), value=floor.value - weight[side][at])
        reports.append(solved.verify(change_stage(solved, 1, lambda _stage, less=less: less)).problems)

    assert len(reports) > 3
    assert set(reports) == {("Stage 'floor': a pair is worth more than its two prices.",)}


def test_negative_price_of_somebody_who_can_be_left_out() -> None:
    solved = make_solved("none")
    count = solved.solution.certificate.stages[0]
    left_out = next(at for at, (_, price) in enumerate(count.mentee_prices) if price == 0)
    paired = next(at for at, (_, price) in enumerate(count.mentee_prices) if price == 1)
    told = change_stage(
        solved,
        0,
        lambda one: change_price(change_price(one, "mentee_prices", left_out, -1), "mentee_prices", paired, 1),
    )

    problems = solved.verify(told).problems

    assert problems[0] == "Stage 'count': the price of a mentee who can be left out is negative."


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_certificate_of_other_settings(fairness: str) -> None:
    solved = make_solved(fairness)
    mentees, mentors, settings = solved.cohort
    others = [replace(settings, fairness=name, bands=settings.bands) for name in FAIRNESS if name != fairness]
    weights = {**Settings().weights, "goals": 20, "region": 16}
    others += [replace(settings, weights=weights), replace(settings, forbidden=frozenset())]
    if fairness == "bands":
        others += [replace(settings, bands=bands) for bands in ((40, 55), (40, 55, 71), (40, 55, 70, 80))]

    certificates: list[Certificate] = [solve(mentees, mentors, other).certificate for other in others]

    told = [replace(solved.solution, certificate=one, bound=solved.solution.bound) for one in certificates]
    assert [solved.verify(one).optimal for one in told] == [False] * len(others)
