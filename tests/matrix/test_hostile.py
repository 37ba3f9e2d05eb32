"""Whatever is written into an address or a form: a page that says no, never a 500. Runs on both databases."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
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
GROWING = "\ufdfa" * 60  # one sign each, eighteen once it is folded
HUGE = "9" * 30
HOSTILE = ("a\x00b", LONG, GROWING, HUGE, "-1", "💎\u202e<'\"", "[]", "1e999", "%", "2027-02-30T25:00", "9" * 5000)
NAMES = (
    *("q", "page", "sort", "role", "status", "state", "country", "language", "stage", "open", "kind", "scope"),
    *("method", "target", "name", "time_zone", "first_day", "known", "next", "uid", "back", "run", "mentee", "mentor"),
)
UNSHOWN = ("to", "chosen", "seen", "filters", "everyone", "decision", "step", "mentee", "mentor", "pk", "answer")
STEPS = ("work", "goals", "meeting", "care")
# Without these a form is refused before anything else of it is read.
KEPT = {"website", "shown", "submission_key", "key_proof", "editions-TOTAL_FORMS", "editions-INITIAL_FORMS"}
Body = list[tuple[str, str]]


class Controls(HTMLParser):
    """The controls of a page with the values that a browser would send, and something where nothing is chosen."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._name = ""
        self.feed(page.decode(errors="replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag in {"input", "button"} and name and (found.get("type") != "radio" or "checked" in found):
            self.values[name] = found.get("value", "")
        elif tag in {"input", "textarea"} and name:
            self.values.setdefault(name, found.get("value", "Words"))
        elif tag == "select":
            self._name = name
        elif tag == "option" and (found.get("value") or "selected" in found):
            if "selected" in found or not self.values.get(self._name):
                self.values[self._name] = found.get("value", "")


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
    draft = Application.objects.create(
        cohort=cohort, role="mentor", email="draft@example.org", questionnaire=cohort.mentor_questions
    )
    people = {"anonymous": client_of(None), "owner": client_of(OWNER), "staff": client_of(STAFF)}
    applicant = client_of(None)
    session = applicant.session
    session[SESSION_KEY] = {f"{EDIT}:{draft.pk}": [2**40, None]}
    session.save()
    found = []
    for route in world.routes():
        path, access = world.fill(route, cohort, ids), route.access
        who = "owner" if in_tenant(route) or access.permission == "account.own" else "anonymous"
        client = people["staff" if access.shared and access.permission != "public" else who]
        if access.permission.startswith("link:application"):
            client, path = applicant, path_of(route, draft)
        found.append((route, client, path))
        found.extend((route, client, path.replace("/about/", f"/{step}/")) for step in STEPS if "step" in route.params)
    return found


def path_of(route: Route, draft: Application) -> str:
    path = f"/{route.path}".replace("<uuid:key>", str(draft.submission_key)).replace("<slug:step>", "about")
    return path.replace("<int:pk>", str(draft.pk))


def ask(client: Client, path: str, body: Body | None = None) -> Any:
    """GET, or POST of a body, in a savepoint that is taken back, with the cookies as they were."""
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        form = "application/x-www-form-urlencoded"
        response = client.get(path) if body is None else client.post(path, urlencode(body), content_type=form)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return response


def bodies(values: dict[str, str]) -> Iterator[Body]:
    """One hostile value in each field, the rest as the page had it; then everything hostile; then all of it twice."""
    open_to_all = [name for name in values if name not in KEPT]
    for name, hostile in zip(open_to_all, cycle(HOSTILE), strict=False):
        yield list({**values, name: hostile}.items())
    for shift in range(2):
        hostile_ones = dict(zip(open_to_all, cycle(HOSTILE[shift:]), strict=False))
        yield list({**values, **hostile_ones}.items())
    yield [*values.items(), *values.items()]


@pytest.mark.django_db
def test_no_query_breaks_a_page(populated: None) -> None:
    broken = []
    for route, client, path in visits():
        for shift in range(3) if "GET" in route.access.methods else ():
            pairs = zip(NAMES, cycle(HOSTILE[shift * 4 :] + HOSTILE[: shift * 4]), strict=False)
            query = "&".join(f"{name}={quote(value[:600])}" for name, value in pairs)
            if (code := ask(client, f"{path}?{query}").status_code) >= 500:
                broken.append(f"{route.name} {shift}: {code}")
    assert broken == []


@pytest.mark.django_db
def test_no_id_breaks_a_page(populated: None) -> None:
    ids = {"int": (HUGE, "9" * 5000), "slug": ("x" * 5000,), "str": ("%00", "💎"), "uuid": ("0",)}
    broken = []
    for route, client, path in visits():
        for part in set(re.findall(r"<(\w+):\w+>", route.path)):
            for value in ids[part]:
                filled = re.sub(r"<\w+:\w+>", "1", re.sub(rf"<{part}:\w+>", value, f"/{route.path}"))
                body = None if "GET" in route.access.methods else []
                if (code := ask(client, filled, body).status_code) >= 500:
                    broken.append(f"{route.name} {value[:12]!r} (not {path}): {code}")
    assert broken == []


@pytest.mark.django_db
def test_no_form_breaks_a_page(populated: None) -> None:
    broken = []
    for route, client, path in visits():
        if "POST" not in route.access.methods:
            continue
        page = ask(client, path).content if "GET" in route.access.methods else b""
        values = Controls(page).values or dict.fromkeys(UNSHOWN, "1")
        for number, body in enumerate(bodies(values)):
            if (code := ask(client, path, body).status_code) >= 500:
                broken.append(f"{route.name} {path} body {number}: {code}")
    assert broken == []
