"""What every answer carries, whatever it answers: headers, cookies, and addresses of this site only."""

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as site
from django.core import mail
from django.test import Client
from pytest_django import Settings

from programmes.models import User
from tests.matrix import world
from tests.matrix.visitors import ROLE_USERS, client_of, taken_back
from wimmentor.base.forms import sign_shown

pytestmark = pytest.mark.django_db
NONE, SELF = ["'none'"], ["'self'"]
POLICY = {
    **dict.fromkeys(("default-src", "frame-ancestors", "base-uri", "object-src"), NONE),
    **dict.fromkeys(("script-src", "style-src", "form-action"), SELF),
}
EVIL = "evil.example.com"


def faults_of(answer: Any, *, private: bool) -> list[str]:
    csp = {part.split()[0]: part.split()[1:] for part in answer.get("Content-Security-Policy", "").split(";") if part}
    found = [name for name, value in POLICY.items() if csp.get(name) != value]
    found += [word for word in ("unsafe", "*", "http:", "data:") if word in answer.get("Content-Security-Policy", "")]
    expected = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"}
    found += [name for name, value in expected.items() if answer.get(name) != value]
    if private and answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
        found.append("may be stored")
    return found + [f"cookie {name}" for name, cookie in answer.cookies.items() if not is_guarded(cookie)]


def is_guarded(cookie: Any) -> bool:
    """One that is taken away has no value to guard."""
    return not cookie.value or bool(
        cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]
    )


OPEN_DATA = {"data-table", "data-descriptor", "data-document", "data-archive"}


def test_every_answer_of_every_route_carries_the_policy(populated: None) -> None:
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    wrong = []
    # A method that is refused is refused before anybody's rights are looked at: one visitor is enough.
    visits = {ROLE_USERS["owner"]: ("GET", "POST"), "mentee@wimperu.example.org": ("GET",), None: ("GET", "PUT")}
    for email, methods in visits.items():
        client = client_of(email)
        for route in world.routes():
            path = world.fill(route, cohort, ids)
            for method in methods:
                with taken_back(client):
                    answer = client.generic(method, path)
                # A public page says nothing of a visitor who is not signed in; open data is the same for everybody.
                private = route.name not in OPEN_DATA and (route.access.permission != "public" or email is not None)
                if faults := faults_of(answer, private=private):
                    wrong.append(f"{email} {method} {route.name} {answer.status_code}: {faults}")
    assert wrong == []


def test_refusals_and_breakages_carry_it_too(populated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(user: User) -> None:
        raise ValueError("A fault of ours")

    owner, strict = client_of(ROLE_USERS["owner"]), client_of(ROLE_USERS["owner"], enforce_csrf_checks=True)
    answers = {404: owner.get("/nowhere/"), 403: strict.post("/account/profile/"), 405: owner.put("/account/profile/")}
    monkeypatch.setattr("programmes.people.views.account_sections", break_down)
    answers[500] = owner.get("/account/")
    answers[400] = owner.get("/", headers={"Host": EVIL})

    assert {code: answer.status_code for code, answer in answers.items()} == {code: code for code in answers}
    assert {code: faults_of(answer, private=True) for code, answer in answers.items()} == {code: [] for code in answers}


SHOWN = (
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY",
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mentoring.example.org", ["__Host-session", "__Host-csrf", True, True, True, 31536000, True, True]),
        ("http://127.0.0.1:8000", ["wim_session", "wim_csrf", False, False, False, 0, False, True]),
    ],
)
def test_cookies_of_https_are_bound_to_the_host(url: str, expected: list[Any]) -> None:
    code = f"import json; from wimmentor import settings as s; print(json.dumps([getattr(s, n) for n in {SHOWN!r}]))"
    environ = {**os.environ, "SITE_URL": url, "WIM_MODE": "test"}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == expected


def test_https_answers_say_for_how_long(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    assert Client().get("/livez", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


FORGED = [
    *({"Host": host} for host in (EVIL, f"{EVIL}:80", f"127.0.0.1.{EVIL}", f"localhost@{EVIL}", f"{EVIL}#localhost")),
    *({"Host": host} for host in ("localhost:evil", "local host", "", "[::1", f"{EVIL}/localhost", "xn--evil", "..")),
    *({"X-Forwarded-Host": host} for host in (EVIL, f"{EVIL}:8000", f"localhost, {EVIL}", f"{EVIL}, localhost")),
    {"X-Host": EVIL},
    {"Forwarded": f"host={EVIL}"},
    {"X-Forwarded-Server": EVIL},
    {"X-Original-Host": EVIL},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https", "X-Forwarded-Port": "444"},
    {"X-Original-URL": f"http://{EVIL}/", "X-Rewrite-URL": f"http://{EVIL}/"},
]


@pytest.mark.parametrize("headers", FORGED)
def test_a_forged_host_reaches_no_page_and_no_mail(headers: dict[str, str]) -> None:
    User.objects.create_user("ana@example.org")
    body = {"email": "ana@example.org", "login": "ana@example.org", "shown": sign_shown(60)}
    answers = [Client().post(path, body, headers=headers) for path in ("/account/password/reset/", "/account/login/")]
    answers += [Client().get(path, headers=headers) for path in ("/", "/account/login/", "/desk/")]

    assert all(answer.status_code in {200, 302, 400} for answer in answers)
    assert not any("evil" in f"{answer.content.decode()}{answer.headers}" for answer in answers)
    assert not any("evil" in message.message().as_string() for message in mail.outbox)
    assert all(f"{site.SITE_URL}/" in message.body for message in mail.outbox)


TARGETS = (
    *(f"https://{EVIL}", f"//{EVIL}", f"///{EVIL}", f"////{EVIL}", f"\\\\{EVIL}", f"/\\{EVIL}", f"\\/{EVIL}"),
    *(f"http:{EVIL}", f"http:/{EVIL}", f"https:///{EVIL}", f"http://127.0.0.1@{EVIL}", f"http://testserver@{EVIL}"),
    *(f"//testserver.{EVIL}", f"/%2F{EVIL}/../..//{EVIL}", f"//{EVIL}/%2e%2e", f" //{EVIL}", f"\t//{EVIL}"),
    *(f"/\t/{EVIL}", f"/\n/{EVIL}", f"\x00//{EVIL}", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:1"),
    *("data:text/html,<script>1</script>", f"ftp://{EVIL}", f"//[::ffff:1.2.3.4]@{EVIL}", f"https://{EVIL}?testserver"),
    *(f"//{EVIL}#testserver", f"https://{EVIL}\\@testserver", f"/\\/{EVIL}", f"http://{EVIL}%00testserver"),
)
ASKING = (
    *("/account/login/", "/account/signup/", "/account/login/code/", "/account/2fa/authenticate/", "/language/"),
    *("/account/reauthenticate/", "/account/profile/", "/account/email/", "/account/logout/"),
)
# Each target is tried where somebody signs in and where she chooses a language; these on every page.
EVERYWHERE = {f"https://{EVIL}", f"//{EVIL}", f"/\\{EVIL}", f"\t//{EVIL}", "javascript:alert(1)"}
NAMES = ("next", "back", "redirect", "redirect_to", "return", "return_to", "url", "continue")


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_leads_off_the_site(settings: Settings, target: str) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: this is about addresses
    ana = User.objects.create_user("ana@example.org", "copper under the hill")
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    named = dict.fromkeys(NAMES, target)
    body = {**named, "language": "en", "password": "copper under the hill", "login": ana.email, "email": ana.email}
    leads = []
    for path in ASKING if target in EVERYWHERE else ("/account/login/", "/language/"):
        signed_in, anonymous = Client(), Client()
        signed_in.force_login(ana)
        for client in (anonymous, signed_in):
            leads.append(client.get(path, named).get("Location", ""))
            leads.append(client.post(path, {**body, "shown": sign_shown(60)}).get("Location", ""))
    assert len([lead for lead in leads if lead]) >= 3
    assert [lead for lead in leads if is_off(lead)] == []


@pytest.mark.parametrize("words", ["account-profile", "[]", "#{7*7}", "a\nb", "apply-start", "b", "", "."])
def test_a_page_that_is_none_leads_home(words: str) -> None:
    answer = Client().post("/language/", {"language": "en", "next": words})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def is_off(lead: str) -> bool:
    plain = lead.strip().replace("\\", "/")
    parts = urlsplit(plain)
    return plain.startswith("//") or parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", "testserver"}
