"""Yes and no: once, in time, one consistent result whoever presses when."""

from datetime import timedelta
from typing import Any

import pytest

from matching.board.domain import answer_offer, extend_offer_deadline, withdraw_offer
from matching.board.models import Offer
from matching.board.offer_queries import held_and_declined
from matching.runs.models import Proposal
from programmes.applications.domain import withdraw_application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import CohortFigures
from programmes.mentorships.domain import end_mentorship
from programmes.mentorships.models import Mentorship, MentorshipMentee
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.matching.board.cast import (
    Cast,
    at_once,
    in_a_week,
    letters,
    make_cast,
    offer_of,
    places_taken,
    publish,
    run_matching,
    states,
)
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import Conflict, DomainError

HER = Actor.link("offer.mentee")


def sent_cast() -> Cast:
    cast = make_cast()
    publish(cast)
    return cast


def say(cast: Cast, first_name: str, side: str, answer: str, **more: Any) -> Offer:
    return answer_offer(offer=offer_of(cast, first_name), side=side, answer=answer, by=HER, **more)


@pytest.mark.django_db
def test_one_yes_waits_for_the_other() -> None:
    cast = sent_cast()

    offer = say(cast, "Lucía", "mentee", "yes")

    assert (offer.state, offer.mentee_answer, offer.mentor_answer, offer.mentee_answered_for) == (
        "sent",
        "yes",
        "",
        False,
    )
    assert Mentorship.objects.count() == 0


@pytest.mark.django_db
def test_both_yes_make_the_pair_and_tell_both() -> None:
    cast = sent_cast()
    say(cast, "Lucía", "mentee", "yes")

    offer = say(cast, "Lucía", "mentor", "yes")

    pair = Mentorship.objects.get()
    assert (offer.state, offer.mentorship_id, pair.state, pair.mentor_id) == (
        "confirmed",
        pair.pk,
        "active",
        offer.mentor_id,
    )
    assert MentorshipMentee.objects.get().mentee == cast["Lucía"]
    assert letters(cast, "pair_confirmed") == sorted(["lucía", offer.mentor.first_name.casefold()])
    mail = OutboxEmail.objects.get(event_key=f"pair.confirmed:{pair.pk}:mentee")
    assert (mail.links["pair"]["purpose"], mail.links["pair"]["subject_id"]) == ("mentorship.mentee", pair.pk)
    assert CohortFigures.objects.get(cohort=cast.cohort).accepted_at_first_proposal == 1


@pytest.mark.django_db
def test_a_no_frees_both_at_once_and_tells_the_other_without_a_reason() -> None:
    cast = sent_cast()
    mentor = offer_of(cast, "Lucía").mentor
    before = places_taken(cast)[mentor.first_name]
    say(cast, "Lucía", "mentor", "yes")

    offer = say(cast, "Lucía", "mentee", "no")

    assert (offer.state, offer.ended_at is not None) == ("declined", True)
    assert places_taken(cast)[mentor.first_name] == before - 1
    assert letters(cast, "offer_ended") == [mentor.first_name.casefold()]
    assert "Lucía" not in OutboxEmail.objects.get(kind="offer_ended").body
    assert CohortFigures.objects.get(cohort=cast.cohort).matched == 2


@pytest.mark.django_db
def test_the_same_side_answers_once() -> None:
    cast = sent_cast()
    say(cast, "Lucía", "mentee", "yes")

    with pytest.raises(Conflict, match="You have answered this already: yes, on"):
        say(cast, "Lucía", "mentee", "no")

    assert offer_of(cast, "Lucía").state == "sent"


@pytest.mark.django_db
def test_nobody_answers_after_the_other_said_no() -> None:
    cast = sent_cast()
    say(cast, "Lucía", "mentor", "no")

    with pytest.raises(Conflict, match="It is not about you"):
        say(cast, "Lucía", "mentee", "yes")

    assert offer_of(cast, "Lucía").mentee_answer == ""


@pytest.mark.django_db
def test_nobody_answers_after_the_deadline_even_before_the_sweep(clock: Clock) -> None:
    cast = sent_cast()
    clock.shift(timedelta(days=7, minutes=1))

    with pytest.raises(DomainError) as refusal:
        say(cast, "Lucía", "mentee", "yes")

    assert (refusal.value.code, offer_of(cast, "Lucía").mentee_answer) == ("late", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answers", [("yes", "yes"), ("no", "yes"), ("yes", "no"), ("no", "no")])
def test_both_sides_at_once_give_one_result(answers: tuple[str, str]) -> None:
    cast = sent_cast()
    mentor = offer_of(cast, "Lucía").mentor
    before = places_taken(cast)[mentor.first_name]

    at_once(
        lambda: say(cast, "Lucía", "mentee", answers[0]).state,
        lambda: say(cast, "Lucía", "mentor", answers[1]).state,
    )

    offer = offer_of(cast, "Lucía")
    agreed = answers == ("yes", "yes")
    assert (offer.state, Mentorship.objects.count()) == (("confirmed", 1) if agreed else ("declined", 0))
    assert before - places_taken(cast)[mentor.first_name] == (0 if agreed else 1)
    assert len(letters(cast, "pair_confirmed")) == (2 if agreed else 0)
    assert len(letters(cast, "offer_ended")) == (0 if agreed else 1)


@pytest.mark.django_db(transaction=True)
def test_one_side_pressing_yes_and_no_at_once_has_said_one_of_them() -> None:
    cast = sent_cast()

    results = at_once(
        lambda: say(cast, "Lucía", "mentee", "yes").mentee_answer,
        lambda: say(cast, "Lucía", "mentee", "no").mentee_answer,
    )

    assert sorted(results) in (["answered", "yes"], ["answered", "no"])
    assert offer_of(cast, "Lucía").mentee_answer in results


@pytest.mark.django_db
def test_the_coordinator_writes_down_what_she_heard() -> None:
    cast = sent_cast()

    offer = answer_offer(offer=offer_of(cast, "Ana"), side="mentor", answer="yes", by=cast.by, answered_for=True)

    event = AuditEvent.objects.get(verb="offer.answered")
    assert (offer.mentor_answer, offer.mentor_answered_for) == ("yes", True)
    assert (event.actor_id, event.details) == (cast.rosa.pk, {"side": "mentor", "answer": "yes", "answered_for": True})


@pytest.mark.django_db
def test_a_withdrawn_offer_ends_for_both_and_once() -> None:
    cast = sent_cast()
    offer = offer_of(cast, "Inés")

    withdraw_offer(offer=offer, by=cast.by)
    repeated = withdraw_offer(offer=offer_of(cast, "Inés"), by=cast.by)
    with pytest.raises(Conflict, match="withdrawn") as refused:
        withdraw_offer(offer=offer_of(cast, "Inés"), by=SYSTEM)

    assert (repeated.state, refused.value.theirs["Offer"]) == ("withdrawn", "withdrawn")

    assert states(cast) == {"Lucía": "sent", "Ana": "sent", "Inés": "withdrawn"}
    assert letters(cast, "offer_ended") == sorted(["inés", offer.mentor.first_name.casefold()])
    assert sum(places_taken(cast).values()) == 2


@pytest.mark.django_db
def test_a_later_deadline_gives_more_time(clock: Clock) -> None:
    cast = sent_cast()
    offers = list(Offer.objects.all())
    later = in_a_week(cast.cohort) + timedelta(days=5)

    moved = extend_offer_deadline(offers=offers, cohort=cast.cohort, deadline_wall=later, by=cast.by)
    clock.shift(timedelta(days=10))

    assert (moved, say(cast, "Lucía", "mentee", "yes").mentee_answer) == (3, "yes")


@pytest.mark.django_db
def test_a_deadline_is_never_made_earlier() -> None:
    cast = sent_cast()
    earlier = in_a_week(cast.cohort) - timedelta(days=2)

    with pytest.raises(Conflict) as refusal:
        extend_offer_deadline(offers=list(Offer.objects.all()), cohort=cast.cohort, deadline_wall=earlier, by=cast.by)

    assert refusal.value.code == "nothing_to_extend"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["Lucía", "her mentor"])
def test_whoever_withdraws_frees_the_other(who: str) -> None:
    cast = sent_cast()
    offer = offer_of(cast, "Lucía")
    leaving, staying = (offer.mentee, offer.mentor) if who == "Lucía" else (offer.mentor, offer.mentee)
    address = staying.email
    alone = Offer.objects.filter(mentor=offer.mentor).count() == 1

    withdraw_application(application=leaving, by=HER)

    offer.refresh_from_db()
    told = OutboxEmail.objects.filter(kind="offer_ended", recipient=address)
    assert (offer.state, told.count()) == ("withdrawn", 1)
    assert places_taken(cast)[offer.mentor.first_name or ""] == (0 if alone or who != "Lucía" else 1)


@pytest.mark.django_db
def test_a_pair_ends_when_one_of_them_withdraws() -> None:
    cast = sent_cast()
    say(cast, "Lucía", "mentee", "yes")
    offer = say(cast, "Lucía", "mentor", "yes")

    withdraw_application(application=offer.mentee, by=HER)

    offer.refresh_from_db()
    assert (Mentorship.objects.get().state, MentorshipMentee.objects.get().active) == ("ended", False)
    assert (offer.state, places_taken(cast)[offer.mentor.first_name]) == ("withdrawn", _others(offer))
    assert letters(cast, "pair_ended") == [offer.mentor.first_name.casefold()]


def _others(offer: Offer) -> int:
    return Offer.objects.filter(mentor=offer.mentor, state="sent").count()


@pytest.mark.django_db
def test_an_ended_pair_frees_place_and_mentee_and_is_not_proposed_again() -> None:
    cast = sent_cast()
    say(cast, "Lucía", "mentee", "yes")
    offer = say(cast, "Lucía", "mentor", "yes")
    assert offer.mentorship is not None

    end_mentorship(mentorship=offer.mentorship, by=cast.by)

    wishes = held_and_declined(cast.cohort)
    assert (offer.mentee_id, offer.mentor_id) in wishes.forbidden
    assert places_taken(cast)[offer.mentor.first_name] == _others(offer)
    assert states(cast)["Lucía"] == "withdrawn"


@pytest.mark.django_db
def test_the_next_run_keeps_live_pairs_and_leaves_declined_ones() -> None:
    cast = sent_cast()
    declined = say(cast, "Lucía", "mentee", "no")
    live = {(offer.mentee_id, offer.mentor_id) for offer in Offer.objects.filter(state="sent")}

    wishes = held_and_declined(cast.cohort)
    run = run_matching(cast.cohort)

    pairs = set(Proposal.objects.filter(run=run).values_list("mentee_id", "mentor_id"))
    assert (wishes.held, wishes.forbidden) == (live, {(declined.mentee_id, declined.mentor_id)})
    assert (live <= pairs, (declined.mentee_id, declined.mentor_id) in pairs) == (True, False)


@pytest.mark.django_db
def test_an_offer_of_the_second_run_is_no_first_proposal() -> None:
    cast = sent_cast()
    first = offer_of(cast, "Lucía")
    withdraw_offer(offer=first, by=SYSTEM)
    publish(cast, run=run_matching(cast.cohort))

    say(cast, "Lucía", "mentee", "yes")
    say(cast, "Lucía", "mentor", "yes")
    say(cast, "Ana", "mentee", "yes")
    say(cast, "Ana", "mentor", "yes")

    figures = CohortFigures.objects.get(cohort=cast.cohort)
    assert (figures.matched, figures.accepted_at_first_proposal) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_yes_at_once_leave_nobody_waiting() -> None:
    """Whoever is first: the pair does not go on, the place is free, and the one who stays is told once."""
    cast = sent_cast()
    offer = say(cast, "Lucía", "mentee", "yes")
    lucia = cast["Lucía"]

    at_once(
        lambda: withdraw_application(application=lucia, by=HER).status,
        lambda: answer_offer(offer=offer, side="mentor", answer="yes", by=HER).state,
    )

    offer.refresh_from_db()
    told = OutboxEmail.objects.filter(kind__in=["offer_ended", "pair_ended"], recipient=offer.mentor.email)
    assert (offer.state, told.count()) == ("withdrawn", 1)
    assert places_taken(cast)[offer.mentor.first_name] == _others(offer)
    assert Mentorship.objects.filter(state="active").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_sending_at_once_leave_no_offer_to_her() -> None:
    cast = make_cast()
    lucia = cast["Lucía"]

    at_once(lambda: withdraw_application(application=lucia, by=HER).status, lambda: len(publish(cast)))

    assert Offer.objects.filter(mentee=lucia, state="sent").count() == 0
    assert sum(places_taken(cast).values()) == Offer.objects.filter(state="sent").count()
