"""What the first form's key opens, and for how long: filling in a form with somebody's address proves nothing."""

import json
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.programmes.applications.applicants import (
    ABOUT,
    hidden_fields,
    make_cohort,
    open_form,
    post_steps,
    press_confirm,
    send,
    start_address,
    work_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def begin(client: Client, cohort: Cohort) -> tuple[Application, dict[str, str]]:
    """A draft, and the body that made it."""
    body = {**open_form(client, cohort), **ABOUT}
    client.post(start_address(cohort), body)
    return Application.objects.get(submission_key=body["submission_key"]), body


def confirm_elsewhere(client: Client, application: Application) -> Client:
    """Sent from `client`; its owner confirms in a browser of hers, and is accepted."""
    post_steps(client, application)
    send(client, application)
    hers = Client()
    press_confirm(hers, OutboxEmail.objects.get(kind="application_confirm"))
    Application.objects.filter(pk=application.pk).update(status="accepted")
    return hers


def answers_of(client: Client, application: Application) -> list[int]:
    pages = [reverse(name, args=[application.pk]) for name in ("application-status", "application-withdraw")]
    export = client.post(reverse("application-export", args=[application.pk]))
    withdrawal = client.post(pages[1])
    return [*(client.get(page).status_code for page in pages), export.status_code, withdrawal.status_code]


def test_whoever_filled_it_in_is_out_once_its_owner_confirmed(client: Client, cohort: Cohort) -> None:
    application, _body = begin(client, cohort)
    hers = confirm_elsewhere(client, application)

    stranger = answers_of(client, application)
    application.refresh_from_db()

    assert stranger == [403] * 4
    assert application.status == "accepted"
    assert hers.get(reverse("application-status", args=[application.pk])).status_code == 200


def test_the_browser_that_filled_it_in_is_told_where_to_go_on(client: Client, cohort: Cohort) -> None:
    application, _body = begin(client, cohort)
    confirm_elsewhere(client, application)

    page = client.get(reverse("apply-done", args=[application.submission_key])).content.decode()

    assert "Your address is confirmed" in page
    assert ABOUT["first_name"] not in page
    assert ABOUT["email"] not in page


def test_the_same_browser_goes_on_after_the_link_of_the_letter(client: Client, cohort: Cohort) -> None:
    application, _body = begin(client, cohort)
    post_steps(client, application)
    send(client, application)

    page = press_confirm(client, OutboxEmail.objects.get(kind="application_confirm"))

    assert page.status_code == 200
    assert page.request["PATH_INFO"] == reverse("application-status", args=[application.pk])
    assert client.get(reverse("apply-done", args=[application.submission_key])).status_code == 200


@pytest.mark.parametrize("days", [0, 90])
def test_the_first_form_posted_again_opens_nothing_that_was_sent(
    client: Client, cohort: Cohort, clock: Clock, days: int
) -> None:
    application, body = begin(client, cohort)
    confirm_elsewhere(client, application)
    clock.shift(timedelta(days=days))
    fresh = Client()

    fresh.post(start_address(cohort), body)

    assert answers_of(fresh, application) == [404] * 4
    assert fresh.get(work_step(application.submission_key)).status_code == 404
    application.refresh_from_db()
    assert application.status == "accepted"


def test_sent_and_not_confirmed_it_opens_to_the_browser_that_sent_it_only(client: Client, cohort: Cohort) -> None:
    application, body = begin(client, cohort)
    post_steps(client, application)
    send(client, application)
    fresh = Client()

    fresh.post(start_address(cohort), body)

    assert fresh.get(reverse("application-status", args=[application.pk])).status_code == 404
    assert client.get(reverse("application-status", args=[application.pk])).status_code == 200


def test_a_form_kept_open_for_days_takes_one_more_press(client: Client, cohort: Cohort, clock: Clock) -> None:
    body = {**open_form(client, cohort), **ABOUT}
    clock.shift(timedelta(hours=25))

    page = client.post(start_address(cohort), body)
    fresh = hidden_fields(page.content.decode())
    again = client.post(start_address(cohort), {**body, **fresh})

    assert (page.status_code, again.status_code) == (200, 302)
    assert fresh["submission_key"] != body["submission_key"]
    assert [each.email for each in Application.objects.all()] == [ABOUT["email"]]


def made_later(proof: str) -> str:
    """The signature stays that of the moment before."""
    payload, _colon, signature = proof.partition(":")
    *about, shown = json.loads(signing.b64_decode(payload.encode()))
    return f"{signing.b64_encode(json.dumps([*about, shown + 1]).encode()).decode()}:{signature}"


@pytest.mark.parametrize("proof", ["", ":", "x:y", "9" * 30 + ":", "١٢٣:y", "later", "another form's"])
def test_a_proof_that_this_site_did_not_make_opens_nothing(client: Client, cohort: Cohort, proof: str) -> None:
    hidden = open_form(client, cohort)
    own = hidden["key_proof"]
    made = {"later": made_later(own), "another form's": open_form(Client(), cohort)["key_proof"]}
    forged = made.get(proof, proof)

    page = client.post(start_address(cohort), {**hidden, **ABOUT, "key_proof": forged})

    assert page.status_code == 200
    assert Application.objects.count() == 0
