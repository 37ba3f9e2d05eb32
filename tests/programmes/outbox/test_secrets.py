"""Links and codes go out with an e-mail and are kept nowhere; what people write reaches no head line."""

import pytest

from programmes.access.models import PurposeLink
from programmes.outbox.domain import send_email
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.programmes.outbox.letters import ANA, fresh, sweep_until_quiet, write
from tests.programmes.outbox.sink import Sink, text_of
from wimmentor.base import clock as times

State = OutboxEmail.State


@pytest.mark.django_db
def test_links_are_made_when_it_is_sent_and_kept_nowhere(sink: Sink) -> None:
    email = write(
        body="Here: [[link:status]]",
        links={"status": {"purpose": "application.status", "subject_id": 7}},
    )
    before = PurposeLink.objects.count()
    send_email(email_id=email.pk)

    address = text_of(sink.taken[0]).split("Here: ")[1].strip()
    token = address.rstrip("/").rsplit("/", 1)[1]
    stored = str(list(OutboxEmail.objects.values())) + str(list(PurposeLink.objects.values()))
    assert (before, PurposeLink.objects.count()) == (0, 1)
    assert address.startswith("http")
    assert len(token) > 30
    assert token not in stored


@pytest.mark.django_db
def test_codes_are_sent_and_kept_nowhere(sink: Sink) -> None:
    email = write(body="Your code: [[secret:code]]", is_private=True, kind="sign_in")

    send_email(email_id=email.pk, secrets={"code": "QX7-RT2"})

    assert "Your code: QX7-RT2" in text_of(sink.taken[0])
    assert "QX7-RT2" not in str(list(OutboxEmail.objects.values()))


@pytest.mark.django_db
def test_code_that_could_not_be_sent_is_not_tried_without_it(sink: Sink, clock: Clock) -> None:
    sink.plan = ["refuse"]
    email = write(body="Your code: [[secret:code]]", is_private=True, kind="sign_in")

    send_email(email_id=email.pk, secrets={"code": "QX7-RT2"})
    sweep_until_quiet(clock)

    assert (fresh(email).state, sink.taken) == (State.FAILED, [])


@pytest.mark.django_db
def test_code_whose_sender_died_is_not_sent_without_it(sink: Sink, clock: Clock) -> None:
    email = write(body="Your code: [[secret:code]]", is_private=True, kind="sign_in")
    OutboxEmail.objects.filter(pk=email.pk).update(state=State.SENDING, attempts=1, lease_until=times.now())

    sweep_until_quiet(clock, 2)

    assert (fresh(email).state, sink.taken) == (State.FAILED, [])


@pytest.mark.parametrize("evil", ["\r\nBcc: spy@example.org", "\nBcc: spy@example.org", "\u2028Bcc: spy@example.org"])
@pytest.mark.parametrize("field", ["subject", "recipient_name", "to", "reply_to"])
@pytest.mark.django_db
def test_no_field_can_add_a_header(sink: Sink, field: str, evil: str) -> None:
    values = {"to": ANA, "subject": "Hello", "recipient_name": "Ana", "reply_to": "rosa@example.org"}
    values[field] += evil
    email = write(**values)

    send_email(email_id=email.pk)

    assert [message["Bcc"] for message in sink.taken if message["Bcc"]] == []
    assert [name for message in sink.taken for name in message.keys() if name.casefold() == "bcc"] == []  # noqa: SIM118
    assert fresh(email).state in ("sent", "queued")


@pytest.mark.django_db
def test_line_of_the_body_that_looks_like_an_end_is_text(sink: Sink) -> None:
    email = write(body="One.\n.\nRCPT TO:<spy@example.org>\n\n..two")

    send_email(email_id=email.pk)

    assert text_of(sink.taken[0]) == "One.\n.\nRCPT TO:<spy@example.org>\n\n..two"
    assert len(sink.taken) == 1
