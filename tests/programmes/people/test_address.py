"""Another address: what was hers goes with it; whoever gets the former one finds nothing of hers under it."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from programmes.access import links
from programmes.access.models import PurposeLink
from programmes.applications.emails import send_received
from programmes.applications.models import Application
from programmes.organisations.domain import invite_person
from programmes.organisations.models import Invitation, Membership
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from programmes.people.domain import SIGN_IN
from programmes.people.models import User
from tests.conftest import Clock
from tests.programmes.applications.applicants import LUCIA, link_in, make_cohort, make_confirmed, make_draft, post_start
from wimmentor.base.actors import Actor
from wimmentor.base.forms import sign_shown

pytestmark = pytest.mark.django_db(transaction=True)
NEW, PASSWORD = "lucia.rojas@example.org", "copper under the hill"


def make_person(email: str, password: str | None = None) -> User:
    person = User.objects.create_user(email, password, name="Lucía")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change_address(person: User, email: str = NEW) -> None:
    client = signed_in(person)
    client.post("/account/email/", {"email": email, "action_add": "1"})
    letter = next(message for message in reversed(mail.outbox) if message.to == [email])
    code = re.search(r"15 minutes:\n(\S+)", letter.body)
    assert code is not None
    client.post("/account/confirm-email/", {"code": code[1]})
    person.refresh_from_db()
    assert person.email == email


def take_data(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.post("/account/data/export/", {}).content)["data"]
    return found


def apply(**changes: Any) -> Application:
    application = make_confirmed(make_cohort(), **changes)
    assert application.user is not None
    EmailAddress.objects.filter(user=application.user).update(verified=True, primary=True)
    return application


def test_letters_about_her_application_follow_to_the_new_address() -> None:
    application = apply()
    assert application.user is not None

    change_address(application.user)
    application.refresh_from_db()
    send_received(application)

    assert application.email == NEW
    assert OutboxEmail.objects.latest("pk").recipient == NEW
    assert not OutboxEmail.objects.filter(recipient=LUCIA).exclude(kind="email_changed").exists()


def test_what_a_coordinator_listed_follows_too_and_a_strangers_form_does_not() -> None:
    cohort = make_cohort()
    person = make_person(LUCIA)
    begun = post_start(stranger := Client(), cohort)
    listed = make_draft(cohort)
    Application.objects.filter(pk=listed.pk).update(source="import")
    other = make_draft(cohort, email="ana@example.org")

    change_address(person)

    found = dict(Application.objects.values_list("pk", "email"))
    form = stranger.get(f"/apply/{begun.submission_key}/about/")
    assert found == {begun.pk: LUCIA, listed.pk: NEW, other.pk: "ana@example.org"}
    assert form.status_code == 200
    assert NEW not in form.content.decode()


def test_whoever_gets_her_former_address_neither_reads_nor_erases_what_she_applied_to() -> None:
    application = apply()
    assert application.user is not None
    change_address(application.user)
    other = make_person(LUCIA)
    client = signed_in(other)

    data = take_data(client)
    status = client.get(f"/application/{application.pk}/").status_code
    client.post("/account/data/erase/", {"address": LUCIA})
    application.refresh_from_db()

    assert not {"applications", "consents", "letters"} & data.keys()
    assert status == 404
    assert not User.objects.filter(pk=other.pk).exists()
    assert (application.status, application.erased_at, application.email) == ("submitted", None, NEW)


def test_an_application_under_another_account_stays_that_accounts() -> None:
    """Also one that kept the former address, as in a database from before addresses were followed."""
    application = apply()
    User.objects.filter(pk=application.user_id).update(email=NEW)
    EmailAddress.objects.filter(user=application.user).update(email=NEW)
    client = signed_in(make_person(LUCIA))

    data = take_data(client)
    client.post("/account/data/erase/", {"address": LUCIA})
    application.refresh_from_db()

    assert not {"applications", "consents"} & data.keys()
    assert (application.status, application.erased_at) == ("submitted", None)


def test_her_own_data_is_complete_after_the_change() -> None:
    application = apply()
    assert application.user is not None
    before = take_data(signed_in(application.user))
    change_address(application.user)

    after = take_data(signed_in(application.user))

    assert len(after["applications"]) == len(before["applications"]) == 1
    assert {row["kind"] for row in after["letters"]} == {row["kind"] for row in before["letters"]}


def test_listed_under_both_addresses_both_stay_hers() -> None:
    application = apply()
    assert application.user is not None
    listed = make_draft(application.cohort, email=NEW)
    Application.objects.filter(pk=listed.pk).update(source="import")

    change_address(application.user)
    application.refresh_from_db()

    assert (application.user, application.email) == (User.objects.get(email=NEW), LUCIA)
    assert len(take_data(signed_in(application.user))["applications"]) == 2


def test_links_that_went_to_the_former_address_end() -> None:
    application = apply()
    assert application.user is not None
    link = link_in(OutboxEmail.objects.get(kind="application_received"))

    change_address(application.user)

    assert Client().get(link).status_code == 404


def test_an_open_invitation_goes_to_the_new_address() -> None:
    person = make_person("ana@example.org")
    organisation, owner = make_cohort().programme.organisation, make_person("owner@example.org")
    Membership.objects.create(user=owner, organisation=organisation, role="owner")
    invitation = invite_person(organisation=organisation, email=person.email, role="reviewer", by=Actor.of(owner))
    closed = invite_person(organisation=organisation, email=person.email, role="coordinator", by=Actor.of(owner))
    Invitation.objects.filter(pk=closed.pk).update(revoked_at=invitation.created_at)
    former = link_in(OutboxEmail.objects.get(event_key=f"invitation:{invitation.pk}"))

    change_address(person)

    letter = OutboxEmail.objects.get(event_key__startswith=f"invitation:{invitation.pk}:")
    assert set(Invitation.objects.values_list("email", flat=True)) == {NEW}
    assert letter.recipient == NEW
    assert Client().get(former).status_code == 404
    assert Client().get(link_in(letter)).status_code == 302
    assert not OutboxEmail.objects.filter(event_key__startswith=f"invitation:{closed.pk}:").exists()


def test_invited_under_both_addresses_one_invitation_stays_open() -> None:
    person = make_person("ana@example.org")
    organisation, owner = make_cohort().programme.organisation, make_person("owner@example.org")
    Membership.objects.create(user=owner, organisation=organisation, role="owner")
    for email in (person.email, NEW):
        invite_person(organisation=organisation, email=email, role="reviewer", by=Actor.of(owner))

    change_address(person)

    assert [(each.email, each.revoked_at is None) for each in Invitation.objects.all()] == [(NEW, False), (NEW, True)]


def test_a_letter_that_waits_goes_to_the_new_address_and_none_goes_twice() -> None:
    person = make_person(LUCIA)
    for key, recipient in (("one", LUCIA), ("both", LUCIA), ("both", NEW)):
        queue_email(event_key=key, recipient=recipient, kind="k", subject="S", body="B", send_after=None)

    change_address(person)

    mine = OutboxEmail.objects.filter(kind="k")
    assert sorted(mine.filter(recipient=NEW).values_list("event_key", flat=True)) == ["both", "one"]
    assert not mine.filter(recipient=LUCIA).exists()


# --- Links that sign in -----------------------------------------------------------------------------------------


def sign_in_link(person: User) -> str:
    return links.create_link(purpose=SIGN_IN, subject_id=person.pk, user_id=person.pk)


def is_open(link: str) -> bool:
    return Client().get(link).status_code == 302


def test_a_change_of_address_ends_her_links_to_sign_in() -> None:
    person = make_person("ana@example.org")
    link, others = sign_in_link(person), sign_in_link(make_person("rosa@example.org"))
    opened = Client()
    page = opened.get(link)["Location"]

    change_address(person)

    assert (is_open(link), is_open(others)) == (False, True)
    assert opened.post(page).status_code == 404


def test_another_password_ends_them() -> None:
    person = make_person("ana@example.org", PASSWORD)
    link = sign_in_link(person)
    new = "silver under the hill"

    answer = signed_in(person).post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    person.refresh_from_db()
    assert (answer.status_code, person.check_password(new), is_open(link)) == (302, True, False)


def test_a_first_password_ends_them() -> None:
    person = make_person("ana@example.org")
    link = sign_in_link(person)

    signed_in(person).post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert (person.check_password(PASSWORD), is_open(link)) == (True, False)


def test_a_password_set_by_a_link_ends_them(client: Client) -> None:
    person = make_person("ana@example.org")
    link = sign_in_link(person)
    client.post("/account/password/reset/", {"email": person.email})
    address = re.search(r"http://\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert address is not None
    form = client.get(address[1], follow=True).request["PATH_INFO"]

    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert (person.check_password(PASSWORD), is_open(link)) == (True, False)


def test_a_link_to_sign_in_lives_as_long_as_the_code_beside_it(client: Client, clock: Clock) -> None:
    person = make_person("ana@example.org")
    client.post("/account/login/", {"login": person.email, "shown": sign_shown(60)})
    row = PurposeLink.objects.get(purpose=SIGN_IN)
    link = re.search(r"http://\S+(/l/\S+/)", mail.outbox[-1].body)
    assert link is not None
    clock.shift(timedelta(minutes=14))
    soon = is_open(link[1])
    clock.shift(timedelta(minutes=2))

    late = Client().get(link[1])

    assert abs((row.expires_at - row.created_at) - timedelta(minutes=15)) < timedelta(seconds=5)
    assert (soon, late.status_code) == (True, 410)
    assert "It works once, for 15 minutes:" in mail.outbox[-1].body


def test_a_link_opened_in_time_and_pressed_too_late_says_so(clock: Clock) -> None:
    person = make_person("ana@example.org")
    late = Client()
    page = late.get(sign_in_link(person))["Location"]
    clock.shift(timedelta(minutes=16))

    answer = late.post(page, follow=True)

    assert "This link does not work any more. Ask for a new one." in answer.content.decode()
    assert "_auth_user_id" not in late.session
