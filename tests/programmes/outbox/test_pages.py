import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.outbox.domain import queue_email, send_email
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from wimmentor.base import clock

pytestmark = pytest.mark.django_db
BODY = "Hello <Ana>,\nsee you.\n\n[[link:status]]"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def write_to(cohort: Cohort, name: str = "Ana Rojas", **values: Any) -> OutboxEmail:
    state = values.pop("state", "queued")
    email = queue_email(
        **{
            "event_key": f"test:{name}",
            "recipient": f"{name.split()[0].lower()}@example.org",
            "recipient_name": name,
            "kind": "decision_accepted",
            "subject": "A place",
            "body": BODY,
            "organisation_id": cohort.organisation_id,
            "cohort_id": cohort.pk,
            "reply_to": "hola@example.org",
            **values,
        }
    )
    if state != "queued":
        sent_at = clock.now() if state == "sent" else None
        OutboxEmail.objects.filter(pk=email.pk).update(state=state, sent_at=sent_at, error="SMTPError: full")
        email.refresh_from_db()
    return email


def names_on(page: str) -> list[str]:
    return re.findall(r'<a class="plain"[^>]*>([^<]+)</a>', page)


def test_list_shows_the_cohorts_messages_newest_first(cohort: Cohort) -> None:
    write_to(cohort, "Ana Rojas", state="sent")
    write_to(cohort, "Berta Cano", state="failed")
    write_to(cohort, "Carla Code", is_private=True)
    write_to(make_cohort("wim-andes"), "Frida Elsewhere")

    page = sign_in(cohort).get(address("outbox-list", cohort)).content.decode()

    assert names_on(page) == ["Berta Cano", "Ana Rojas"]
    assert "1 sent, 0 waiting to go." in page
    assert "1 could not be sent." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "failed"}, ["Bérta Cano"]),
        ({"state": "waiting"}, ["Ana Rojas"]),
        ({"q": "BERTA"}, ["Bérta Cano"]),
        ({"q": "ana@"}, ["Ana Rojas"]),
        ({"state": "strange"}, ["Bérta Cano", "Ana Rojas"]),
    ],
)
def test_filters(cohort: Cohort, query: dict[str, str], found: list[str]) -> None:
    write_to(cohort, "Ana Rojas")
    write_to(cohort, "Bérta Cano", state="failed")

    page = sign_in(cohort).get(address("outbox-list", cohort), query).content.decode()

    assert names_on(page) == found


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_few_queries(cohort: Cohort, number: int) -> None:
    for name in ("Ana Rojas", "Berta Cano", "Carla Soto")[:number]:
        write_to(cohort, name)
    client = sign_in(cohort)

    with CaptureQueriesContext(connection) as queries:
        client.get(address("outbox-list", cohort))

    assert len(queries) == 7


def test_message_is_shown_as_text_with_its_links_masked(cohort: Cohort) -> None:
    email = write_to(cohort)

    page = sign_in(cohort).get(address("outbox-message", cohort, pk=email.pk)).content.decode()

    assert "Hello &lt;Ana&gt;," in page
    assert "(her own link)" in page
    assert "[[link" not in page
    assert "style=" not in page


def test_failed_message_says_why_and_goes_again(cohort: Cohort) -> None:
    email = write_to(cohort, state="failed")
    client = sign_in(cohort)

    page = client.get(address("outbox-message", cohort, pk=email.pk)).content.decode()
    client.post(address("outbox-resend", cohort, pk=email.pk))

    assert "SMTPError: full" in page
    email.refresh_from_db()
    assert (email.state, email.error) == ("queued", "")
    assert AuditEvent.objects.filter(verb="email.resent", subject_id=email.pk).count() == 1


def test_what_is_on_its_way_does_not_go_twice(cohort: Cohort) -> None:
    email = write_to(cohort)

    answer = sign_in(cohort).post(address("outbox-resend", cohort, pk=email.pk))

    assert answer.status_code == 409
    assert AuditEvent.objects.filter(verb="email.resent").count() == 0


def test_reviewers_see_no_messages(cohort: Cohort) -> None:
    email = write_to(cohort)
    client = sign_in(cohort, role="reviewer")

    codes = [
        client.get(address("outbox-list", cohort)).status_code,
        client.get(address("outbox-message", cohort, pk=email.pk)).status_code,
        client.post(address("outbox-resend", cohort, pk=email.pk)).status_code,
    ]

    assert codes == [403, 403, 403]


@pytest.mark.parametrize("private", [False, True])
def test_other_organisations_and_private_messages_answer_like_missing_ones(cohort: Cohort, private: bool) -> None:
    owner = cohort if private else make_cohort("wim-andes")
    email = write_to(owner, is_private=private, state="failed")
    client = sign_in(cohort)

    foreign = client.get(address("outbox-message", cohort, pk=email.pk))
    missing = client.get(address("outbox-message", cohort, pk=999_999_999))
    resent = client.post(address("outbox-resend", cohort, pk=email.pk))

    assert (foreign.status_code, resent.status_code) == (404, 404)
    assert foreign.content == missing.content
    email.refresh_from_db()
    assert email.state == "failed"


def test_what_goes_out_is_text_and_html_with_her_link(cohort: Cohort) -> None:
    application = apply_as(cohort, "Ana Rojas")
    email = write_to(cohort, links={"status": {"purpose": "application.status", "subject_id": application.pk}})

    send_email(email_id=email.pk)

    message = mail.outbox[0]
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    link = re.search(r"http\S+/l/\S+", str(message.body))
    assert link is not None
    assert f'<a href="{link[0]}">{link[0]}</a>' in html
    assert "Hello &lt;Ana&gt;,<br>see you." in html
    assert 'lang="en"' in html
    assert "hola@example.org" in html
