"""Verify compares everybody with everybody anew: a rule or criterion that goes wrong on either side is noticed.

The matrix (grids.py) and the scalar functions (criteria.py, rules.py) are twins; here one of them lies.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.engine import DEFAULT_WEIGHTS, RULES, SWITCHABLE, Settings, rules, solve, verify
from matching.engine.criteria import CRITERIA
from matching.engine.grids import Grids
from tests.matching.engine.cohorts import Cohort, make_cohort

TABLED = ("gender_strict", "minor", *SWITCHABLE)


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    return make_cohort(11, 30, 18, hard=frozenset(SWITCHABLE))


@contextmanager
def lying(method: str, name: str, lie: Callable[[Any], Any]) -> Iterator[None]:
    """`method`: 'grade' or 'exclude' of the matrix; the answer for this criterion or rule goes through `lie`."""
    true = getattr(Grids, method)

    def answer(grids: Grids, asked: str, rows: Any) -> Any:
        found = true(grids, asked, rows)
        return lie(found.copy()) if asked == name else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Grids, method, answer)
        yield


def add_a_point(scores: Any) -> Any:
    return np.where(scores < 100, scores + 1, 99).astype(np.int16)


@pytest.mark.parametrize("criterion", sorted(CRITERIA))
def test_criterion_wrong_in_the_matrix_alone(criterion: str, cohort: Cohort) -> None:
    with lying("grade", criterion, add_a_point):
        solution = solve(*cohort)
        report = verify(*cohort, solution)

    assert not report.valid
    assert report.problems[0].endswith("other points among all pairs than by themselves.")
    assert not verify(*cohort, solution).optimal


@pytest.mark.parametrize("criterion", sorted(CRITERIA))
def test_criterion_wrong_by_itself(criterion: str, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    solution, true = solve(*cohort), CRITERIA[criterion]

    def grade(*pair: Any) -> Any:
        grade = true(*pair)
        return grade._replace(score=grade.score - 1 if grade.score else 1)

    monkeypatch.setitem(CRITERIA, criterion, grade)  # type: ignore[arg-type]

    assert not verify(*cohort, solution).valid


@pytest.mark.parametrize("rule", TABLED)
@pytest.mark.parametrize("excluded", [False, True])
def test_rule_wrong_in_the_matrix_alone(rule: str, excluded: bool, cohort: Cohort) -> None:
    with lying("exclude", rule, lambda found: np.full_like(found, excluded)):
        solution = solve(*cohort)
        report = verify(*cohort, solution)

    assert not report.valid
    assert not verify(*cohort, solution).optimal


@pytest.mark.parametrize("rule", RULES[1:])
def test_rule_wrong_by_itself(rule: str, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    solution = solve(*cohort)
    predicates: Mapping[str, Any] = {**rules._PREDICATES, rule: lambda *pair: True}

    monkeypatch.setattr(rules, "_PREDICATES", predicates)

    assert not verify(*cohort, solution).valid


@pytest.mark.parametrize("changed", sorted(DEFAULT_WEIGHTS))
def test_solution_of_other_weights(changed: str, cohort: Cohort) -> None:
    mentees, mentors, settings = cohort
    other = "goals" if changed != "goals" else "region"
    weights = {**settings.weights, changed: settings.weights[changed] + 1, other: settings.weights[other] - 1}
    altered = replace(settings, weights=weights)
    solution = solve(mentees, mentors, altered)

    relabelled = replace(solution, settings_hash=solve(*cohort).settings_hash)

    assert verify(mentees, mentors, altered, solution).optimal
    assert not verify(*cohort, relabelled).valid


@pytest.mark.parametrize("rule", SWITCHABLE)
def test_solution_without_a_rule(rule: str, cohort: Cohort) -> None:
    mentees, mentors, settings = cohort
    solution = solve(mentees, mentors, replace(settings, hard=settings.hard - {rule}))

    relabelled = replace(solution, settings_hash=solve(*cohort).settings_hash)

    assert not verify(*cohort, relabelled).optimal


def test_default_settings_are_the_ones_verified() -> None:
    mentees, mentors, settings = make_cohort(3, 12, 8)

    assert settings == Settings()
    assert verify(mentees, mentors, Settings(), solve(mentees, mentors, Settings())).optimal
