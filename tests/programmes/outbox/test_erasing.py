"""An erased e-mail goes nowhere again; one that is going out just now is not tried again."""

from typing import Any

import pytest

from programmes.access.models import PurposeLink
from programmes.outbox.domain import (
    Withheld,
    erase_letters_about,
    erase_recipient,
    make_links,
    queue_email,
    resend_email,
    send_email,
)
from programmes.outbox.models import OutboxEmail
from tests.programmes.outbox.letters import ANA, fresh
from tests.programmes.outbox.sink import Sink
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError


def write(event: str = "offer.sent:1:mentee", **values: Any) -> OutboxEmail:
    given = {"kind": "offer_mentee", "subject": "A mentor for you", "body": "Hello Ana.", "cohort_id": 1, **values}
    return queue_email(event_key=event, recipient=ANA, **given)


@pytest.mark.django_db(transaction=True)
def test_what_fails_while_it_is_erased_is_not_tried_again(sink: Sink) -> None:
    email = write()
    sink.plan = ["refuse"]
    sink.while_asked = lambda: erase_recipient(recipient=ANA, cohort_id=1)

    send_email(email_id=email.pk)

    row = fresh(email)
    assert (row.state, row.recipient, row.body, row.error) == ("held", f"erased-{email.pk}", "", "")
    assert not send_email(email_id=email.pk)


@pytest.mark.django_db
def test_erased_after_its_sender_read_it_it_makes_no_link() -> None:
    email = write(links={"answer": {"purpose": "offer.mentee", "subject_id": 1}})
    OutboxEmail.objects.filter(pk=email.pk).update(state="sending")
    read = fresh(email)
    erase_recipient(recipient=ANA, cohort_id=1)

    with pytest.raises(Withheld):
        make_links(read)

    assert PurposeLink.objects.count() == 0


@pytest.mark.django_db
def test_an_erased_e_mail_is_not_sent_again() -> None:
    email = write()
    send_email(email_id=email.pk)
    erase_recipient(recipient=ANA, cohort_id=1)

    with pytest.raises(DomainError, match="erased"):
        resend_email(email=fresh(email), by=SYSTEM)

    assert fresh(email).state == "sent"


@pytest.mark.django_db
def test_letters_about_somebody_are_blanked_and_others_stay() -> None:
    about, other = write("offer.sent:1:mentor"), write("offer.sent:12:mentor")
    send_email(email_id=about.pk)
    reminder = write("offer.reminder:1:mentor:202701011200")

    erase_letters_about(cohort_id=1, keys=("offer.sent:1", "offer.reminder:1"))

    rows = [(row.state, row.recipient, row.body) for row in map(fresh, (about, reminder, other))]
    assert rows == [("sent", ANA, ""), ("held", ANA, ""), ("queued", ANA, "Hello Ana.")]


@pytest.mark.django_db(transaction=True)
def test_sent_again_by_a_person_it_is_another_message(sink: Sink) -> None:
    """Mail servers drop a second message with the same id."""
    email = write()
    send_email(email_id=email.pk)
    resend_email(email=fresh(email), by=SYSTEM)
    send_email(email_id=email.pk)

    assert len({str(message["Message-ID"]) for message in sink.taken}) == len(sink.taken) == 2
