from dataclasses import replace

import pytest

from matching.engine import REASON_CODES, SWITCHABLE, Settings, Unmatched, find_broken_rules, solve
from tests.matching.engine.cohorts import make_cohort, make_mentee, make_mentor, weigh

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
        "openings": [["language", 1], ["employer", 1], ["seniority_gap", 0]],
    }
    assert solution.unmatched == (Unmatched("e0001", "no_admissible_mentor", values),)


def test_group_that_shares_too_few_places() -> None:
    mentees = [make_mentee(n, languages=ES, country="PE" if n == 2 else "CL") for n in range(1, 4)] + [make_mentee(9)]
    mentors = [make_mentor(1, languages=ES, capacity=2, country="CL"), make_mentor(2, capacity=3)]

    solution = solve(mentees, mentors, Settings(weights=weigh(region=100)))

    values = {"group": 3, "places": 2, "mentors": 1, "overall": False, "admissible": 1, "best_points": 6000}
    assert solution.unmatched == (Unmatched("e0002", "places_short", values),)


def test_places_short_overall() -> None:
    solution = solve(
        [make_mentee(n) for n in range(5)], [make_mentor(1, capacity=3), make_mentor(2, capacity=0)], Settings()
    )

    assert [reason.values for reason in solution.unmatched] == [
        {
            "group": 5,
            "places": 3,
            "mentors": 2,
            "overall": True,
            "admissible": 2,
            "best_points": reason.values["best_points"],
        }
        for reason in solution.unmatched
    ]
    assert [reason.mentee_id for reason in solution.unmatched] == ["e0003", "e0004"]


@pytest.mark.parametrize("seed", range(8))
def test_reasons_are_true(seed: int) -> None:
    mentees, mentors, settings = make_cohort(seed, 40, 12, hard=frozenset(SWITCHABLE))
    by_id = {mentee.id: mentee for mentee in mentees}

    solution = solve(mentees, mentors, settings)

    assert {reason.code for reason in solution.unmatched} <= set(REASON_CODES)
    for reason in solution.unmatched:
        assert tuple(reason.values) == REASON_CODES[reason.code]
        mentee = by_id[reason.mentee_id]
        suited = [mentor for mentor in mentors if not find_broken_rules(mentee, mentor, settings)]
        if reason.code == "no_admissible_mentor":
            assert suited == []
            assert sum(count for _, count in reason.values["rules"]) == len(mentors)
            for rule, count in reason.values["openings"]:
                relaxed = replace(settings, hard=settings.hard - {rule})
                assert count == sum(not find_broken_rules(mentee, mentor, relaxed) for mentor in mentors)
        else:
            assert reason.values["admissible"] == len(suited)
            assert reason.values["group"] > reason.values["places"] >= sum(mentor.capacity for mentor in suited)
