"""Sign-up and sign-in through the real outbox, with a code and with a link."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail, signing
from django.db import connections
from django.test import Client
from pytest_django import Settings

from programmes.access.models import PurposeLink
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.conftest import Clock

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"15 minutes:\n(\S+)")
LINK = re.compile(r"http://\S+(/l/\S+/)")


def shown_long_ago() -> str:
    return signing.dumps(0, salt="form-shown")


def sign_up(client: Client, email: str) -> int:
    return client.post("/account/signup/", {"email": email, "shown": shown_long_ago()}).status_code


def read_code() -> str:
    found = CODE.search(mail.outbox[-1].body)
    assert found is not None
    return found[1]


def read_link() -> str:
    found = LINK.search(mail.outbox[-1].body)
    assert found is not None
    return found[1]


def signed_in(client: Client) -> str | None:
    response = client.get("/account/")
    return response.wsgi_request.user.email if response.status_code == 200 else None


def make_person(email: str = "ana@example.org") -> User:
    return User.objects.create_user(email, name="Ana Quispe")


def test_sign_up_by_code_makes_one_confirmed_account(client: Client) -> None:
    sign_up(client, "Ana@Example.org")
    client.post("/account/confirm-email/", {"code": read_code()})
    assert signed_in(client) == "ana@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("ana@example.org", True, True)]


def test_sign_in_by_code_works_for_an_account_that_an_application_made(client: Client) -> None:
    make_person()
    client.post("/account/login/", {"login": "ANA@example.org"})
    client.post("/account/login/code/confirm/", {"code": read_code()})
    assert signed_in(client) == "ana@example.org"


def test_a_wrong_code_signs_nobody_in(client: Client) -> None:
    make_person()
    client.post("/account/login/", {"login": "ana@example.org"})
    response = client.post("/account/login/code/confirm/", {"code": "AAAA-AAAA"})
    assert "This is not the code we sent" in response.content.decode()
    assert signed_in(client) is None


def test_sign_in_by_link_asks_by_post_and_works_once(client: Client) -> None:
    make_person()
    client.post("/account/login/", {"login": "ana@example.org"})
    link = read_link()
    other = Client()
    page = other.get(link, follow=True)
    before = (signed_in(other), PurposeLink.objects.filter(revoked_at=None).count())
    other.post(page.request["PATH_INFO"])
    third = Client()
    assert before == (None, 1)
    assert signed_in(other) == "ana@example.org"
    assert third.get(link).status_code == 404


def test_two_browsers_with_one_link_sign_in_once(client: Client) -> None:
    person = make_person()
    client.post("/account/login/", {"login": "ana@example.org"})
    link = read_link()
    first, second = Client(), Client()
    first.get(link)
    second.get(link)
    first.post(f"/account/link/{person.pk}/")
    second.post(f"/account/link/{person.pk}/")
    assert [signed_in(first), signed_in(second)] == ["ana@example.org", None]


def test_a_link_does_not_go_round_the_second_step(client: Client) -> None:
    person = make_person()
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client.post("/account/login/", {"login": "ana@example.org"})
    client.get(read_link())
    response = client.post(f"/account/link/{person.pk}/")
    before = signed_in(client)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/account/2fa/authenticate/", {"code": code})
    assert (response["Location"], before, signed_in(client)) == ("/account/2fa/authenticate/", None, "ana@example.org")


def test_stored_mail_holds_neither_code_nor_link(client: Client) -> None:
    make_person()
    client.post("/account/login/", {"login": "ana@example.org"})
    stored = OutboxEmail.objects.get()
    assert (stored.is_private, stored.state) == (True, "sent")
    assert "[[secret:code]]" in stored.body
    assert "[[link:sign_in]]" in stored.body
    assert read_code() not in stored.body


def test_password_reset_link_is_masked_and_changes_the_password(client: Client) -> None:
    make_person()
    client.post("/account/password/reset/", {"email": "ana@example.org"})
    assert "/password/reset/key/" not in OutboxEmail.objects.get().body
    address = re.search(r"http://\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert address is not None
    form = client.get(address[1], follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "copper under the hill", "password2": "copper under the hill"})
    assert User.objects.get().check_password("copper under the hill") is True


def test_what_was_done_to_her_account_is_told_in_the_time_of_her_place(client: Client) -> None:
    person = make_person()
    person.time_zone = "America/Lima"
    person.save()
    client.post("/account/password/reset/", {"email": person.email})
    address = re.search(r"http://\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert address is not None
    form = client.get(address[1], follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "copper under the hill", "password2": "copper under the hill"})

    told = OutboxEmail.objects.get(kind="password_reset")
    assert re.search(r"It was done on \w+ \d+ \w+ \d{4}, \d\d:\d\d in Lima \(UTC−5\) from", told.body)


def test_a_person_with_a_password_may_use_it(client: Client) -> None:
    person = make_person()
    person.set_password("copper under the hill")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post("/account/login/", {"login": "ana@example.org", "password": "copper under the hill"})
    assert (signed_in(client), len(mail.outbox)) == ("ana@example.org", 0)


def test_failed_mail_is_told(client: Client, settings: Settings) -> None:
    make_person()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    response = client.post("/account/login/", {"login": "ana@example.org"})
    assert response.status_code == 200
    assert "We could not send the e-mail" in response.content.decode()
    assert OutboxEmail.objects.get().state == "failed"


def test_unknown_and_known_addresses_are_answered_alike() -> None:
    make_person()
    known, unknown = Client(), Client()
    answers = [
        browser.post("/account/login/", {"login": address})
        for browser, address in ((known, "ana@example.org"), (unknown, "nobody@example.org"))
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/account/login/code/confirm/"),
        (302, "/account/login/code/confirm/"),
    ]
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_sign_up_for_an_account_that_is_there_makes_no_second_one(client: Client) -> None:
    make_person()
    status = sign_up(client, "ANA@example.org")
    assert (status, User.objects.count()) == (302, 1)
    assert mail.outbox[-1].subject == "You have an account already"


def test_six_sign_ups_at_once_make_one_account() -> None:
    def attempt(number: int) -> int:
        try:
            return sign_up(
                Client(raise_request_exception=False), "Ana@example.org" if number % 2 else "ana@example.org"
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(attempt, range(6)))
    assert [status for status in statuses if status >= 500] == []
    assert list(User.objects.values_list("email", flat=True)) == ["ana@example.org"]


def test_a_bot_that_fills_the_unseen_field_mails_nobody(client: Client) -> None:
    client.post("/account/signup/", {"email": "ana@example.org", "shown": shown_long_ago(), "website": "spam"})
    assert (User.objects.count(), len(mail.outbox)) == (0, 0)


def test_an_expired_sign_in_link_says_so(client: Client, clock: Clock) -> None:
    make_person()
    client.post("/account/login/", {"login": "ana@example.org"})
    clock.shift(timedelta(days=2))
    response = Client().get(read_link())
    assert response.status_code == 410
    assert "Links like this work for 15 minutes." in response.content.decode()


def test_changing_the_address_replaces_it_when_the_code_is_entered(client: Client) -> None:
    person = make_person()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    client.post("/account/email/", {"email": "ana.quispe@example.org", "action_add": "1"})
    client.post("/account/confirm-email/", {"code": read_code_of("ana.quispe@example.org")})
    assert list(User.objects.values_list("email", flat=True)) == ["ana.quispe@example.org"]


def test_an_address_that_somebody_has_cannot_be_taken(client: Client) -> None:
    person = make_person()
    make_person("rosa@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    client.post("/account/email/", {"email": "rosa@example.org", "action_add": "1"})
    response = client.post("/account/confirm-email/", {"code": read_code_of("rosa@example.org")})
    assert response.status_code == 200
    assert sorted(User.objects.values_list("email", flat=True)) == ["ana@example.org", "rosa@example.org"]


def read_code_of(address: str) -> str:
    message = next(message for message in mail.outbox if message.to == [address])
    found = CODE.search(message.body)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("path", "email", "begins"),
    [
        ("/account/password/reset/", "ana@example.org", "/account/password/reset/key/"),
        ("/account/password/reset/", "nobody@example.org", "/account/signup/"),
    ],
)
def test_links_of_account_mail_name_our_site_whatever_host_was_asked(
    client: Client, settings: Settings, path: str, email: str, begins: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_person()

    client.post(path, {"email": email}, headers={"Host": "evil.example.com"})

    message = mail.outbox[-1]
    assert f"\n{settings.SITE_URL}{begins}" in message.body
    assert "evil.example.com" not in message.message().as_string()


def test_an_address_that_grows_too_long_is_refused(client: Client) -> None:
    grows = "a@" + ".".join(["\u337f" * 8] * 20) + ".org"

    assert sign_up(client, grows) == 200
    assert User.objects.count() == 0


def test_a_header_that_is_too_short_for_our_proxies_breaks_nothing(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    answer = client.post("/account/login/", {"login": "ana@example.org"}, headers={"X-Forwarded-For": "192.0.2.1"})

    assert answer.status_code in (200, 302)
