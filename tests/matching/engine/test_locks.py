"""A lock may break a rule that can be switched, with open eyes; never one that is always on (see test_validation)."""

from dataclasses import replace

import pytest

from matching.engine import RULES, Mentee, Mentor, Settings, Totals, score_matrix, score_pair, solve, verify
from tests.matching.engine.cohorts import make_cohort, make_mentee, make_mentor

LOCKED = frozenset({("e0001", "r0001")})
HARD = frozenset({"language", "employer", "seniority_gap", "overlap"})
BROKEN = [
    ("language", make_mentee(languages=frozenset({"es"})), make_mentor()),
    ("employer", make_mentee(employer="orex"), make_mentor(employer="orex")),
    ("seniority_gap", make_mentee(experience_months=9), make_mentor(experience_months=9)),
    ("overlap", make_mentee(availability=frozenset({1})), make_mentor(availability=frozenset({1}))),
]


@pytest.mark.parametrize(("rule", "mentee", "mentor"), BROKEN, ids=[case[0] for case in BROKEN])
def test_locked_pair_counts_as_if_the_rule_were_off(rule: str, mentee: Mentee, mentor: Mentor) -> None:
    settings = Settings(hard=HARD, locked=LOCKED)
    freely = score_pair(mentee, mentor, replace(settings, hard=HARD - {rule}))

    solution = solve([mentee], [mentor], settings)

    points = freely.points
    assert points is not None
    assert [(pair.mentee_id, pair.mentor_id, pair.points, pair.locked) for pair in solution.pairs] == [
        ("e0001", "r0001", points, True)
    ]
    assert solution.totals == Totals(1, points, 1, 1, 1, 1, points, points * 100)
    assert verify([mentee], [mentor], settings, solution).optimal


@pytest.mark.parametrize(("rule", "mentee", "mentor"), BROKEN, ids=[case[0] for case in BROKEN])
def test_scores_still_name_the_rule(rule: str, mentee: Mentee, mentor: Mentor) -> None:
    scores = score_matrix([mentee], [mentor], Settings(hard=HARD, locked=LOCKED))

    assert (scores.points.tolist(), RULES[scores.rule[0, 0]]) == ([[-1]], rule)


def test_without_the_lock_the_pair_is_not_made() -> None:
    _rule, mentee, mentor = BROKEN[0]

    assert solve([mentee], [mentor], Settings()).pairs == ()


def test_several_switchable_rules_at_once() -> None:
    mentee = make_mentee(employer="orex", languages=frozenset({"es"}))
    mentor = make_mentor(employer="orex")
    settings = Settings(locked=LOCKED)

    solution = solve([mentee], [mentor], settings)

    assert len(solution.pairs) == 1
    assert verify([mentee], [mentor], settings, solution).optimal


def test_verify_refuses_such_a_pair_without_its_lock() -> None:
    _rule, mentee, mentor = BROKEN[0]
    settings = Settings(locked=LOCKED)
    solution = solve([mentee], [mentor], settings)

    report = verify([mentee], [mentor], replace(settings, locked=frozenset()), solution)

    assert not report.valid
    assert "Pair 'e0001' and 'r0001': excluded by the rule 'language'." in report.problems


def test_verify_sees_false_points_of_such_a_pair() -> None:
    _rule, mentee, mentor = BROKEN[0]
    settings = Settings(locked=LOCKED)
    solution = solve([mentee], [mentor], settings)
    pair = solution.pairs[0]

    report = verify([mentee], [mentor], settings, replace(solution, pairs=(replace(pair, points=pair.points + 1),)))

    assert not report.valid


@pytest.mark.parametrize("seed", range(5))
def test_others_are_matched_best_around_it(seed: int) -> None:
    mentees, mentors, settings = make_cohort(seed, 20, 14)
    scores = score_matrix(mentees, mentors, settings)
    switchable = {RULES.index(rule) for rule in ("language", "employer", "seniority_gap")}
    row, column = next(
        (row, column)
        for row in range(20)
        for column in range(14)
        if scores.rule[row, column] in switchable and mentors[column].capacity
    )
    around = replace(settings, locked=frozenset({(mentees[row].id, mentors[column].id)}))
    rest = [mentee for mentee in mentees if mentee.id != mentees[row].id]
    left = [replace(mentor, capacity=mentor.capacity - (place == column)) for place, mentor in enumerate(mentors)]

    solution = solve(mentees, mentors, around)

    assert verify(mentees, mentors, around, solution).optimal
    assert [(p.mentee_id, p.mentor_id) for p in solution.pairs if not p.locked] == [
        (p.mentee_id, p.mentor_id) for p in solve(rest, left, settings).pairs
    ]
