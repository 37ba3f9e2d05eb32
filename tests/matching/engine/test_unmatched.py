"""Why a mentee is left without a mentor: the rules that exclude everybody, and what would open."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from matching.engine import (
    REASON_CODES,
    SWITCHABLE,
    Mentee,
    Mentor,
    Settings,
    Unmatched,
    find_broken_rules,
    score_pair,
    solve,
    verify,
)
from tests.matching.engine.cohorts import Cohort, make_cohort, make_mentee, make_mentor, weigh

ES = frozenset({"es"})


def test_rules_that_exclude_every_mentor() -> None:
    mentee = make_mentee(languages=ES, employer="orex", line_manager_keys=frozenset({"r0001@example.org"}))
    mentors = [
        make_mentor(1, languages=ES),
        make_mentor(2),
        make_mentor(3, employer="orex"),
        make_mentor(4, languages=ES, employer="orex"),
    ]

    solution = solve([mentee], mentors, Settings())

    values = {
        "mentors": 4,
        "rules": [["reporting_line", 1], ["language", 2], ["employer", 1]],
        "openings": [[["employer"], 1], [["language"], 1]],
    }
    assert solution.unmatched == (Unmatched("e0001", "no_admissible_mentor", values),)


def test_two_rules_that_only_together_open_a_mentor() -> None:
    mentee = make_mentee(languages=ES, employer="orex", experience_months=100)
    mentors = [
        make_mentor(1, employer="orex"),
        make_mentor(2, employer="orex"),
        make_mentor(3, languages=ES, employer="orex", experience_months=90),
        make_mentor(4, employer="orex", experience_months=90),
        make_mentor(5, employer="orex", adult=False),
    ]

    reason = solve([mentee], mentors, Settings()).unmatched[0]

    # all three at once would open one more, but two are enough
    assert reason.values["openings"] == [[["language", "employer"], 2], [["employer", "seniority_gap"], 1]]


def test_rules_that_cannot_be_switched_open_nobody() -> None:
    reason = solve([make_mentee(adult=False, languages=ES)], [make_mentor(1), make_mentor(2)], Settings()).unmatched[0]

    assert reason.values == {"mentors": 2, "rules": [["minor", 2]], "openings": []}


def find_openings_by_force(mentee: Mentee, mentors: list[Mentor], settings: Settings) -> list[list[Any]]:
    """Every set of rules in force is switched off; kept are those that open somebody and hold no other such set."""
    opened: dict[tuple[str, ...], int] = {}
    for size in range(len(SWITCHABLE) + 1):
        for off in combinations([rule for rule in SWITCHABLE if rule in settings.hard], size):
            relaxed = replace(settings, hard=settings.hard - set(off))
            count = sum(not find_broken_rules(mentee, mentor, relaxed) for mentor in mentors)
            if count and not any(set(known) <= set(off) for known in opened):
                opened[off] = count
    return sorted([[list(off), count] for off, count in opened.items()], key=lambda one: (len(one[0]), -one[1], one[0]))


def draw_short(seed: int) -> Cohort:
    return make_cohort(seed, 40, 9, hard=frozenset(SWITCHABLE), min_gap_months=150, min_overlap_slots=20)


@pytest.mark.parametrize("seed", range(10))
def test_rules_and_openings_are_true(seed: int) -> None:
    mentees, mentors, settings = draw_short(seed)
    by_id = {mentee.id: mentee for mentee in mentees}

    solution = solve(mentees, mentors, settings)

    closed = [reason for reason in solution.unmatched if reason.code == "no_admissible_mentor"]
    assert len(closed) > 3
    for reason in closed:
        mentee = by_id[reason.mentee_id]
        broken = [find_broken_rules(mentee, mentor, settings) for mentor in mentors]
        first = [rules[0] for rules in broken]
        assert reason.values["mentors"] == len(mentors)
        assert dict(reason.values["rules"]) == {rule: first.count(rule) for rule in first}
        assert reason.values["openings"] == find_openings_by_force(mentee, mentors, settings)


@pytest.mark.parametrize("seed", range(10))
def test_places_short_tells_her_own_mentors(seed: int) -> None:
    mentees, mentors, settings = draw_short(seed)
    by_id = {mentee.id: mentee for mentee in mentees}
    freely = replace(settings, weights=weigh(goals=40, interests=60))

    solution = solve(mentees, mentors, freely)

    short = [reason for reason in solution.unmatched if reason.code == "places_short"]
    scores = {
        reason.mentee_id: [
            pair.points
            for mentor in mentors
            if (pair := score_pair(by_id[reason.mentee_id], mentor, freely)).points is not None
        ]
        for reason in short
    }
    first = {
        reason.mentee_id: [
            rules[0] for mentor in mentors if (rules := find_broken_rules(by_id[reason.mentee_id], mentor, freely))
        ]
        for reason in short
    }
    assert [(one.values["admissible"], one.values["best_points"]) for one in short] == [
        (len(points), max(points)) for points in scores.values()
    ]
    assert [dict(one.values["rules"]) for one in short] == [
        {rule: rules.count(rule) for rule in rules} for rules in first.values()
    ]


@pytest.mark.parametrize("seed", range(6))
def test_codes_keys_and_verification(seed: int) -> None:
    cohort = draw_short(seed)

    solution = solve(*cohort)

    assert {reason.code for reason in solution.unmatched} <= set(REASON_CODES)
    for reason in solution.unmatched:
        assert set(reason.values) == set(REASON_CODES[reason.code])
    assert verify(*cohort, solution).optimal


def test_everybody_without_mentors() -> None:
    solution = solve([make_mentee(1), make_mentee(2)], [], Settings())

    assert solution.unmatched == (Unmatched("e0001", "no_mentors", {}), Unmatched("e0002", "no_mentors", {}))
