from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from programmes.applications import domain
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.applications.applicants import (
    CARE,
    HER,
    LUCIA,
    WORK,
    letters_to,
    link_in,
    make_cohort,
    make_draft,
    make_sent,
    post_all,
    post_start,
    send,
    work_step,
)
from wimmentor.base.clock import shifted
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.fixture
def last_hour(cohort: Cohort) -> Iterator[None]:
    """An hour before the deadline: the browser that wrote the draft may still open it when it is past."""
    with shifted(cohort.closes_at - timezone.now() - timedelta(hours=1)):
        yield


def test_sending_asks_to_confirm_the_address(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)

    page = send(client, application)

    application.refresh_from_db()
    assert page.request["PATH_INFO"] == f"/apply/{application.submission_key}/done/"
    assert "Lucía, one press is missing." in page.content.decode()
    assert (application.status, application.email_confirmed_at, application.user) == ("submitted", None, None)
    assert {row.at for row in application.consents.all()} == {application.submitted_at}
    assert letters_to(LUCIA) == ["application_confirm"]
    letter = OutboxEmail.objects.get()
    assert (letter.cohort_id, letter.organisation_id, letter.reply_to) == (
        cohort.pk,
        cohort.organisation_id,
        "hola@wim-atacama.example.org",
    )
    assert "[[link:confirm]]" in letter.body


def test_sending_twice_answers_with_the_same_page(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)

    first, second = send(client, application), send(client, application)

    assert first.request["PATH_INFO"] == second.request["PATH_INFO"]
    assert first.status_code == second.status_code == 200
    assert letters_to(LUCIA) == ["application_confirm"]
    assert AuditEvent.objects.filter(verb="application.submitted").count() == 1


def test_the_page_of_all_answers_says_what_is_missing_and_sends_nothing(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)

    page = send(client, application)

    application.refresh_from_db()
    assert application.status == "draft"
    html = page.content.decode()
    assert "Some answers are missing. It is not sent yet." in html
    assert html.count("Something is missing here.") == 4


def test_an_answer_is_changed_from_the_page_of_all_answers(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)

    answer = client.post(f"{work_step(application.submission_key)}?back=1", {**WORK, "city": "Calama"})

    assert answer["Location"] == f"/apply/{application.submission_key}/check/"
    assert "Calama" in client.get(answer["Location"]).content.decode()


def test_late_by_a_second_loses_nothing(client: Client, cohort: Cohort, last_hour: None) -> None:
    application = post_all(client, cohort)

    with shifted(timedelta(hours=1, seconds=1)):
        page = send(client, application)

    application.refresh_from_db()
    html = page.content.decode()
    assert (page.status_code, application.status, application.submitted_at) == (200, "draft", None)
    assert "Applications have closed" in html
    assert "23:59 in Santiago" in html
    assert "Quiero pasar a planificación." in html
    assert letters_to(LUCIA) == []


def test_a_minute_before_the_deadline_is_in_time(client: Client, cohort: Cohort, last_hour: None) -> None:
    application = post_all(client, cohort)

    with shifted(timedelta(minutes=59)):
        send(client, application)

    application.refresh_from_db()
    assert application.status == "submitted"


def test_a_step_sent_late_is_kept(client: Client, cohort: Cohort, last_hour: None) -> None:
    application = post_start(client, cohort)

    with shifted(timedelta(hours=2)):
        page = client.post(work_step(application.submission_key), WORK, follow=True)

    application.refresh_from_db()
    assert application.city == "Copiapó"
    assert "Applications have closed" in page.content.decode()


def test_a_late_draft_can_be_sent_once_the_deadline_is_extended(
    client: Client, cohort: Cohort, last_hour: None
) -> None:
    application = post_all(client, cohort)
    with shifted(timedelta(hours=2)):
        send(client, application)
        Cohort.objects.update(closes_at=cohort.closes_at + timedelta(days=1))
        send(client, application)

    application.refresh_from_db()
    assert application.status == "submitted"


def test_without_the_consents_nothing_is_sent(cohort: Cohort) -> None:
    draft = make_draft(cohort)
    draft.consents.filter(purpose="privacy").update(granted=False)

    with pytest.raises(DomainError) as refusal:
        domain.submit_application(application=draft, address_proven=False, by=HER)

    assert refusal.value.code == "incomplete"


def test_consent_to_an_older_text_is_asked_again(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    application.consents.filter(purpose="conduct").update(version="2020-01-01")

    page = send(client, application)

    assert "Some answers are missing" in page.content.decode()
    client.post(f"/apply/{application.submission_key}/care/", CARE)
    send(client, application)
    application.refresh_from_db()
    assert application.status == "submitted"
    assert application.consents.filter(purpose="conduct").count() == 2


def test_whoever_is_signed_in_with_the_address_need_not_confirm_it(client: Client, cohort: Cohort) -> None:
    lucia = User.objects.create_user(LUCIA)
    client.force_login(lucia)
    application = post_all(client, cohort)

    page = send(client, application)

    application.refresh_from_db()
    assert application.user == lucia
    assert application.email_confirmed_at is not None
    assert letters_to(LUCIA) == ["application_received"]
    assert "Lucía, your application is with us." in page.content.decode()


def test_being_signed_in_as_somebody_else_proves_nothing(client: Client, cohort: Cohort) -> None:
    client.force_login(User.objects.create_user("mallory@example.org"))
    application = post_all(client, cohort)

    send(client, application)

    application.refresh_from_db()
    assert (application.email_confirmed_at, application.user) == (None, None)


def test_the_link_to_go_on_proves_the_address(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    client.post(f"/apply/{application.submission_key}/care/", {**CARE, "later": "1"})
    phone = Client()
    phone.get(link_in(OutboxEmail.objects.get(kind="application_resume")), follow=True)

    send(phone, application)

    application.refresh_from_db()
    assert application.email_confirmed_at is not None
    assert letters_to(LUCIA) == ["application_resume", "application_received"]


def test_the_letter_can_be_asked_for_again(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    send(client, application)

    page = client.post(f"/apply/{application.submission_key}/send/", follow=True)

    assert f"The link is on its way to {LUCIA}." in page.content.decode()
    assert letters_to(LUCIA) == ["application_confirm", "application_confirm"]


def test_a_known_address_gets_the_same_answer_as_an_unknown_one(cohort: Cohort) -> None:
    make_sent(cohort, email="known@example.org")
    Application.objects.update(email_confirmed_at=timezone.now())
    pages = []
    for email in ("known@example.org", "fresh@example.org"):
        client = Client()
        application = post_all(client, cohort, email=email)
        page = send(client, application)
        text = page.content.decode().replace(email, "").replace(str(application.submission_key), "")
        pages.append((page.status_code, _without_tokens(text), letters_to(email)[-1]))

    assert pages[0] == pages[1]


def _without_tokens(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if "csrfmiddlewaretoken" not in line)
