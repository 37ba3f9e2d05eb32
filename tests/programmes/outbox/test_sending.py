"""E-mails are rows first: one per event and person, sent once, and visible where they did not go."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from programmes.audit.models import AuditEvent
from programmes.outbox.domain import (
    MAX_ATTEMPTS,
    dispatch_emails,
    hold_emails,
    resend_email,
    send_due_emails,
    send_email,
)
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.programmes.outbox.letters import ANA, fresh, sweep_until_quiet, write
from tests.programmes.outbox.sink import Sink, text_of
from wimmentor.base import clock as times
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import Conflict

State = OutboxEmail.State

# --- Queue -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_event_mails_a_person_once_whatever_is_said_again() -> None:
    first = write(subject="First")
    again = write(to="Ana@Example.org ", subject="Second")
    other = write(to="bea@example.org")
    later = write(event="offer:2")

    assert (again.pk, again.subject) == (first.pk, "First")
    assert len({first.pk, other.pk, later.pk}) == OutboxEmail.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_queue_one_email() -> None:
    def queue(_number: int) -> int:
        try:
            return write().pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(queue, range(8)))

    assert (len(keys), OutboxEmail.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_email_goes_with_the_transaction_that_queued_it() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not OutboxEmail.objects.exists()


# --- Send ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_email_arrives_as_text_and_html(sink: Sink) -> None:
    email = write(body="Hello Ana & Co,\nsee <you>.\n\nBye.", reply_to="rosa@example.org")

    sent = send_email(email_id=email.pk)

    row, message = fresh(email), sink.taken[0]
    assert (sent, row.state, row.attempts, row.sent_at is not None, row.lease_until) == (True, "sent", 1, True, None)
    assert (message["Subject"], message["To"], message["Reply-To"], message["Auto-Submitted"]) == (
        "A mentor for you",
        ANA,
        "rosa@example.org",
        "auto-generated",
    )
    assert text_of(message) == "Hello Ana & Co,\nsee <you>.\n\nBye."
    assert "Hello Ana &amp; Co,<br>see &lt;you&gt;." in text_of(message, "html")


@pytest.mark.django_db(transaction=True)
def test_row_says_sending_while_the_server_is_asked(sink: Sink) -> None:
    email = write()
    seen: list[tuple[str, int]] = []
    sink.while_asked = lambda: seen.append((fresh(email).state, fresh(email).attempts))

    send_email(email_id=email.pk)

    assert (seen, fresh(email).state) == ([(State.SENDING, 1)], State.SENT)


@pytest.mark.django_db
def test_sent_email_is_not_sent_again(sink: Sink) -> None:
    email = write()

    answers = [send_email(email_id=email.pk) for _try in range(3)]

    assert (answers, sink.recipients) == ([True, False, False], [ANA])


@pytest.mark.django_db(transaction=True)
def test_eight_senders_send_it_once(sink: Sink) -> None:
    email = write()

    def send(_number: int) -> bool:
        try:
            return send_email(email_id=email.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))

    assert (sum(answers), sink.recipients) == (1, [ANA])


@pytest.mark.django_db
def test_refused_email_is_tried_later_and_then_fails_visibly(sink: Sink, clock: Clock) -> None:
    sink.plan = ["refuse"] * 20
    email = write()
    send_email(email_id=email.pk)
    first = fresh(email)
    at_once = send_due_emails()

    sweep_until_quiet(clock)

    last = fresh(email)
    assert (first.state, first.attempts, at_once) == (State.QUEUED, 1, 0)
    assert first.send_after
    assert first.send_after > times.now() - timedelta(days=1)
    assert (last.state, last.attempts, sink.taken) == (State.FAILED, MAX_ATTEMPTS, [])
    assert "Not here" in last.error


@pytest.mark.django_db
def test_server_that_is_down_loses_nothing(sink: Sink, settings: Any, clock: Clock) -> None:
    settings.EMAIL_PORT = 1
    email = write()
    send_email(email_id=email.pk)
    down = fresh(email).state
    settings.EMAIL_PORT = sink.port

    sweep_until_quiet(clock, 2)

    assert (down, fresh(email).state, sink.recipients) == (State.QUEUED, State.SENT, [ANA])


@pytest.mark.parametrize(("plan", "copies"), [("drop_before", 1), ("drop_after", 2)])
@pytest.mark.django_db
def test_line_that_dies_doubles_an_email_at_most_once(sink: Sink, clock: Clock, plan: str, copies: int) -> None:
    """After DATA nobody can know whether it arrived: rather twice than never."""
    sink.plan = [plan]
    email = write()
    send_email(email_id=email.pk)

    sweep_until_quiet(clock)

    assert (fresh(email).state, sink.recipients) == (State.SENT, [ANA] * copies)
    assert len({str(message["Message-ID"]) for message in sink.taken}) == 1


@pytest.mark.django_db
def test_of_many_emails_on_a_bad_day_none_is_lost(sink: Sink, clock: Clock) -> None:
    sink.plan = ["accept", "drop_after", "refuse", "drop_before", "accept", "drop_after"]
    people = [f"person{number}@example.org" for number in range(12)]
    for person in people:
        write(to=person)

    sweep_until_quiet(clock, 20)

    copies = [sink.recipients.count(person) for person in people]
    assert set(OutboxEmail.objects.values_list("state", flat=True)) == {"sent"}
    assert (min(copies), sum(copies)) == (1, 12 + 2)


@pytest.mark.django_db
def test_email_whose_sender_died_goes_out(sink: Sink, clock: Clock, settings: Any) -> None:
    email = write()
    OutboxEmail.objects.filter(pk=email.pk).update(
        state=State.SENDING,
        attempts=1,
        lease_until=times.now() + timedelta(seconds=settings.EMAIL_LEASE_SECONDS),
        created_at=times.now() - timedelta(hours=1),
    )
    early = send_due_emails()
    clock.shift(timedelta(seconds=settings.EMAIL_LEASE_SECONDS + 1))

    later = send_due_emails()

    assert (early, later, fresh(email).state, sink.recipients) == (0, 1, State.SENT, [ANA])


@pytest.mark.django_db
def test_email_whose_senders_always_die_fails_visibly(sink: Sink) -> None:
    email = write()
    OutboxEmail.objects.filter(pk=email.pk).update(
        state=State.SENDING, attempts=MAX_ATTEMPTS, lease_until=times.now() - timedelta(seconds=1)
    )

    dispatch_emails()

    assert (fresh(email).state, fresh(email).error, sink.taken) == (
        State.FAILED,
        "The sender stopped in the middle.",
        [],
    )


@pytest.mark.django_db
def test_email_that_waited_out_an_outage_goes_on_after_a_death(sink: Sink) -> None:
    email = write()
    OutboxEmail.objects.filter(pk=email.pk).update(
        state=State.SENDING,
        attempts=MAX_ATTEMPTS + 2,
        error="ConnectionRefusedError: nobody answers",
        lease_until=times.now() - timedelta(seconds=1),
        created_at=times.now() - timedelta(hours=1),
    )

    sent = send_due_emails()

    assert (sent, fresh(email).state, sink.recipients) == (1, State.SENT, [ANA])


@pytest.mark.django_db(transaction=True)
def test_late_sender_does_not_put_back_what_another_sent(sink: Sink) -> None:
    email = write()
    sink.plan = ["refuse"]
    sink.while_asked = lambda: OutboxEmail.objects.filter(pk=email.pk).update(
        state=State.SENT, attempts=2, sent_at=times.now()
    )

    send_email(email_id=email.pk)

    assert (fresh(email).state, fresh(email).attempts) == (State.SENT, 2)


# --- Later, never, again ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_email_for_later_waits(sink: Sink, clock: Clock) -> None:
    email = write(send_after=times.now() + timedelta(days=2))
    early = [send_email(email_id=email.pk), bool(send_due_emails())]
    clock.shift(timedelta(days=2, seconds=1))

    send_due_emails()

    assert (early, fresh(email).state, sink.recipients) == ([False, False], State.SENT, [ANA])


@pytest.mark.django_db
def test_held_reminder_never_goes(sink: Sink, clock: Clock) -> None:
    reminder = write(event="offer:1:reminder", send_after=times.now() + timedelta(days=2))
    other = write(event="offer:2:reminder", send_after=times.now() + timedelta(days=2))

    held = hold_emails(event_key="offer:1:reminder")
    sweep_until_quiet(clock, 30)

    assert (held, fresh(reminder).state, fresh(other).state) == (1, State.HELD, State.SENT)
    assert len(sink.taken) == 1


@pytest.mark.django_db
def test_sent_email_cannot_be_held(sink: Sink) -> None:
    email = write()
    send_email(email_id=email.pk)

    assert (hold_emails(event_key="offer:1"), fresh(email).state) == (0, State.SENT)


@pytest.mark.parametrize("state", [State.FAILED, State.SENT])
@pytest.mark.django_db
def test_resend_sends_once_more(sink: Sink, state: str) -> None:
    email = write(organisation_id=3, cohort_id=4)
    OutboxEmail.objects.filter(pk=email.pk).update(state=state, attempts=5, error="x", sent_at=times.now())

    again = resend_email(email=fresh(email), by=SYSTEM)
    send_email(email_id=email.pk)

    assert (again.state, again.attempts, again.error, fresh(email).state) == (State.QUEUED, 0, "", State.SENT)
    assert sink.recipients == [ANA]
    assert AuditEvent.objects.values_list("verb", "cohort_id").get() == ("email.resent", 4)


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.HELD])
@pytest.mark.django_db
def test_email_on_its_way_is_not_resent(state: str) -> None:
    email = write()
    OutboxEmail.objects.filter(pk=email.pk).update(state=state)

    with pytest.raises(Conflict) as conflict:
        resend_email(email=email, by=SYSTEM)

    assert (conflict.value.code, fresh(email).state) == ("email_active", state)


# --- A mail server that is away --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_server_that_is_away_for_days_fails_nothing(sink: Sink, settings: Any, clock: Clock) -> None:
    settings.EMAIL_PORT = 1
    email = write()
    send_email(email_id=email.pk)
    sweep_until_quiet(clock, 24)
    away = (fresh(email).state, fresh(email).attempts > MAX_ATTEMPTS)
    settings.EMAIL_PORT = sink.port

    sweep_until_quiet(clock, 1)

    assert (away, fresh(email).state, sink.recipients) == ((State.QUEUED, True), State.SENT, [ANA])


@pytest.mark.django_db
def test_one_bad_address_holds_up_no_other(sink: Sink, clock: Clock) -> None:
    sink.plan = ["refuse", "accept"]
    bad, good = write(to="bad@example.org"), write(to="good@example.org")
    clock.shift(timedelta(hours=1))

    sent = send_due_emails()

    assert (sent, fresh(bad).state, fresh(good).state, sink.recipients) == (1, "queued", "sent", ["good@example.org"])


@pytest.mark.django_db
def test_server_that_hangs_is_left_alone_for_a_while(sink: Sink, settings: Any, clock: Clock) -> None:
    settings.EMAIL_TIMEOUT = 3
    sink.plan = ["hang"]
    first, second = write(), write(event="offer:2")
    code = write(event="code", body="[[secret:code]]", is_private=True)
    send_email(email_id=first.pk)

    refused = [send_email(email_id=second.pk), send_email(email_id=code.pk, secrets={"code": "1"})]
    resting = [fresh(second).attempts, fresh(code).state]
    clock.shift(timedelta(minutes=5))
    send_due_emails()

    assert (refused, resting) == ([False, False], [0, State.FAILED])
    assert (fresh(first).state, fresh(second).state, len(sink.taken)) == (State.SENT, State.SENT, 2)


@pytest.mark.django_db
def test_dispatcher_asks_for_e_mails_and_sends_none_itself(sink: Sink, clock: Clock) -> None:
    write()
    clock.shift(timedelta(hours=1))

    asked = dispatch_emails()

    assert (asked, sink.taken) == (1, [])
