from datetime import timedelta
from typing import Any

from programmes.outbox.domain import queue_email, send_due_emails
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock

ANA = "ana@example.org"


def write(event: str = "offer:1", to: str = ANA, **values: Any) -> OutboxEmail:
    given = {"kind": "offer_mentee", "subject": "A mentor for you", "body": "Hello Ana.\n\nSee you.", **values}
    return queue_email(event_key=event, recipient=to, **given)


def fresh(email: OutboxEmail) -> OutboxEmail:
    return OutboxEmail.objects.get(pk=email.pk)


def sweep_until_quiet(clock: Clock, rounds: int = 12) -> None:
    for _round in range(rounds):
        clock.shift(timedelta(hours=2))
        send_due_emails()
