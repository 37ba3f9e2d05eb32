"""Whoever has no account takes her data from the page of her application, and that application's only."""

import json
from typing import Any

import pytest
from django.test import Client

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.applicants import LUCIA, link_in, make_cohort, make_confirmed, make_draft, post_start

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def take(client: Client, application: Application, form: str = "json") -> Any:
    return client.post(f"/application/{application.pk}/export/", {"form": form})


def by_link(client: Client, application: Application) -> Client:
    client.get(link_in(OutboxEmail.objects.get(event_key=f"application.received:{application.pk}")))
    return client


def test_by_the_link_of_her_letter_she_gets_answers_consents_and_letters(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    make_confirmed(cohort, role="mentor", notes="about the other part")

    file = take(by_link(client, application), application)

    data = json.loads(file.content)["data"]
    assert [row["role"] for row in data["applications"]] == ["mentee"]
    assert {row["purpose"] for row in data["consents"]} >= {"privacy", "conduct"}
    assert {row["kind"] for row in data["letters"]} == {"application_confirm", "application_received"}
    assert "about the other part" not in file.content.decode()
    assert set(data) == {"applications", "consents", "letters"}
    assert file["Cache-Control"] == "no-store, private"


def test_whoever_only_filled_in_the_form_gets_no_letters_of_that_address(client: Client, cohort: Cohort) -> None:
    make_confirmed(cohort)
    begun = post_start(client, cohort, email=LUCIA)

    data = json.loads(take(client, begun).content)["data"]

    assert set(data) == {"applications"}


def test_nobody_else_gets_them(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)

    assert take(client, application).status_code == 404
    assert take(by_link(client, application), make_draft(cohort, email="ana@example.org")).status_code == 404
    assert client.get(f"/application/{application.pk}/export/").status_code == 405


def test_to_read(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)

    page = take(by_link(client, application), application, "html").content.decode()

    assert "<dd>Lucía</dd>" in page
    assert "<script" not in page
    assert "style=" not in page
