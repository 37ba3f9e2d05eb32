import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from matching.engine import DEFAULT_HARD, CohortError, Mentee, Mentor, Settings, Solution, residual, solve
from matching.engine.whatif import Alternative, Change, Price, WhatIf
from tests.matching.engine.cohorts import Cohort, make_cohort, make_mentee, make_mentor, weigh
from tests.matching.engine.resolved import (
    apply_changes,
    count_chosen,
    list_levels,
    lose,
    solve_anew,
    tell,
)

Case = tuple[str, tuple[str, ...], Cohort]


def draw_cohort(seed: int) -> Cohort:
    """Small, with locks, free places, unmatched mentees, capacity 0 and each kind of fairness."""
    dice = random.Random(seed)
    mentees, mentors, settings = make_cohort(
        seed,
        dice.randint(2, 12),
        dice.randint(1, 8),
        capacities=(0, 1, 1, 2, 3),
        gaps=dice.choice([0.0, 0.3, 0.8]),
        fairness=("none", "bottleneck", "bands")[seed % 3],
        bands=dice.choice([(40, 55, 70), (50,)]),
        hard=dice.choice([frozenset(), frozenset({"language"}), DEFAULT_HARD]),
    )
    solution = solve(mentees, mentors, settings)
    if solution.pairs and dice.random() < 0.4:
        pair = dice.choice(solution.pairs)
        settings = replace(settings, locked=frozenset({(pair.mentee_id, pair.mentor_id)}))
    return mentees, mentors, settings


def list_cases(cohort: Cohort, pairs: set[tuple[str, str]]) -> Iterator[Case]:
    """Every change that can be asked for, with the cohort that it makes."""
    mentees, mentors, settings = cohort
    locked = {name for pair in settings.locked for name in pair}
    for mentee in mentees:
        if mentee.id not in locked:
            for mentor in mentors:
                pair = mentee.id, mentor.id
                yield "force", pair, (mentees, mentors, replace(settings, locked=settings.locked | {pair}))
                if pair in pairs:
                    forbidden = replace(settings, forbidden=settings.forbidden | {pair})
                    yield "forbid", pair, (mentees, mentors, forbidden)
            yield "withdraw_mentee", (mentee.id,), ([one for one in mentees if one != mentee], mentors, settings)
    for mentor in mentors:
        wider = [replace(one, capacity=one.capacity + 1) if one == mentor else one for one in mentors]
        yield "add_place", (mentor.id,), (mentees, wider, settings)
        if mentor.id not in locked:
            yield "withdraw_mentor", (mentor.id,), (mentees, [one for one in mentors if one != mentor], settings)


@pytest.mark.parametrize("seed", range(24))
def test_every_price_is_that_of_solving_anew(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residual, "AT_ONCE", 400 if seed % 2 else 0)
    cohort = draw_cohort(seed)
    solution = solve(*cohort)
    levels, whatif = list_levels(solution), WhatIf(*cohort, solution)
    before = solve_anew(cohort, levels)

    for name, ids, changed in list_cases(cohort, {(pair.mentee_id, pair.mentor_id) for pair in solution.pairs}):
        try:
            price: Price = getattr(whatif, name)(*ids)
        except CohortError:
            with pytest.raises(CohortError):
                solve(*changed)
            continue
        after = solve_anew(changed, levels)
        assert (name, ids, tell(price)) == (name, ids, lose(before, after))
        assert count_chosen(apply_changes(solution, price), changed, levels) == after


@pytest.mark.parametrize("seed", range(6))
def test_lists_hold_every_admissible_pair_at_its_price(seed: int) -> None:
    mentees, mentors, settings = draw_cohort(seed)
    solution = solve(mentees, mentors, settings)
    whatif = WhatIf(mentees, mentors, settings, solution)
    locked = {mentee for mentee, _mentor in settings.locked}

    by_mentee = [one for mentee in mentees if mentee.id not in locked for one in whatif.list_alternatives(mentee.id)]
    by_mentor = [one for mentor in mentors for one in whatif.price_everyone(mentor.id)]

    assert {(one.mentee_id, one.mentor_id, tell(one.price)) for one in by_mentee} == {
        (one.mentee_id, one.mentor_id, tell(one.price)) for one in by_mentor
    }
    assert [tell(one.price) for one in by_mentee] == [
        tell(whatif.force(one.mentee_id, one.mentor_id)) for one in by_mentee
    ]


PLACES = [make_mentor(1, country="PE"), make_mentor(2, country="CL"), make_mentor(3, country="AU")]
PEOPLE = [make_mentee(1, country="PE"), make_mentee(2, country="CL"), make_mentee(3, country="PE")]
REGIONAL = Settings(weights=weigh(region=100), fairness="none")


def open_example() -> WhatIf:
    """e1-r1 and e2-r2 in the same country, e3 left with r3 in Australia."""
    return WhatIf(PEOPLE, PLACES, REGIONAL, solve(PEOPLE, PLACES, REGIONAL))


def test_a_price_names_everybody_who_moves() -> None:
    price = open_example().force("e0003", "r0001")

    assert price == Price(0, (), 0, (Change("e0001", "r0001", "r0003"), Change("e0003", "r0003", "r0001")))


def test_alternatives_begin_with_the_cheapest() -> None:
    found = open_example().list_alternatives("e0002")

    swap = (Change("e0002", "r0002", "r0003"), Change("e0003", "r0003", "r0002"))
    assert found == [
        Alternative("e0002", "r0003", 0, Price(0, (), 4000, swap)),
        Alternative(
            "e0002",
            "r0001",
            6000,
            Price(0, (), 8000, (Change("e0001", "r0001", "r0002"), Change("e0002", "r0002", "r0001"))),
        ),
    ]


def test_a_pair_below_the_worst_is_told() -> None:
    fair = replace(REGIONAL, fairness="bottleneck")
    people, places = PEOPLE[:2], PLACES
    whatif = WhatIf(people, places, fair, solve(people, places, fair))

    # e2 keeps her 100 of 100, although two pairs of 0 and 60 would have been possible too
    assert whatif.withdraw_mentor("r0001") == Price(0, ((10_000, 1),), 10_000, (Change("e0001", "r0001", "r0003"),))


def test_a_place_that_nobody_needs_is_worth_nothing() -> None:
    assert open_example().add_place("r0003") == Price(0, (), 0, ())
    assert open_example().add_place("r0001") == Price(0, (), -10_000, (Change("e0003", "r0003", "r0001"),))


def test_locks_and_words_against_other_pairs_since_the_solution() -> None:
    solution = solve(PEOPLE, PLACES, REGIONAL)
    since = replace(REGIONAL, locked=frozenset({("e0002", "r0002")}), forbidden=frozenset({("e0003", "r0002")}))

    whatif = WhatIf(PEOPLE, PLACES, since, solution)

    assert whatif.force("e0003", "r0001").changes == (
        Change("e0001", "r0001", "r0003"),
        Change("e0003", "r0003", "r0001"),
    )
    with pytest.raises(CohortError) as refused:
        whatif.force("e0001", "r0002")
    assert [problem.code for problem in refused.value.problems] == ["lock_over_capacity"]


def change_certificate(solution: Solution) -> Solution:
    certificate = solution.certificate
    return replace(solution, certificate=replace(certificate, stages=certificate.stages[:1]))


@pytest.mark.parametrize(
    ("settings", "people", "places", "code"),
    [
        (replace(REGIONAL, locked=frozenset({("e0001", "r0003")})), PEOPLE, PLACES, "not_proven"),
        (replace(REGIONAL, forbidden=frozenset({("e0001", "r0001")})), PEOPLE, PLACES, "not_proven"),
        (replace(REGIONAL, weights=weigh(function=100)), PEOPLE, PLACES, "not_proven"),
        (replace(REGIONAL, fairness="bottleneck"), PEOPLE, PLACES, "not_proven"),
        (REGIONAL, [*PEOPLE, make_mentee(4)], PLACES, "other_people"),
        (REGIONAL, PEOPLE, PLACES[:2], "not_proven"),
        (REGIONAL, PEOPLE, [replace(PLACES[0], capacity=0), *PLACES[1:]], "not_proven"),
        (REGIONAL, PEOPLE, [replace(PLACES[0], capacity=2), *PLACES[1:]], "not_proven"),
        (REGIONAL, PEOPLE, [replace(PLACES[0], capacity=-1), *PLACES[1:]], "out_of_range"),
    ],
)
def test_refuses_a_solution_that_holds_no_more(
    settings: Settings, people: list[Mentee], places: list[Mentor], code: str
) -> None:
    with pytest.raises(CohortError) as refused:
        WhatIf(people, places, settings, solve(PEOPLE, PLACES, REGIONAL))

    assert [problem.code for problem in refused.value.problems] == [code]


def test_refuses_a_certificate_without_its_stages() -> None:
    with pytest.raises(CohortError):
        WhatIf(PEOPLE, PLACES, REGIONAL, change_certificate(solve(PEOPLE, PLACES, REGIONAL)))


def test_refuses_unknown_people_and_locked_mentees() -> None:
    whatif = open_example()

    for ask in (whatif.withdraw_mentee, whatif.list_alternatives):
        with pytest.raises(CohortError):
            ask("nobody")
    for ask in (whatif.add_place, whatif.withdraw_mentor, whatif.price_everyone):
        with pytest.raises(CohortError):
            ask("nobody")


def test_many_bands_are_refused_for_many_people() -> None:
    mentees, mentors, settings = make_cohort(3, 40, 30, fairness="bands", bands=tuple(range(5, 100, 10)))

    with pytest.raises(CohortError) as refused:
        WhatIf(mentees, mentors, settings, solve(mentees, mentors, settings))

    assert [problem.field for problem in refused.value.problems] == ["bands"]
