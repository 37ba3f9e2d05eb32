"""The eleventh wrong try is refused, per account and per address; the limits are in the database."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import signing
from django.test import Client
from pytest_django import Settings

from programmes.applications.models import Application
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.applications.applicants import make_cohort, post_all, send

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


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_wrong_passwords_for_one_account_from_two_addresses(ana: User, email: str) -> None:
    """One address takes half of what the account has: two take all of it."""
    for number in range(10):
        sign_in(email, number % 2)

    assert is_refused(sign_in(email, 3))


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


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_wrong_codes_for_one_account_from_many_addresses(ana: User, email: str) -> None:
    def attempt(number: int) -> Any:
        client = Client()
        post("/account/login/", {"login": email}, number, client)
        return post("/account/login/code/confirm/", {"code": "AAAA-AAAA"}, number, client)

    assert first_refusal(attempt) == 11


def test_wrong_codes_of_a_sign_up_from_many_addresses(ana: User) -> None:
    def attempt(number: int) -> Any:
        client = Client()
        post("/account/signup/", {"email": "nobody@example.org"}, number, client)
        return post("/account/confirm-email/", {"code": "AAAA-AAAA"}, number, client)

    assert first_refusal(attempt) == 11


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


MAILED = [
    ("/account/password/reset/", "email"),
    ("/account/login/", "login"),
    ("/account/login/code/", "email"),
    ("/account/signup/", "email"),
]


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
@pytest.mark.parametrize(("path", "field"), MAILED)
def test_one_address_asked_from_one_place_and_from_many(ana: User, path: str, field: str, email: str) -> None:
    here = first_refusal(lambda number: post(path, {field: email}, 7))
    elsewhere = first_refusal(lambda number: post(path, {field: email}, 100 + number), 30)

    assert (here, here - 1 + elsewhere) == (7, 25)


def test_whatever_is_asked_for_counts_together(ana: User, mailoutbox: list[Any]) -> None:
    def attempt(number: int) -> Any:
        path, field = MAILED[number % len(MAILED)]
        return post(path, {field: ana.email}, 7)

    assert first_refusal(attempt) == 7


# --- One address against one account: its owner comes from another ----------------------------------------------


def exhaust(ana: User, address: int) -> None:
    """Everything that somebody at one address can spend of hers, once more than it takes."""
    for _time in range(12):
        sign_in(ana.email, address)
        for path, field in MAILED:
            client = Client()
            post(path, {field: ana.email}, address, client)
            for confirm in ("/account/login/code/confirm/", "/account/confirm-email/"):
                post(confirm, {"action": "resend"}, address, client)
                post(confirm, {"code": "AAAA-AAAA"}, address, client)


@pytest.fixture
def minutes(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Moves the clock of the limits that count in minutes."""
    begun = time.time()
    return lambda passed: monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: begun + 60 * passed)


@pytest.mark.django_db(transaction=True)
def test_one_address_that_spends_all_it_can_shuts_no_way_of_hers(
    ana: User, minutes: Callable[[int], None], mailoutbox: list[Any]
) -> None:
    for minute in range(4):
        minutes(minute)
        exhaust(ana, 7)
    refused = [post(path, {field: ana.email}, 7) for path, field in MAILED] + [sign_in(ana.email, 7, PASSWORD)]
    to_her = [message for message in mailoutbox if ana.email in message.to]

    password = sign_in(ana.email, 99, PASSWORD)
    ways = [post(path, {field: ana.email}, 99) for path, field in MAILED]
    hers = Client()
    post("/account/login/", {"login": ana.email}, 99, hers)
    code = re.search(r"15 minutes:\n(\S+)", mailoutbox[-1].body)
    assert code is not None
    by_code = post("/account/login/code/confirm/", {"code": code[1]}, 99, hers)

    assert all(is_refused(answer) for answer in refused)
    assert len(to_her) == 9  # six asked for; three of them, with a code for her, were sent once more
    assert (password.status_code, password["Location"]) == (302, "/account/")
    assert [(answer.status_code, is_refused(answer)) for answer in ways] == [(302, False)] * 4
    assert (by_code.status_code, by_code["Location"]) == (302, "/account/")


@pytest.mark.django_db(transaction=True)
def test_wrong_tries_from_many_addresses_leave_the_link_of_the_letter(ana: User, mailoutbox: list[Any]) -> None:
    for number in range(12):
        sign_in(ana.email, number)
        client = Client()
        post("/account/login/", {"login": ana.email}, number, client)
        post("/account/login/code/confirm/", {"code": "AAAA-AAAA"}, number, client)
    hers = Client()
    post("/account/login/", {"login": ana.email}, 99, hers)
    letter = mailoutbox[-1].body
    code, link = re.search(r"15 minutes:\n([A-Z0-9-]+)\n", letter), re.search(r"http://\S+(/l/\S+/)", letter)
    assert code is not None
    assert link is not None

    by_code = post("/account/login/code/confirm/", {"code": code[1]}, 99, hers)
    by_link = hers.post(hers.get(link[1])["Location"])

    assert is_refused(sign_in(ana.email, 99, PASSWORD))
    assert is_refused(by_code)
    assert (by_link.status_code, by_link["Location"]) == (302, "/account/")


def test_her_password_set_anew_counts_from_nothing(ana: User) -> None:
    for number in range(11):
        sign_in(ana.email, number)
    before = sign_in(ana.email, 99, PASSWORD)
    reset = reset_password(ana, 99)

    assert is_refused(before)
    assert reset.status_code == 302
    assert sign_in(ana.email, 98, "silver under the hill").status_code == 302


def reset_password(person: User, address: int) -> Any:
    client, key = Client(), default_token_generator.make_token(person)
    page = client.get(f"/account/password/reset/key/{user_pk_to_url_str(person)}-{key}/", headers=seen_from(address))
    new = {"password1": "silver under the hill", "password2": "silver under the hill"}
    return client.post(page["Location"], new, headers=seen_from(address))


def test_a_signed_in_owner_applies_whoever_else_writes_her_address_into_forms(ana: User) -> None:
    cohort = make_cohort()
    for number in range(30):
        stranger = Client(headers=seen_from(number % 5))
        send(stranger, post_all(stranger, cohort, email=ana.email))
    written = OutboxEmail.objects.filter(recipient=ana.email).count()
    hers = Client(headers=seen_from(99))
    hers.force_login(ana)

    sent = send(hers, post_all(hers, cohort, email=ana.email))

    application = Application.objects.get(user=ana)
    assert written == 24
    assert sent.status_code == 200
    assert (application.status, application.email_confirmed_at is None) == ("submitted", False)


def test_letters_of_forms_are_refused_where_they_are_asked_from_without_losing_text(ana: User) -> None:
    cohort, stranger = make_cohort(), Client(headers=seen_from(7))
    for _number in range(6):
        send(stranger, post_all(stranger, cohort, email=ana.email))
    seventh = post_all(stranger, cohort, email=ana.email)
    refused = send(stranger, seventh)
    elsewhere = Client(headers=seen_from(99))
    hers = post_all(elsewhere, cohort, email=ana.email)
    send(elsewhere, hers)

    found = dict(Application.objects.values_list("pk", "status"))
    assert "too often" in refused.content.decode()
    assert (found[seventh.pk], found[hers.pk]) == ("draft", "submitted")


def test_a_link_asked_for_elsewhere_is_sent_whoever_else_asks(ana: User) -> None:
    cohort, stranger, hers = make_cohort(), Client(headers=seen_from(7)), Client(headers=seen_from(99))
    theirs, own = (post_all(each, cohort, email=ana.email) for each in (stranger, hers))
    answers = [stranger.post(f"/apply/{theirs.submission_key}/send/", follow=True) for _time in range(7)]

    mine = hers.post(f"/apply/{own.submission_key}/send/", follow=True)

    assert is_refused(answers[-1])
    assert not is_refused(mine)


def test_wrong_reset_links_from_one_address(ana: User) -> None:
    assert first_refusal(lambda number: post(f"/account/password/reset/key/1-x{number}-y/", {}, 7)) == 11


@pytest.mark.parametrize("header", ["", "nonsense", ",,,", "198.51.100.7, ", "<script>", "1" * 3000, "\u2028"])
def test_a_malformed_header_breaks_nothing(ana: User, header: str) -> None:
    answer = Client().post(
        "/account/login/", {"login": ana.email, "password": "wrong"}, headers={"X-Forwarded-For": header}
    )
    assert answer.status_code in {200, 403}
