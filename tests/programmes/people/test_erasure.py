"""An account goes with everything; what stays counts, and names nobody."""

from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from matching.board.domain import answer_offer, lock_pair
from matching.board.models import BoardStep, Offer, PairRule
from programmes.applications.domain import withdraw_application
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.mentorships.emails import send_link_again
from programmes.mentorships.models import Mentorship
from programmes.organisations.models import Invitation, Membership
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from programmes.people import ledger
from programmes.people.erasure import erase_person, pseudonym_of
from programmes.people.models import Erasure, User
from tests.matching.board.cast import Cast, accept, make_cast, offer_of, publish, run_matching
from tests.programmes.applications.applicants import make_cohort, make_confirmed, make_sent
from tests.programmes.applications.test_withdraw import canary_in_database
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db
HER = Actor.link("test")
EMAIL = "canary@example.org"


def make_canary(cast: Cast) -> User:
    """A mentee in a pair, who is also a coordinator, with the canary in all that can be written by or about her."""
    person = accept(cast.cohort, "Canary Paredes", "mentee", email=EMAIL, city="Canary City", notes="canary notes")
    accept(cast.cohort, "Julia Rey", "mentor", capacity=2)
    run = run_matching(cast.cohort)
    cast.run = run
    mentor = run.proposals.get(mentee=person).mentor
    lock_pair(cohort=cast.cohort, mentee=person, mentor=mentor, reason="Canary knows her", by=cast.by)
    publish(cast, "Canary", run=run)
    for side in ("mentee", "mentor"):
        answer_offer(offer=offer_of(cast, "Canary"), side=side, answer="yes", by=HER)
    pair = Mentorship.objects.get()
    send_link_again(pair, "mentor", 1)
    user = User.objects.create_user(EMAIL, name="Canary Paredes", password="a sentence of hers")
    Application.objects.filter(pk=person.pk).update(user=user)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Membership.objects.create(user=user, organisation_id=cast.cohort.organisation_id, role="reviewer")
    Invitation.objects.create(organisation_id=cast.cohort.organisation_id, email=EMAIL, role="coordinator")
    Application.objects.create(cohort=cast.cohort, role="mentor", email=EMAIL, first_name="Canary draft")
    queue_email(event_key="account:1", recipient=EMAIL, kind="login_code", subject="Canary", body="canary")
    return user


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def numbers(cast: Cast) -> dict[str, Any]:
    return {
        "applications": Application.objects.filter(cohort=cast.cohort).count(),
        "offers": Offer.objects.count(),
        "pairs": Mentorship.objects.count(),
        "proposals": cast.run.proposals.count(),
        "letters": OutboxEmail.objects.filter(kind__startswith="offer").count(),
    }


def test_nothing_of_hers_is_left_anywhere_and_the_numbers_add_up(cast: Cast) -> None:
    user = make_canary(cast)
    Client().force_login(user)
    before, sessions = numbers(cast), Session.objects.count()
    assert set(canary_in_database()) >= {
        "programmes_application",
        "programmes_outboxemail",
        "programmes_user",
        "programmes_invitation",
        "account_emailaddress",
        "matching_pairrule",
        "matching_boardstep",
    }

    erase_person(user=user, by=Actor.of(user))

    assert canary_in_database() == {}
    assert numbers(cast) == before
    assert (sessions, Session.objects.count()) == (1, 0)
    assert Mentorship.objects.get().state == "ended"
    assert PairRule.objects.get(kind="lock").reason == ""
    assert [row["reason"] for row in BoardStep.objects.get(action="lock").after] == [""]
    call_command("verify_run", str(cast.run.pk), stdout=(said := StringIO()))
    assert "proven best" in said.getvalue()


def test_the_other_side_is_told_without_her_name(cast: Cast) -> None:
    user = make_canary(cast)
    mentor = Mentorship.objects.get().mentor

    erase_person(user=user, by=Actor.of(user))

    told = OutboxEmail.objects.get(kind="pair_ended")
    assert (told.recipient, told.state) == (mentor.email, "queued")
    assert "Your pair in Primera Veta that began on" in told.body
    assert OutboxEmail.objects.filter(kind="pair_link").get().body == ""


def test_the_audit_trail_keeps_a_pseudonym(cast: Cast) -> None:
    user = make_canary(cast)
    name = pseudonym_of(user)

    erase_person(user=user, by=Actor.of(user))

    hers = AuditEvent.objects.filter(actor_label=name).values_list("verb", flat=True)
    assert set(hers) >= {"person.erased", "application.withdrawn", "organisation.membership_removed"}
    assert AuditEvent.objects.filter(actor_label__startswith="erased-").values("actor_label").distinct().count() == 1


def test_the_last_owner_and_the_contact_are_told_what_comes_first(cast: Cast) -> None:
    organisation = cast.cohort.programme.organisation
    user = User.objects.create_user("owner@example.org")
    Membership.objects.create(user=user, organisation=organisation, role="owner")
    organisation.contact_email = user.email
    organisation.save()

    with pytest.raises(DomainError) as refusal:
        erase_person(user=user, by=Actor.of(user))

    assert "You are the only owner of Wim Cordillera. Invite another owner first" in str(refusal.value)
    assert "Your address is the contact of Wim Cordillera." in str(refusal.value)
    assert User.objects.filter(pk=user.pk).exists()


def test_sessions_of_others_and_half_way_sign_ins_are_told_apart(cast: Cast) -> None:
    user = make_canary(cast)
    Client().force_login(cast.rosa)
    waiting = Client()
    session = waiting.session
    session["account_login"] = {"email": EMAIL}
    session.save()

    erase_person(user=user, by=Actor.of(user))

    left = Session.objects.get().get_decoded()
    assert left["_auth_user_id"] == str(cast.rosa.pk)


def test_a_form_sent_twice_goes_as_a_whole() -> None:
    cohort = make_cohort()
    counts = make_confirmed(cohort, email=EMAIL)
    second = make_sent(cohort, email=EMAIL)

    withdraw_application(application=counts, by=HER)

    second.refresh_from_db()
    assert (second.status, second.email, canary_in_database()) == ("withdrawn", "", {})


def post_erase(client: Client, **data: str) -> Any:
    return client.post("/account/data/erase/", data)


def test_her_page_asks_for_the_address_and_then_erases(client: Client, cast: Cast) -> None:
    user = User.objects.create_user(EMAIL)
    client.force_login(user)

    asked = client.get("/account/data/erase/").content.decode()
    wrong = post_erase(client, address="other@example.org")
    still_there = User.objects.filter(pk=user.pk).exists()
    done = post_erase(client, address=f" {EMAIL.upper()} ")

    assert "Erase everything?" in asked
    assert wrong.context["form"].errors == {"address": ["This is not the address of your account."]}
    assert (still_there, User.objects.filter(pk=user.pk).exists()) == (True, False)
    assert (done.status_code, done["Location"]) == (302, "/")
    assert client.get("/account/data/").status_code == 302


def test_whoever_has_a_password_enters_it_first(client: Client) -> None:
    user = User.objects.create_user(EMAIL, password="a sentence of hers")
    client.force_login(user)

    page = post_erase(client, address=EMAIL)

    assert page["Location"].startswith("/account/reauthenticate/")
    assert User.objects.filter(pk=user.pk).exists()


def test_the_page_says_what_comes_first(client: Client, cast: Cast) -> None:
    user = User.objects.create_user("owner@example.org")
    Membership.objects.create(user=user, organisation=cast.cohort.programme.organisation, role="owner")
    client.force_login(user)

    text = client.get("/account/data/erase/").content.decode()

    assert "You are the only owner of Wim Cordillera." in text
    assert "<form" not in text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("html", "text/html; charset=utf-8")])
def test_her_data_come_as_a_file_that_nobody_stores(client: Client, form: str, kind: str) -> None:
    client.force_login(User.objects.create_user(EMAIL, name="Canary"))

    file = client.post("/account/data/export/", {"form": form})

    assert file["Content-Type"] == kind
    assert file["Cache-Control"] == "no-store, private"
    assert file["Content-Disposition"] == f'attachment; filename="wimmentor-my-data.{form}"'
    assert b"Canary" in file.content


def test_the_eleventh_file_in_an_hour_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user(EMAIL))
    codes = [client.post("/account/data/export/").status_code for _number in range(11)]
    assert codes == [200] * 10 + [409]


def test_the_ledger_file_holds_digests_and_gets_what_a_crash_lost(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    user = make_canary(cast)
    erase_person(user=user, by=Actor.of(user))  # the test's transaction never commits, as if the process had ended

    written = ledger.complete_ledger()
    again = ledger.complete_ledger()

    assert (written, again) == (Erasure.objects.count(), 0)
    text = settings.ERASURE_LEDGER.read_text()
    assert ledger.key_of(ledger.ADDRESS, EMAIL) in text
    assert "canary" not in text
    assert settings.ERASURE_LEDGER.stat().st_mode & 0o777 == 0o600
    assert ledger.read_missing() == []


def test_what_was_written_under_an_earlier_key_is_known(settings: Any) -> None:
    entry, earlier = ledger.key_of(ledger.ADDRESS, EMAIL), settings.SECRET_KEY
    settings.SECRET_KEY = "another one"
    without = ledger.Known([entry]).has(ledger.ADDRESS, EMAIL)
    settings.SECRET_KEY_FALLBACKS = [earlier]

    assert (without, ledger.Known([entry]).has(ledger.ADDRESS, EMAIL)) == (False, True)
