"""A session is a new one from the moment of signing in, whichever way, and ends with it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings

from programmes.people.models import User
from wimmentor.base.forms import sign_shown

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "copper under the hill"
COOKIE = "wim_session"


@pytest.fixture
def ana(settings: Settings) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: this is about sessions
    person = User.objects.create_user("ana@example.org", PASSWORD, name="Ana")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def post(client: Client, path: str, **body: str) -> Any:
    return client.post(path, {"shown": sign_shown(60), **body})


def found(pattern: str) -> str:
    match = re.search(pattern, mail.outbox[-1].body)
    assert match is not None
    return match[1]


def by_password(client: Client) -> None:
    post(client, "/account/login/", login="ana@example.org", password=PASSWORD)


def by_code(client: Client) -> None:
    post(client, "/account/login/", login="ana@example.org")
    post(client, "/account/login/code/confirm/", code=found(r"15 minutes:\n(\S+)"))


def by_link(client: Client) -> None:
    post(client, "/account/login/", login="ana@example.org")
    page = client.get(found(r"http://\S+(/l/\S+/)"), follow=True)
    post(client, page.request["PATH_INFO"])


def by_sign_up(client: Client) -> None:
    post(client, "/account/signup/", email="rosa@example.org")
    post(client, "/account/confirm-email/", code=found(r"15 minutes:\n(\S+)"))


def by_second_step(client: Client) -> None:
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(email="ana@example.org"), secret)
    by_password(client)
    post(client, "/account/2fa/authenticate/", code=code_of(secret))


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def is_in(client: Client) -> bool:
    return client.get("/account/profile/").status_code == 200


WAYS = [by_password, by_code, by_link, by_sign_up, by_second_step]


@pytest.mark.parametrize("way", WAYS)
def test_signing_in_makes_a_new_session(ana: User, way: Callable[[Client], None]) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = client.cookies[COOKIE].value

    way(client)

    thief = Client()
    thief.cookies[COOKIE] = planted
    assert is_in(client)
    assert client.cookies[COOKIE].value != planted
    assert not is_in(thief)
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_it(ana: User) -> None:
    client, thief = Client(), Client()
    by_password(client)
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    before = is_in(thief)

    client.post("/account/logout/")

    assert (before, is_in(thief), is_in(client)) == (True, False, False)


def test_a_new_password_ends_all_others(ana: User) -> None:
    client, other = Client(), Client()
    by_password(client)
    by_password(other)
    stolen = client.cookies[COOKIE].value

    new = "silver under the hill"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    thief = Client()
    thief.cookies[COOKIE] = stolen
    assert (is_in(client), is_in(other), is_in(thief)) == (True, False, False)


def test_a_reset_password_ends_all(ana: User) -> None:
    other = Client()
    by_password(other)
    client = Client()
    post(client, "/account/password/reset/", email="ana@example.org")
    form = client.get(found(r"http://\S+(/account/password/reset/key/\S+)"), follow=True).request["PATH_INFO"]

    client.post(form, {"password1": "silver under the hill", "password2": "silver under the hill"})

    assert not is_in(other)


def test_a_session_ended_by_its_owner_elsewhere_is_over(ana: User) -> None:
    client, other = Client(), Client()
    by_password(client)
    by_password(other)
    assert (is_in(client), is_in(other)) == (True, True)

    client.post("/account/sessions/")

    assert (is_in(client), is_in(other)) == (True, False)
