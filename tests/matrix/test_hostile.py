"""Whatever is written into an address or a form: a page that says no, never a 500. Run on both databases."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client

from programmes.access.links import SESSION_KEY
from programmes.applications.guards import EDIT
from programmes.models import Application
from tests.matrix import world
from tests.matrix.test_matrix import ROLE_USERS, client_of, in_tenant
from tests.matrix.world import Route

OWNER, STAFF = ROLE_USERS["owner"], "reviewer@iwim.example.org"
LONG = "x" * 10_000
GROWING = "\ufdfa" * 90  # one sign each, eighteen once it is folded
HUGE = "9" * 30
HOSTILE = ("\x00", "a\x00b", LONG, GROWING, HUGE, "-1", "💎\u202e<'\"", "[]", "1e999", "%", "2027-02-30")
NAMES = (
    *("q", "page", "sort", "role", "status", "state", "country", "language", "stage", "open", "kind", "scope"),
    *("method", "target", "name", "time_zone", "first_day", "known", "next", "uid", "back", "run", "mentee", "mentor"),
)
STEPS = ("about", "work", "goals", "meeting", "care")
CONTROL = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
KEPT = {"csrfmiddlewaretoken", "website", "shown", "submission_key", "key_proof", "version", "matching-version"}


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        world.build_world()
        yield
        transaction.set_rollback(True)


def visits() -> list[tuple[Route, Client, str]]:
    """Each route with somebody who may open it, and its address."""
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    draft = make_draft(cohort)
    people = {"anonymous": client_of(None), "owner": client_of(OWNER), "staff": client_of(STAFF)}
    applicant = client_of(None)
    session = applicant.session
    session[SESSION_KEY] = {f"{EDIT}:{draft.pk}": [2**40, None]}
    session.save()
    found = []
    for route in world.routes():
        path = world.fill(route, cohort, ids)
        who = "owner" if in_tenant(route) or route.access.permission == "account.own" else "anonymous"
        client = people["staff" if route.access.shared and route.access.permission != "public" else who]
        if route.access.permission.startswith("link:application"):
            client, path = applicant, path_of(route, draft)
        found.append((route, client, path))
        if "step" in route.params:
            found.extend((route, client, path.replace("/about/", f"/{step}/")) for step in STEPS[1:])
    return found


def make_draft(cohort: Any) -> Application:
    return Application.objects.create(
        cohort=cohort, role="mentor", email="draft@example.org", questionnaire=cohort.mentor_questions
    )


def path_of(route: Route, draft: Application) -> str:
    path = f"/{route.path}".replace("<uuid:key>", str(draft.submission_key)).replace("<slug:step>", "about")
    return path.replace("<int:pk>", str(draft.pk))


def send(client: Client, method: str, path: str, body: list[tuple[str, str]] | None = None, **more: Any) -> Any:
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        data = urlencode(body or [])
        kind = "application/x-www-form-urlencoded"
        response = client.generic(method, path, data, content_type=kind, **more) if method == "POST" else client.get(path)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return response


def fields_of(page: bytes) -> list[tuple[str, str]]:
    """(name, value) of the controls of a page."""
    found = []
    for control in CONTROL.finditer(page.decode(errors="replace")):
        value = VALUE.search(control[0])
        found.append((unescape(control[1]), unescape(value[1]) if value else "1"))
    return found


def bodies(fields: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Everything hostile at once, then one field after the other with what the page held in the rest."""
    names = list(dict.fromkeys(name for name, _value in fields))
    for value in HOSTILE:
        yield [(name, kept if name in KEPT else value) for name, kept in fields]
    for number, name in enumerate(names):
        value = HOSTILE[number % len(HOSTILE)]
        yield [(other, value if other == name else kept) for other, kept in fields]
    yield [(name, value) for name, value in fields for _twice in range(3)]


@pytest.mark.django_db
def test_no_address_breaks_a_page(populated: None) -> None:
    broken = []
    for route, client, path in visits():
        if "GET" not in route.access.methods:
            continue
        for value in HOSTILE:
            query = "&".join(f"{name}={quote(value)}" for name in NAMES)
            code = send(client, "GET", f"{path}?{query}").status_code
            if code >= 500:
                broken.append(f"{route.name} {value[:12]!r}: {code}")
    assert broken == []


@pytest.mark.django_db
def test_no_id_breaks_a_page(populated: None) -> None:
    broken = []
    ids = {"int": ("0", HUGE, "9" * 5000), "slug": ("-", "x" * 5000), "str": ("%00", "x" * 5000, "💎"), "uuid": ("0",)}
    for route, client, path in visits():
        for part in re.findall(r"<(\w+):\w+>", route.path):
            for value in ids[part]:
                filled = re.sub(rf"<{part}:\w+>", value, f"/{route.path}")
                method = "GET" if "GET" in route.access.methods else "POST"
                code = send(client, method, re.sub(r"<\w+:\w+>", "1", filled)).status_code
                if code >= 500:
                    broken.append(f"{route.name} {value[:12]!r} (not {path}): {code}")
    assert broken == []


@pytest.mark.django_db
def test_no_form_breaks_a_page(populated: None) -> None:
    broken = []
    for route, client, path in visits():
        if "POST" not in route.access.methods:
            continue
        page = send(client, "GET", path).content if "GET" in route.access.methods else b""
        fields = fields_of(page) or [(name, "1") for name in (*NAMES, "to", "chosen", "seen", "filters", "everyone")]
        for body in bodies(fields):
            code = send(client, "POST", path, body).status_code
            if code >= 500:
                broken.append(f"{route.name} {path} {[(n, v[:12]) for n, v in body if v in HOSTILE][:2]}: {code}")
    assert broken == []
