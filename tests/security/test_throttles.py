"""The eleventh wrong try is refused, per account and per address; the limits are in the database."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import signing
from django.test import Client
from pytest_django import Settings

from programmes.people.models import User

pytestmark = pytest.mark.django_db
WRONG, PASSWORD = "wrong", "copper under the hill"
TOO_OFTEN = ("a little too often", "too often for now")
Try = Callable[[int], Any]


@pytest.fixture
def ana(settings: Settings) -> User:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: this is about counting
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # nobody answers there
    person = User.objects.create_user("ana@example.org", PASSWORD, name="Ana")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def post(path: str, body: dict[str, str], address: int, client: Client | None = None) -> Any:
    visitor = client or Client()
    return visitor.post(path, {"shown": signing.dumps(0, salt="form-shown"), **body}, headers=seen_from(address))


def seen_from(address: int) -> dict[str, str]:
    """Whatever a visitor writes before it, the last entry is our proxy's."""
    return {"X-Forwarded-For": f"{address}.9.9.9, 198.51.100.{address}"}


def is_refused(answer: Any) -> bool:
    return answer.status_code == 429 or any(words in answer.content.decode() for words in TOO_OFTEN)


def sign_in(email: str, address: int, password: str = WRONG) -> Any:
    return post("/account/login/", {"login": email, "password": password}, address)


def first_refusal(attempt: Try, most: int = 14) -> int:
    """The number of the first try that is refused."""
    return next((number for number in range(1, most) if is_refused(attempt(number))), most)


def test_wrong_passwords_for_one_account_from_many_addresses(ana: User) -> None:
    spellings = ("ana@example.org", "ANA@example.org", "Ana@Example.Org")
    assert first_refusal(lambda number: sign_in(spellings[number % 3], number)) == 11


def test_wrong_passwords_for_many_accounts_from_one_address(ana: User) -> None:
    assert first_refusal(lambda number: sign_in(f"person{number}@example.org", 7)) == 11


def test_another_name_of_the_host_begins_no_new_count(ana: User) -> None:
    def attempt(number: int) -> Any:
        body = {"login": ana.email, "password": "wrong", "shown": signing.dumps(0, salt="form-shown")}
        host = ("testserver", "localhost")[number % 2]
        return Client().post("/account/login/", body, headers={**seen_from(number), "Host": host})

    assert first_refusal(attempt) == 11


def test_the_victim_waits_five_minutes_at_most_and_has_another_way_in(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 12):
        sign_in(ana.email, number)
    locked = sign_in(ana.email, 99, PASSWORD)
    by_code = post("/account/login/", {"login": ana.email}, 99)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 301)
    later = sign_in(ana.email, 99, PASSWORD)

    assert is_refused(locked)
    assert by_code["Location"] == "/account/login/code/confirm/"
    assert (later.status_code, later["Location"]) == (302, "/account/")


def test_wrong_codes_from_one_address(ana: User) -> None:
    for number in range(12):
        User.objects.create_user(f"person{number}@example.org")
    visitors: dict[int, Client] = {}

    def attempt(number: int) -> Any:
        person = (number - 1) // 2
        client = visitors.setdefault(person, Client())
        if number % 2:
            post("/account/login/", {"login": f"person{person}@example.org"}, 60 + person, client)
        return post("/account/login/code/confirm/", {"code": "AAAA-AAAA"}, 7, client)

    assert first_refusal(attempt) == 11


def test_wrong_codes_for_one_account_end_with_its_codes(ana: User) -> None:
    """Three tries for a code, three codes a minute: the tenth cannot be made."""
    tries = 0
    for number in range(1, 6):
        client = Client()
        if is_refused(post("/account/login/", {"login": ana.email}, number, client)):
            break
        for _each in range(4):
            answer = post("/account/login/code/confirm/", {"code": "AAAA-AAAA"}, number, client)
            tries += answer.status_code == 200 and "not the code we sent" in answer.content.decode()

    assert 0 < tries <= 9


def test_wrong_second_steps(ana: User) -> None:
    TOTP.activate(ana, generate_totp_secret())
    client = Client()
    post("/account/login/", {"login": ana.email, "password": PASSWORD}, 1, client)

    assert first_refusal(lambda number: post("/account/2fa/authenticate/", {"code": "000000"}, number, client)) == 11


@pytest.mark.parametrize(
    ("path", "field"),
    [("/account/password/reset/", "email"), ("/account/signup/", "email"), ("/account/login/", "login")],
)
def test_many_addresses_asked_from_one_place(ana: User, path: str, field: str) -> None:
    most = 11 if field == "email" else 21  # a hall full of women signing in by code is no attack
    assert first_refusal(lambda number: post(path, {field: f"person{number}@example.org"}, 7), 24) == most


@pytest.mark.parametrize(("path", "field"), [("/account/password/reset/", "email"), ("/account/login/", "login")])
def test_one_address_asked_from_many_places(ana: User, path: str, field: str) -> None:
    assert first_refusal(lambda number: post(path, {field: ana.email}, number)) <= 11


def test_wrong_reset_links_from_one_address(ana: User) -> None:
    assert first_refusal(lambda number: post(f"/account/password/reset/key/1-x{number}-y/", {}, 7)) == 11


@pytest.mark.parametrize("header", ["", "nonsense", ",,,", "198.51.100.7, ", "<script>", "1" * 3000, "\u2028"])
def test_a_malformed_header_breaks_nothing(ana: User, header: str) -> None:
    answer = Client().post(
        "/account/login/", {"login": ana.email, "password": "wrong"}, headers={"X-Forwarded-For": header}
    )
    assert answer.status_code in {200, 403}
