"""Two coordinators on one board: one of them wins, the other is told, nothing is false afterwards."""

import pytest

from matching.board.domain import forbid_pair, lock_pair, pair_by_hand, release_pair, undo_step
from matching.board.models import BoardStep, PairRule
from tests.matching.board.cast import Cast, accept, at_once, make_member
from wimmentor.base.actors import Actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def joana(cast: Cast) -> Actor:
    return Actor.of(make_member(cast.cohort, "joana@example.org", "Joana Pires"))


def word(answer: object) -> str:
    return answer if isinstance(answer, str) else "done" if isinstance(answer, BoardStep) else "nothing to do"


@pytest.mark.parametrize("turn", range(3))
def test_one_mentee_locked_with_two_mentors(cast: Cast, joana: Actor, turn: int) -> None:
    lucia, carmen, elena = cast["Lucía"], cast["Carmen"], cast["Elena"]

    answers = at_once(
        lambda: lock_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=cast.by),
        lambda: lock_pair(cohort=cast.cohort, mentee=lucia, mentor=elena, by=joana),
    )

    assert sorted(map(word, answers)) == ["conflict", "done"]
    assert PairRule.objects.filter(mentee=lucia, kind="lock").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_last_place_locked_for_two_mentees(cast: Cast, joana: Actor, turn: int) -> None:
    lucia, ana, carmen = cast["Lucía"], cast["Ana"], cast["Carmen"]

    answers = at_once(
        lambda: lock_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=cast.by),
        lambda: pair_by_hand(cohort=cast.cohort, mentee=ana, mentor=carmen, by=joana),
    )

    assert sorted(map(word, answers)) == ["done", "no_place"]
    assert PairRule.objects.filter(mentor=carmen, kind="lock").count() == 1


def test_the_same_press_eight_times(cast: Cast) -> None:
    lucia, carmen = cast["Lucía"], cast["Carmen"]

    answers = at_once(*[lambda: lock_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=cast.by, seen="")] * 8)

    assert sorted(map(word, answers)) == ["done", *["nothing to do"] * 7]
    assert (PairRule.objects.count(), BoardStep.objects.count()) == (1, 1)


def test_locked_by_one_and_forbidden_by_the_other(cast: Cast, joana: Actor) -> None:
    lucia, carmen = cast["Lucía"], cast["Carmen"]

    answers = at_once(
        lambda: lock_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=cast.by, seen=""),
        lambda: forbid_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=joana, seen=""),
    )

    assert sorted(map(word, answers)) == ["conflict", "done"]
    assert PairRule.objects.count() == 1


def test_undo_and_release_of_the_same_lock(cast: Cast, joana: Actor) -> None:
    lucia, carmen = cast["Lucía"], cast["Carmen"]
    step = lock_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=cast.by)
    assert step is not None

    answers = at_once(
        lambda: undo_step(cohort=cast.cohort, by=cast.by, step_id=step.pk),
        lambda: release_pair(cohort=cast.cohort, mentee=lucia, mentor=carmen, by=joana, seen="lock"),
    )

    # whoever is second finds the lock gone, or her step no longer the last
    assert sorted(map(word, answers)) in (["done", "nothing to do"], ["conflict", "done"])
    assert PairRule.objects.count() == 0


def test_two_places_take_two_of_three(cast: Cast) -> None:
    accept(cast.cohort, "Paula Vega", "mentee")
    elena = cast["Elena"]
    three = [cast[name] for name in ("Lucía", "Ana", "Paula")]

    answers = at_once(
        *[
            lambda mentee=mentee: lock_pair(cohort=cast.cohort, mentee=mentee, mentor=elena, by=cast.by)  # type: ignore[misc]
            for mentee in three
        ]
    )

    assert sorted(map(word, answers)) == ["done", "done", "no_place"]
