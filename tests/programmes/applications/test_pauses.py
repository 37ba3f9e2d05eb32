"""A long pause in the form loses nothing; what was sent is soon forgotten by a browser that others may use."""

from datetime import timedelta

import pytest
from django.test import Client

from programmes.applications.models import Application
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.programmes.applications.applicants import (
    ABOUT,
    WORK,
    link_in,
    make_cohort,
    post_all,
    post_start,
    press_confirm,
    send,
    work_step,
)

pytestmark = pytest.mark.django_db


def test_after_thirteen_days_she_writes_on_in_the_same_browser(client: Client, clock: Clock) -> None:
    application = post_start(client, make_cohort())
    client.post(work_step(application.submission_key), WORK)

    clock.shift(timedelta(days=13))
    page = client.get(work_step(application.submission_key))

    assert page.status_code == 200
    assert "Minera Alta" in page.content.decode()
    assert Client().get(work_step(application.submission_key)).status_code == 404


def test_once_sent_the_browser_shows_it_for_half_a_day(client: Client, clock: Clock) -> None:
    application = post_all(client, make_cohort())
    send(client, application)

    soon = client.get(f"/application/{application.pk}/").status_code
    clock.shift(timedelta(hours=13))

    assert (soon, client.get(f"/application/{application.pk}/").status_code) == (200, 404)


def test_whoever_opened_a_link_to_a_mistyped_address_loses_it_with_the_link(client: Client) -> None:
    application = post_start(client, make_cohort(), email="somebody.else@example.org")
    client.post(f"/apply/{application.submission_key}/send/")
    stranger = Client()
    opened = stranger.get(link_in(OutboxEmail.objects.get(kind="application_resume")), follow=True).status_code

    client.post(f"/apply/{application.submission_key}/about/", ABOUT)

    assert opened == 200
    assert stranger.get(f"/apply/{application.submission_key}/about/").status_code == 404
    assert client.get(f"/apply/{application.submission_key}/about/").status_code == 200


def test_the_longest_names_that_the_form_takes_go_all_the_way(client: Client) -> None:
    """Together they are longer than a name of an account or an e-mail can be."""
    application = post_all(client, make_cohort(), first_name="É" * 100, last_name="Ñ" * 100)

    sent = send(client, application)
    confirmed = press_confirm(client, OutboxEmail.objects.get(kind="application_confirm"))

    person = Application.objects.get(pk=application.pk)
    assert (sent.status_code, confirmed.status_code) == (200, 200)
    assert (person.name, person.user.name if person.user else "") == (
        "É" * 100 + " " + "Ñ" * 100,
        f"{person.name[:200]}",
    )
