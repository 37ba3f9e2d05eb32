"""Whether somebody has an account is answered to nobody: same status, same words, same work."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from programmes.people.models import User
from wimmentor.base.forms import sign_shown

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN, UNKNOWN = "known@example.org", "other@example.org"
ASKED = [
    ("/account/login/", {"login": "", "password": "wrong"}),
    ("/account/login/", {"login": ""}),
    ("/account/login/code/", {"email": ""}),
    ("/account/signup/", {"email": ""}),
    ("/account/password/reset/", {"email": ""}),
]
# Statements about rate limits and sessions are as many as there were visits before.
OF_VISITS = re.compile(r"base_cache|django_session|SAVEPOINT|BEGIN|COMMIT", re.IGNORECASE)


@pytest.fixture(params=["with a password", "without"])
def person(request: pytest.FixtureRequest, settings: Settings) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = User.objects.create_user(KNOWN, "copper under the hill" if request.param == "with a password" else None)
    EmailAddress.objects.create(user=made, email=KNOWN, verified=True, primary=True)
    return made


def ask(path: str, body: dict[str, str], email: str) -> Any:
    values = {name: value or email for name, value in body.items()}
    return Client().post(path, {**values, "shown": sign_shown(60)}, follow=True)


def plain(answer: Any, email: str) -> str:
    """The page without what differs by its nature: the address itself, tokens, signed times."""
    text = answer.content.decode().replace(email, "…")
    return re.sub(r'(name="(?:csrfmiddlewaretoken|shown)" value=")[^"]*', r"\1", text)


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_known_and_unknown_addresses_are_answered_alike(person: User, path: str, body: dict[str, str]) -> None:
    known, unknown = ask(path, body, KNOWN), ask(path, body, UNKNOWN)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.status_code == unknown.status_code == 200
    assert plain(known, KNOWN) == plain(unknown, UNKNOWN)


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_each_is_written_to_alike(person: User, path: str, body: dict[str, str]) -> None:
    ask(path, body, KNOWN)
    ask(path, body, UNKNOWN)

    expected = [] if "password" in body else [[KNOWN], [UNKNOWN]]
    assert [message.to for message in mail.outbox] == expected


def test_a_wrong_password_costs_the_same_hashing(
    person: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    plainly = hashers.pbkdf2
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    if person.has_usable_password():
        person.set_password("copper under the hill")
        person.save()

    def count(*args: Any, **kwargs: Any) -> Any:
        counts[-1].append(args[2])
        return plainly(*args, **kwargs)

    monkeypatch.setattr(hashers, "pbkdf2", count)
    for email in (KNOWN, UNKNOWN):
        counts.append([])
        ask("/account/login/", {"login": "", "password": "wrong"}, email)

    assert counts[0] == counts[1]
    assert len(counts[0]) == 1


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_they_cost_nearly_the_same_statements(person: User, path: str, body: dict[str, str]) -> None:
    """The real measure is time: tests/benchmarks/bench_enumeration.py; this keeps a difference from growing."""
    ask(path, body, "warm@example.org")
    numbers = []
    for email in (KNOWN, UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            ask(path, body, email)
        numbers.append(sum(not OF_VISITS.search(query["sql"]) for query in queries.captured_queries))

    assert abs(numbers[0] - numbers[1]) <= MOST_MORE, numbers


# Looking for her row and making her link.
MOST_MORE = 6
