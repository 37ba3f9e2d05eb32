"""Lock, forbid, pair by hand, release: what is kept, what is refused and by which name."""

from datetime import timedelta
from typing import Any

import pytest

from matching.board.domain import forbid_pair, lock_pair, pair_by_hand, release_pair, undo_step
from matching.board.fit import RuleBroken
from matching.board.models import BoardStep, PairRule
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.domain import create_cohort
from programmes.cohorts.domain.calendars import calendar_of
from programmes.cohorts.models import CohortFigures, Minutes
from programmes.mentorships.models import Mentorship, MentorshipMentee
from tests.conftest import Clock
from tests.matching.board.cast import Cast, accept, make_cast, make_member, publish, run_matching
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture(name="ticking")
def rename_clock(request: pytest.FixtureRequest) -> Clock:
    found: Clock = request.getfixturevalue("clock")
    return found


def press(change: Any, cast: Cast, mentee: str, mentor: str, **values: Any) -> BoardStep | None:
    step: BoardStep | None = change(
        cohort=cast.cohort, mentee=cast[mentee], mentor=cast[mentor], **{"by": cast.by, **values}
    )
    return step


def rules(cast: Cast) -> list[tuple[str, str, str]]:
    rows = PairRule.objects.filter(cohort=cast.cohort).order_by("mentee__first_name", "mentor__first_name")
    return list(rows.values_list("kind", "mentee__first_name", "mentor__first_name"))


def board_events(cast: Cast) -> list[str]:
    events = AuditEvent.objects.filter(cohort_id=cast.cohort.pk, verb__startswith="board.").order_by("pk")
    return list(events.values_list("verb", flat=True))


def pairs_of(cast: Cast) -> dict[str, str]:
    """As a new run makes them."""
    proposals = run_matching(cast.cohort).proposals
    return dict(proposals.values_list("mentee__first_name", "mentor__first_name"))


def change(person: Application, **values: Any) -> None:
    Application.objects.filter(pk=person.pk).update(**values)


def test_each_change_is_one_rule_one_step_and_one_event(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Elena")
    press(forbid_pair, cast, "Ana", "Carmen")
    press(release_pair, cast, "Lucía", "Elena")
    press(release_pair, cast, "Ana", "Carmen")
    press(pair_by_hand, cast, "Inés", "Carmen")

    assert rules(cast) == [("lock", "Inés", "Carmen")]
    assert board_events(cast) == ["board.lock", "board.forbid", "board.unlock", "board.allow", "board.pair"]
    assert list(BoardStep.objects.order_by("pk").values_list("action", flat=True)) == [
        *("lock", "forbid", "unlock", "allow", "pair")
    ]


def test_pressed_twice_is_done_once(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Elena", seen="")

    assert press(lock_pair, cast, "Lucía", "Elena", seen="") is None
    assert press(pair_by_hand, cast, "Lucía", "Elena", seen_mentor=0) is None
    assert press(release_pair, cast, "Ana", "Elena", seen="lock") is None
    assert board_events(cast) == ["board.lock"]


@pytest.mark.parametrize("mentor", ["Carmen", "Elena"])
def test_next_run_keeps_a_locked_pair(cast: Cast, mentor: str) -> None:
    press(lock_pair, cast, "Ana", mentor)

    assert pairs_of(cast)["Ana"] == mentor
    assert pairs_of(cast)["Ana"] == mentor


@pytest.mark.parametrize("mentor", ["Carmen", "Elena"])
def test_next_run_does_without_a_forbidden_pair(cast: Cast, mentor: str) -> None:
    press(forbid_pair, cast, "Ana", mentor)

    assert pairs_of(cast)["Ana"] == {"Carmen": "Elena", "Elena": "Carmen"}[mentor]


def test_lock_of_a_mentee_who_is_locked_elsewhere_shows_both_versions(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    joana = Actor.of(make_member(cast.cohort, "joana@example.org", "Joana Pires"))

    with pytest.raises(Conflict) as conflict:
        press(lock_pair, cast, "Lucía", "Elena", by=joana)

    assert str(conflict.value) == "Lucía Paredes is locked with somebody else."
    assert conflict.value.yours == {"Lucía Paredes": "locked: Elena Rojas"}
    theirs = dict(conflict.value.theirs)
    assert " in Santiago (UTC−" in theirs.pop("When")
    assert theirs == {
        "Lucía Paredes": "locked with Carmen Ibáñez",
        "Last change": "Rosa Mamani locked Lucía Paredes with Carmen Ibáñez",
    }


def test_pairing_by_hand_lifts_the_earlier_lock(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")

    step = press(pair_by_hand, cast, "Lucía", "Elena", seen_mentor=cast["Carmen"].pk)

    assert rules(cast) == [("lock", "Lucía", "Elena")]
    assert step is not None
    assert [row["mentor"] for row in step.before] == [cast["Carmen"].pk]


def test_pairing_by_hand_over_a_lock_that_was_not_seen_is_a_conflict(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")

    with pytest.raises(Conflict, match="The lock of Lucía Paredes changed while you were looking"):
        press(pair_by_hand, cast, "Lucía", "Elena", seen_mentor=0)

    assert rules(cast) == [("lock", "Lucía", "Carmen")]


@pytest.mark.parametrize(("pressed", "seen"), [(forbid_pair, ""), (release_pair, "forbid")])
def test_a_rule_that_was_not_seen_is_not_overwritten(cast: Cast, pressed: Any, seen: str) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")

    with pytest.raises(Conflict, match="This pair changed while you were looking"):
        press(pressed, cast, "Lucía", "Carmen", seen=seen)

    assert rules(cast) == [("lock", "Lucía", "Carmen")]


def test_forbidding_a_locked_pair_turns_the_rule(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    press(forbid_pair, cast, "Lucía", "Carmen", seen="lock")

    assert rules(cast) == [("forbid", "Lucía", "Carmen")]


def test_more_locks_than_places_are_refused(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")

    with pytest.raises(DomainError) as refusal:
        press(lock_pair, cast, "Ana", "Carmen")

    assert refusal.value.code == "no_place"
    assert str(refusal.value) == "Carmen Ibáñez has 1 place, and it is taken: Lucía Paredes."


def test_places_that_offers_hold_count(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    run = run_matching(cast.cohort)
    publish(cast, "Lucía", run=run)
    press(release_pair, cast, "Lucía", "Carmen")

    with pytest.raises(DomainError) as refusal:
        press(pair_by_hand, cast, "Ana", "Carmen")

    assert refusal.value.code == "no_place"


def test_who_has_an_offer_is_left_alone(cast: Cast) -> None:
    publish(cast, "Lucía")
    asked = cast.run.proposals.get(mentee__first_name="Lucía").mentor.first_name
    other = {"Carmen": "Elena", "Elena": "Carmen"}[asked]

    for pressed, mentor in ((lock_pair, other), (pair_by_hand, other), (forbid_pair, asked)):
        with pytest.raises(DomainError) as refusal:
            press(pressed, cast, "Lucía", mentor)
        assert refusal.value.code == "offer_open"

    assert rules(cast) == []


def test_somebody_who_is_not_accepted_is_refused(cast: Cast) -> None:
    change(cast["Lucía"], status="withdrawn")

    with pytest.raises(DomainError, match="Lucía Paredes is not an accepted mentee of this cohort"):
        press(lock_pair, cast, "Lucía", "Carmen")


def test_two_of_another_cohort_are_refused(cast: Cast) -> None:
    other = make_cast("wim-altiplano")

    with pytest.raises(DomainError, match="not an accepted mentee of this cohort"):
        lock_pair(cohort=cast.cohort, mentee=other["Lucía"], mentor=other["Carmen"], by=cast.by)

    assert PairRule.objects.count() == 0


ALWAYS_ON = {
    "same_person": ({}, {"email": "lucía@wim-cordillera.example.org"}, "she is the same person"),
    "not_with": ({"not_with": "Carmen Ibáñez"}, {}, "one of them asked not to be matched with the other"),
    "reporting_line": (
        {"line_manager_email": "carmen@wim-cordillera.example.org"},
        {},
        "one of them is the other's line manager",
    ),
    "gender_strict": (
        {"preferred_mentor_gender": "female", "gender_preference_strict": True},
        {"gender": "male"},
        "the strict wish for a mentor's or mentee's gender is not met",
    ),
    "minor": ({"adult": False}, {}, "one of them is under 18"),
}


@pytest.mark.parametrize("rule", ALWAYS_ON)
def test_a_rule_that_is_always_on_is_refused_by_name(cast: Cast, rule: str) -> None:
    of_mentee, of_mentor, name = ALWAYS_ON[rule]
    change(cast["Lucía"], **of_mentee)
    change(cast["Carmen"], **of_mentor)

    for pressed in (lock_pair, pair_by_hand):
        with pytest.raises(DomainError) as refusal:
            press(pressed, cast, "Lucía", "Carmen", despite=rule)
        assert refusal.value.code == f"breaks.{rule}"
        assert name in str(refusal.value)
        assert str(refusal.value).endswith("This rule is always on.")


def test_a_forbidden_pair_must_be_allowed_first(cast: Cast) -> None:
    press(forbid_pair, cast, "Lucía", "Carmen")

    with pytest.raises(DomainError) as refusal:
        press(lock_pair, cast, "Lucía", "Carmen", seen="forbid")

    assert refusal.value.code == "breaks.forbidden"


def test_a_pair_of_an_earlier_cohort_is_refused(cast: Cast) -> None:
    earlier = create_cohort(
        programme=cast.cohort.programme, name="Cohort 2090", calendar=calendar_of(cast.cohort), by=SYSTEM
    )
    mentorship = Mentorship.objects.create(
        cohort=earlier, mentor=accept(earlier, "Carmen Ibáñez", "mentor"), started_at=clock.now()
    )
    MentorshipMentee.objects.create(mentorship=mentorship, mentee=accept(earlier, "Lucía Paredes", "mentee"))

    with pytest.raises(DomainError) as refusal:
        press(lock_pair, cast, "Lucía", "Carmen")

    assert refusal.value.code == "breaks.paired_before"


BREAKABLE = {
    "language": ({"languages": ("es",)}, {"languages": ("en",)}, "no shared language"),
    "employer": ({"employer": "Orex"}, {"employer": "orex "}, "same employer"),
    "seniority_gap": ({"years_experience": 14}, {}, "the mentor is not senior enough"),
}


@pytest.mark.parametrize("rule", BREAKABLE)
def test_a_switchable_rule_needs_a_second_press_that_names_it(cast: Cast, rule: str) -> None:
    of_mentee, of_mentor, name = BREAKABLE[rule]
    change(cast["Lucía"], **of_mentee)
    change(cast["Carmen"], **of_mentor)

    with pytest.raises(RuleBroken) as refusal:
        press(pair_by_hand, cast, "Lucía", "Carmen", despite="overlap")
    press(pair_by_hand, cast, "Lucía", "Carmen", despite=rule)

    assert refusal.value.rules == (rule,)
    assert str(refusal.value) == f"Lucía Paredes and Carmen Ibáñez break a rule of this cohort: {name}."
    assert PairRule.objects.get().breaks_rule == rule
    run = run_matching(cast.cohort)
    assert run.proof_checked
    assert run.proposals.get(mentee=cast["Lucía"]).mentor == cast["Carmen"]


def test_every_broken_rule_must_be_named(cast: Cast) -> None:
    change(cast["Lucía"], years_experience=14, employer="Orex")
    change(cast["Carmen"], employer="Orex")

    with pytest.raises(RuleBroken) as refusal:
        press(lock_pair, cast, "Lucía", "Carmen", despite="employer")
    press(lock_pair, cast, "Lucía", "Carmen", despite="employer seniority_gap")

    assert refusal.value.rules == ("employer", "seniority_gap")
    assert rules(cast) == [("lock", "Lucía", "Carmen")]


def test_undo_takes_the_steps_back_one_by_one(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen", reason="They met at the congress")
    press(pair_by_hand, cast, "Lucía", "Elena")
    press(forbid_pair, cast, "Ana", "Elena")

    undo_step(cohort=cast.cohort, by=cast.by)
    after_one = rules(cast)
    undo_step(cohort=cast.cohort, by=cast.by)
    after_two = list(PairRule.objects.values_list("kind", "mentor__first_name", "reason"))
    undo_step(cohort=cast.cohort, by=cast.by)

    assert after_one == [("lock", "Lucía", "Elena")]
    assert after_two == [("lock", "Carmen", "They met at the congress")]
    assert rules(cast) == []
    assert board_events(cast)[3:] == ["board.undo"] * 3
    with pytest.raises(DomainError, match="There is no step to take back"):
        undo_step(cohort=cast.cohort, by=cast.by)


def test_undo_pressed_twice_takes_back_one_step(cast: Cast) -> None:
    press(lock_pair, cast, "Ana", "Elena")
    step = press(lock_pair, cast, "Lucía", "Carmen")
    assert step is not None

    undo_step(cohort=cast.cohort, by=cast.by, step_id=step.pk)

    assert undo_step(cohort=cast.cohort, by=cast.by, step_id=step.pk) is None
    assert rules(cast) == [("lock", "Ana", "Elena")]


def test_undo_of_a_step_that_is_not_the_last_shows_both(cast: Cast) -> None:
    first = press(lock_pair, cast, "Ana", "Elena")
    press(lock_pair, cast, "Lucía", "Carmen", by=Actor.of(make_member(cast.cohort, "joana@example.org", "Joana Pires")))
    assert first is not None

    with pytest.raises(Conflict) as conflict:
        undo_step(cohort=cast.cohort, by=cast.by, step_id=first.pk)

    assert conflict.value.yours == {"To be taken back": "You locked Ana Quispe with Elena Rojas"}
    assert conflict.value.theirs == {"The last step": "Joana Pires locked Lucía Paredes with Carmen Ibáñez"}
    assert len(rules(cast)) == 2


def test_undo_of_a_pair_that_was_changed_otherwise_is_a_conflict(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    PairRule.objects.update(kind="forbid")

    with pytest.raises(Conflict, match="changed after this step"):
        undo_step(cohort=cast.cohort, by=cast.by)

    assert rules(cast) == [("forbid", "Lucía", "Carmen")]


def test_undo_does_not_bring_back_a_lock_that_has_no_place_any_more(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    press(release_pair, cast, "Lucía", "Carmen")
    change(cast["Carmen"], capacity=0)

    with pytest.raises(DomainError, match="Carmen Ibáñez offers no place"):
        undo_step(cohort=cast.cohort, by=cast.by)

    assert rules(cast) == []


def test_a_lock_waits_for_somebody_who_left_and_stops_no_run(cast: Cast) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    change(cast["Lucía"], status="withdrawn")

    assert sorted(pairs_of(cast)) == ["Ana", "Inés"]
    assert rules(cast) == [("lock", "Lucía", "Carmen")]


def test_the_coordinators_minutes(cast: Cast, ticking: Clock) -> None:
    press(lock_pair, cast, "Lucía", "Carmen")
    ticking.shift(timedelta(seconds=100))
    press(release_pair, cast, "Lucía", "Carmen")
    ticking.shift(timedelta(minutes=6))
    press(lock_pair, cast, "Ana", "Elena")
    ticking.shift(timedelta(seconds=70))
    undo_step(cohort=cast.cohort, by=cast.by)

    assert sum(entry.seconds for entry in Minutes.objects.filter(cohort=cast.cohort, user=cast.rosa)) == 170
    assert CohortFigures.objects.get(cohort=cast.cohort).minutes == 2
