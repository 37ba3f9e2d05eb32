"""Whatever is written into an address or a form: a page that says no, never a 500. Runs on both databases."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programmes.models import Application, Cohort, ImportBatch, PastPairImport
from tests.matrix import world
from tests.matrix.controls import Page
from tests.matrix.offered import begin_draft, unshown
from tests.matrix.visitors import ROLE_USERS, client_of, taken_back
from tests.matrix.world import Route, in_tenant
from wimmentor.base.forms import sign_shown

OWNER, STAFF = ROLE_USERS["owner"], "reviewer@iwim.example.org"
LONG = "x" * 10_000
GROWING = "\ufdfa" * 60  # one sign each, eighteen once it is folded
HUGE = "9" * 30
HOSTILE = ("a\x00b", LONG, GROWING, HUGE, "-1", "💎\u202e<'\"", "[]", "1e999", "%", "2027-02-30T25:00", "9" * 5000)
NAMES = (
    *("q", "page", "sort", "role", "status", "state", "country", "language", "stage", "open", "kind", "scope"),
    *("method", "target", "name", "time_zone", "first_day", "known", "next", "uid", "back", "run", "mentee", "mentor"),
)
STEPS = ("work", "goals", "meeting", "care")
# Without these a form is refused before anything else of it is read.
KEPT = {"website", "shown", "submission_key", "key_proof", "editions-TOTAL_FORMS", "editions-INITIAL_FORMS"}
# On every page, for one route.
OF_THE_FRAME = {"csrfmiddlewaretoken", "language", "next"}
# Fields that are hostile at once: of a form, and of a body for routes that read but a few of its fields. A form of many
# fields, which are alike, is posted so many times for each way to be hostile, not more.
AT_ONCE, AT_ONCE_UNSHOWN, MOST_POSTS = 3, 6, 12
Body = list[tuple[str, str]]


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
    people = {"anonymous": client_of(None), "owner": client_of(OWNER), "staff": client_of(STAFF)}
    draft, applicant = begin_draft()
    found = []
    for route in world.routes():
        path, access = world.fill(route, cohort, ids), route.access
        who = "owner" if in_tenant(route) or access.permission == "account.own" else "anonymous"
        client = people["staff" if access.shared and access.permission != "public" else who]
        if access.permission.startswith("link:application"):
            client, path = applicant, path_of(route, draft)
        if route.name == "apply-start":
            path = reverse(route.name, args=[*slugs_of(draft.cohort), "mentor"])
        found.append((route, client, path))
        found.extend((route, client, path.replace("/about/", f"/{step}/")) for step in STEPS if "step" in route.params)
    return found


def slugs_of(cohort: Cohort) -> list[str]:
    return [cohort.programme.organisation.slug, cohort.programme.slug, cohort.slug]


def path_of(route: Route, draft: Application) -> str:
    path = f"/{route.path}".replace("<uuid:key>", str(draft.submission_key)).replace("<slug:step>", "about")
    return path.replace("<int:pk>", str(draft.pk))


def ask(client: Client, path: str, body: Body | None = None) -> Any:
    """GET, or POST of a body, in a savepoint that is taken back, with the cookies as they were."""
    with taken_back(client):
        form = "application/x-www-form-urlencoded"
        return client.get(path) if body is None else client.post(path, urlencode(body), content_type=form)


def bodies(values: dict[str, str], at_once: int = AT_ONCE, *, kept: set[str] = KEPT) -> Iterator[Body]:
    """Each hostile value in each field, in a few fields at once and the rest as the page had it; then everything
    hostile; then all of it twice."""
    names = [name for name in values if name not in kept]
    at_once = max(at_once, -(-len(names) // MOST_POSTS))
    hostile: dict[str, str] = {}
    for shift in range(len(HOSTILE)):
        hostile = dict(zip(names, cycle(HOSTILE[shift:] + HOSTILE[:shift]), strict=False))
        for first in range(0, len(names), at_once):
            yield list({**values, **{name: hostile[name] for name in names[first : first + at_once]}}.items())
    yield list({**values, **hostile}.items())
    yield [*values.items(), *values.items()]


def hostile_bodies(route: Route, client: Client, path: str, others: dict[str, str]) -> Iterator[Body]:
    page = ask(client, path).content if "GET" in route.access.methods else b""
    shown = Page(page).controls
    values = shown or others
    if "shown" in values:
        values["shown"] = sign_shown(60)
    if not in_tenant(route) and ask(client, path, list(values.items())).status_code in {404, 405}:
        yield list(dict(zip(values, cycle(HOSTILE), strict=False)).items())  # refused before anything is read
        return
    kept = KEPT if route.name == "language-choose" else KEPT | OF_THE_FRAME
    yield from bodies(values, AT_ONCE if shown else AT_ONCE_UNSHOWN, kept=kept)


@pytest.mark.django_db
def test_no_query_breaks_a_page(populated: None) -> None:
    broken = []
    for route, client, path in visits():
        for shift in range(2) if "GET" in route.access.methods else ():
            pairs = zip(NAMES, cycle(HOSTILE[shift * 5 :] + HOSTILE[: shift * 5]), strict=False)
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


@pytest.mark.parametrize("at_once", [AT_ONCE, AT_ONCE_UNSHOWN])
@pytest.mark.parametrize("count", [1, 2, len(HOSTILE), 35, 90])
def test_each_field_meets_each_hostile_value(count: int, at_once: int) -> None:
    values = {f"field{number}": "" for number in range(count)}
    met = {pair for body in bodies(values, at_once) if len(body) == count for pair in body}

    assert met >= {(name, value) for name in values for value in HOSTILE}


@pytest.mark.django_db
def test_no_form_breaks_a_page(populated: None) -> None:
    broken = []
    others = unshown(world.peru(), world.subject_ids(world.peru()))
    for route, client, path in visits():
        if "POST" not in route.access.methods:
            continue
        for number, body in enumerate(hostile_bodies(route, client, path, others)):
            if (code := ask(client, path, body).status_code) >= 500:
                broken.append(f"{route.name} {path} body {number}: {code}")
    assert broken == []


@pytest.mark.django_db
def test_a_stored_file_that_is_read_no_more_is_a_refusal(populated: None) -> None:
    """What one version took may be refused by the next, whose limits are others."""
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    ImportBatch.objects.filter(pk=ids["import"]).update(file_name="people.numbers")
    PastPairImport.objects.filter(pk=ids["past-pairs"]).update(file_name="pairs.numbers")
    client = client_of(OWNER)
    paths = [
        reverse("import-columns", args=[*slugs_of(cohort), ids["import"]]),
        reverse("past-pairs-preview", args=[*slugs_of(cohort), ids["past-pairs"]]),
    ]

    answers = [client.get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("We read CSV and XLSX files." in answer.content.decode() for answer in answers)
