"""What time does to offers."""

from datetime import timedelta

import pytest

from matching.board.domain import answer_offer, expire_due_offers, mark_all_answered, remind_due_offers
from matching.board.models import Offer
from programmes.cohorts.models import Cohort
from programmes.jobs.registry import SWEEPS
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.matching.board.cast import (
    accept,
    at_once,
    in_a_week,
    letters,
    make_cast,
    make_cohort,
    offer_of,
    places_taken,
    publish,
    states,
)
from wimmentor.base import clock as site_clock
from wimmentor.base.actors import Actor

HER = Actor.link("offer.mentee")


def test_the_dispatcher_looks_after_offers() -> None:
    assert {"offers.expire", "offers.remind", "offers.all_answered"} <= set(SWEEPS)


@pytest.mark.django_db
def test_offers_expire_at_their_deadline_and_free_both(clock: Clock) -> None:
    cast = make_cast()
    publish(cast, "Lucía")
    early = expire_due_offers()
    clock.shift(timedelta(days=7, minutes=1))

    late, again = expire_due_offers(), expire_due_offers()

    assert (early, late, again) == (0, 1, 0)
    assert (states(cast), sum(places_taken(cast).values())) == ({"Lucía": "expired"}, 0)
    assert len(letters(cast, "offer_ended")) == 2


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_expire_an_offer_once(clock: Clock) -> None:
    cast = make_cast()
    publish(cast, "Lucía")
    offer = offer_of(cast, "Lucía")
    type(offer).objects.update(deadline=offer.sent_at)

    swept = at_once(expire_due_offers, expire_due_offers)

    assert (sorted(swept), sum(places_taken(cast).values())) == ([0, 1], 0)


@pytest.mark.django_db
def test_only_who_has_not_answered_is_reminded_and_once(clock: Clock) -> None:
    cast = make_cast()
    publish(cast, "Lucía")
    offer = offer_of(cast, "Lucía")
    answer_offer(offer=offer, side="mentor", answer="yes", by=HER)
    clock.shift(timedelta(days=4, hours=23))
    early = remind_due_offers()
    clock.shift(timedelta(hours=2))

    due, again = remind_due_offers(), remind_due_offers()

    assert (early, due, again) == (0, 1, 0)
    assert letters(cast, "offer_reminder") == ["lucía"]
    assert OutboxEmail.objects.get(kind="offer_reminder").links["answer"]["purpose"] == "offer.mentee"


@pytest.mark.django_db
def test_with_little_time_the_reminder_comes_at_half_time(clock: Clock) -> None:
    cast = make_cast()
    publish(cast, "Lucía", deadline_wall=in_a_week(cast.cohort) - timedelta(days=6))
    clock.shift(timedelta(hours=11))
    early = remind_due_offers()
    clock.shift(timedelta(hours=2))

    assert (early, remind_due_offers()) == (0, 1)


@pytest.mark.django_db
def test_many_whose_half_time_is_not_over_keep_nobody_from_her_reminder(clock: Clock) -> None:
    """A round takes two hundred offers: those that are due, whatever was sent before them."""
    cohort, now = make_cohort(), site_clock.now()
    people = [
        (accept(cohort, f"M{number} X", "mentee"), accept(cohort, f"R{number} X", "mentor", places_taken=1))
        for number in range(202)
    ]
    Offer.objects.bulk_create(
        Offer(cohort=cohort, mentee=mentee, mentor=mentor, points=1, sent_at=now, deadline=now + timedelta(days=2))
        for mentee, mentor in people
    )
    due = Offer.objects.order_by("-pk").first()
    Offer.objects.filter(pk=due.pk).update(sent_at=now - timedelta(days=5))

    assert (remind_due_offers(), remind_due_offers()) == (1, 0)
    assert list(Offer.objects.exclude(reminded_at=None)) == [due]


@pytest.mark.django_db
def test_a_reminder_that_has_not_gone_stays_when_she_answers(clock: Clock) -> None:
    cast = make_cast()
    publish(cast, "Lucía")
    clock.shift(timedelta(days=6))
    remind_due_offers()

    answer_offer(offer=offer_of(cast, "Lucía"), side="mentee", answer="yes", by=HER)

    held = OutboxEmail.objects.filter(kind="offer_reminder").order_by("event_key")
    assert [(mail.event_key.split(":")[2], mail.state) for mail in held] == [("mentee", "held"), ("mentor", "queued")]


@pytest.mark.django_db
def test_the_moment_when_all_answered_is_kept_until_more_is_sent(clock: Clock) -> None:
    cast = make_cast()
    publish(cast, "Lucía")
    waiting = mark_all_answered()
    answer_offer(offer=offer_of(cast, "Lucía"), side="mentee", answer="no", by=HER)

    done = mark_all_answered()
    kept = Cohort.objects.get(pk=cast.cohort.pk).all_answered_at
    publish(cast, "Ana")

    assert (waiting, done, kept is not None) == (0, 1, True)
    assert Cohort.objects.get(pk=cast.cohort.pk).all_answered_at is None
