"""Deciding on the page: who, what, and the letters before anything changes."""

import pytest

from programmes.applications.models import Application
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.coordinators import (
    address,
    apply_as,
    make_cohort,
    sign_in,
    statuses,
)
from wimmentor.base.languages import speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def test_page_shows_who_what_and_the_letter_before_anything_changes(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    done = apply_as(cohort, "Berta Cano", status="accepted")
    client = sign_in(cohort)

    page = client.post(
        address("applications-decide", cohort),
        {"to": "accepted", "chosen": [f"{ana.pk}:submitted", f"{done.pk}:accepted"]},
    ).content.decode()

    assert "<h1>Accept Ana Rojas</h1>" in page
    assert "Hello Ana," in page
    assert "Hello {first_name}," in page
    assert "(her own link)" in page
    assert "Berta Cano (accepted)" in page
    assert statuses(cohort) == {"Ana": "submitted", "Berta": "accepted"}
    assert OutboxEmail.objects.count() == 0


def test_edited_letter_is_previewed_then_sent(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    client = sign_in(cohort)
    data = {
        "to": "declined",
        "seen": f"{ana.pk}:submitted",
        "filters": "role=mentee",
        "send": "letter",
        "decision_declined_en_subject": "Dear {first_name}",
        "decision_declined_en_body": "Next year, {first_name}.\r\n\r\n[[link:status]]",
    }

    preview = client.post(address("applications-decide", cohort), {**data, "step": "preview"}).content.decode()
    unchanged = statuses(cohort)
    sent = client.post(address("applications-decide", cohort), {**data, "step": "send"}, follow=True)

    assert "Next year, Ana." in preview
    assert unchanged == {"Ana": "submitted"}
    assert sent.redirect_chain == [(address("applications-list", cohort) + "?role=mentee", 302)]
    assert "Ana Rojas is declined. The message is on its way." in sent.content.decode()
    assert OutboxEmail.objects.get().body == "Next year, Ana.\n\n[[link:status]]"


def test_refusal_keeps_what_she_wrote(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    client = sign_in(cohort)

    page = client.post(
        address("applications-decide", cohort),
        {
            "to": "accepted",
            "seen": f"{ana.pk}:submitted",
            "send": "letter",
            "decision_accepted_en_subject": "Yes",
            "decision_accepted_en_body": "My own words",
            "step": "send",
        },
    ).content.decode()

    assert "The letter needs [[link:status]]" in page
    assert "My own words" in page
    assert statuses(cohort) == {"Ana": "submitted"}


def test_everybody_shown_is_chosen_by_the_filters(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", country="PE")
    apply_as(cohort, "Berta Cano", country="PE")
    apply_as(cohort, "Carla Soto", country="BO")
    client = sign_in(cohort)

    page = client.post(
        address("applications-decide", cohort), {"to": "accepted", "everyone": "1", "filters": "country=PE"}
    ).content.decode()

    assert "<h1>Accept 2 people</h1>" in page
    assert "Carla" not in page


@pytest.mark.parametrize("data", [{"to": "accepted"}, {"to": "accepted", "chosen": "junk:submitted"}])
def test_nobody_chosen_is_said(cohort: Cohort, data: dict[str, str]) -> None:
    client = sign_in(cohort)

    answer = client.post(address("applications-decide", cohort), data, follow=True)

    assert "Nobody was chosen." in answer.content.decode()


def test_skipped_people_are_named_on_the_page(cohort: Cohort) -> None:
    ana, berta = apply_as(cohort, "Ana Rojas"), apply_as(cohort, "Berta Cano")
    client = sign_in(cohort)
    Application.objects.filter(pk=berta.pk).update(status="declined")

    answer = client.post(
        address("applications-decide", cohort),
        {"to": "accepted", "seen": f"{ana.pk}:submitted,{berta.pk}:submitted", "send": "none", "step": "send"},
        follow=True,
    ).content.decode()

    assert "Ana Rojas is accepted. No message was sent." in answer
    assert "Left as they are: Berta Cano (Declined)." in answer


def test_foreign_ids_in_the_choice_are_nobody(cohort: Cohort) -> None:
    theirs = apply_as(make_cohort("wim-andes"), "Frida Elsewhere")
    client = sign_in(cohort)

    answer = client.post(
        address("applications-decide", cohort), {"to": "accepted", "chosen": f"{theirs.pk}:submitted"}, follow=True
    ).content.decode()

    assert "Nobody was chosen." in answer
    assert "Frida" not in answer


def test_each_language_has_its_own_message_and_what_was_left_is_named_once(cohort: Cohort) -> None:
    ana, berta = apply_as(cohort, "Ana Rojas"), apply_as(cohort, "Berta Cano", language="es")
    client = sign_in(cohort)
    data = {
        "to": "declined",
        "seen": f"{ana.pk}:submitted,{berta.pk}:submitted",
        "send": "letter",
        "step": "send",
        "decision_declined_en_subject": "Next year",
        "decision_declined_en_body": "Dear {first_name} [[link:status]]",
    }
    with speak("es"):
        kind = LETTERS["decision_declined"]
        data["decision_declined_es_subject"], data["decision_declined_es_body"] = (
            text.replace("{programme}", cohort.programme.name)
            .replace("{cohort}", cohort.name)
            .replace("{organisation}", cohort.programme.organisation.name)
            for text in (str(kind.subject), str(kind.body))
        )

    told = client.post(address("applications-decide", cohort), data).content.decode()
    sent_early = OutboxEmail.objects.count()
    client.post(address("applications-decide", cohort), {**data, "as_it_is": "on"})

    assert "Still in the usual words: Spanish." in told
    assert '<input type="hidden" name="as_it_is" value="on"' in told
    assert sent_early == 0
    letters = dict(OutboxEmail.objects.values_list("language", "body"))
    assert letters["en"] == "Dear Ana [[link:status]]"
    assert letters["es"].startswith(data["decision_declined_es_body"].partition("{")[0])
    assert "Berta" in letters["es"]
