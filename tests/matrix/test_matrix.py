"""Every route x role x tenant x method. A new route is in it by being routed; one that needs an id asks for it."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from programmes.access.permissions import Permission
from programmes.access.roles import ROLES
from tests.matrix import world
from tests.matrix.offered import unshown
from tests.matrix.visitors import ROLE_USERS, STRANGERS, ask, client_of, taken_back
from tests.matrix.watching import digest_database, written_tables
from tests.matrix.world import Route, in_tenant

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="Roles are asked in the run on SQLite."
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NO_HEAD = tuple(method for method in METHODS if method != "HEAD")
# HEAD goes through the guard and the view of GET: these three show that it does.
HEADS = {"anonymous", "owner", "iwim_reviewer"}
# Neither a refusal nor a breakage.
GOOD = {200, 302, 400, 409, 429}
# Routes that take personal data out of the site.
READ_IS_WRITTEN_DOWN = ("-export", "-contacts", "import-file", "-refused")
NAMED_IN_BODY = ("board-", "offer-answer-for")
# Views of packages check methods themselves.
PACKAGES = ("account_", "mfa_", "usersessions_", "livez", "readyz")


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        world.build_world()
        yield
        transaction.set_rollback(True)


def allowed_methods(route: Route) -> set[str]:
    return {*route.access.methods, *({"HEAD"} if "GET" in route.access.methods else ())}


def is_refused_method(route: Route, method: str) -> bool:
    return method not in allowed_methods(route)


def expected(route: Route, method: str, who: str, *, hers: bool = False) -> set[int]:
    """The codes that are right for `who`. `hers`: the row that a link opens is about her, so her account does, too."""
    permission = route.access.permission
    if permission == "public":
        return GOOD | {403, 404, 410}
    if permission.startswith("link:"):
        return GOOD if hers else {404}
    if who == "anonymous":
        return {302}
    if permission == Permission.ACCOUNT_OWN:
        return GOOD | {403, 404}
    if route.access.shared:
        return GOOD if who == "iwim_reviewer" else {403}
    return expected_in_tenant(route, method, who)


def expected_in_tenant(route: Route, method: str, who: str) -> set[int]:
    if who not in ROLE_USERS:
        return {404}
    if route.access.permission not in ROLES[who].permissions:
        return {403}
    # Some name the pair, or the side, in the body; this body is empty.
    return GOOD | {404} if method == "POST" and route.name.startswith(NAMED_IN_BODY) else GOOD


def is_refusal(answer: Any) -> bool:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/account/login/")
    return to_sign_in or answer.status_code in {403, 404, 405}


@pytest.mark.django_db
def test_every_route_answers_each_role_as_the_table_of_roles_says(populated: None) -> None:
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    people: dict[str, str | None] = {"anonymous": None, **ROLE_USERS, **STRANGERS}
    wrong = []
    for who, email in people.items():
        client = client_of(email)
        for route in world.routes():
            path, hers = world.fill(route, cohort, ids), world.is_hers(route, email, ids)
            for method in METHODS if who in HEADS else NO_HEAD:
                with written_tables() as written:
                    answer = ask(client, method, path)
                code, foreign = answer.status_code, route.name.startswith(PACKAGES)
                right = expected(route, method, who, hers=hers) | ({405} if foreign else set())
                if is_refused_method(route, method) and not foreign:
                    right = {405}
                if code not in right or code >= 500:
                    wrong.append(f"{who} {method} {route.name} {path}: {code}, not {sorted(right)}")
                if written and is_refusal(answer):
                    wrong.append(f"{who} {method} {route.name} {path}: {code}, and {sorted(written)} written")
    assert wrong == []


@pytest.mark.django_db
def test_what_a_link_opens_is_there_and_refused_without_it(populated: None) -> None:
    """Rows that exist, or a 404 would say nothing; bodies that the pages would take."""
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    body = {**unshown(cohort, ids), "language": "es", "choice": "replace", "reason": "other"}
    routes = [route for route in world.routes() if route.access.permission.startswith("link:")]
    paths = {route: world.fill(route, cohort, ids) for route in routes}
    wrong = []
    for who, email in {"anonymous": None, **ROLE_USERS, **STRANGERS}.items():
        client = client_of(email)
        for route, path in paths.items():
            if "POST" not in route.access.methods or world.is_hers(route, email, ids):
                continue
            with written_tables() as written, taken_back(client):
                code = client.post(path, body).status_code
            if code != 404 or written:
                wrong.append(f"{who} {route.name} {path}: {code} {sorted(written)}")
    assert wrong == []
    assert [route.name for route in routes if not world.subject_of(route, ids)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["coordinator elsewhere", "mentor", "iwim_reviewer"])
def test_another_organisations_ids_answer_like_ids_that_do_not_exist(populated: None, who: str) -> None:
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    client = client_of(STRANGERS[who])
    different = []
    for route in filter(in_tenant, world.routes()):
        for method in sorted(allowed_methods(route)):
            theirs = ask(client, method, world.fill(route, cohort, ids))
            missing = ask(client, method, world.fill(route, cohort, ids, missing=True))
            if (theirs.status_code, theirs.content) != (404, missing.content) or missing.status_code != 404:
                different.append(f"{method} {route.name}: {theirs.status_code} {missing.status_code}")
    assert different == []


@pytest.mark.django_db
def test_ids_of_another_cohort_inside_ones_own_answer_like_missing_ones(populated: None) -> None:
    """An owner asks for rows of another organisation below her own organisation's address."""
    theirs = world.peru()
    ids = world.subject_ids(theirs)
    own = world.wime()
    client = client_of("owner@wime.example.org")
    different = []
    for route in world.routes():
        if not in_tenant(route) or not {"pk", "proposal"} & set(route.params):
            continue
        for method in sorted(allowed_methods(route)):
            foreign = ask(client, method, world.fill(route, own, ids))
            missing = ask(client, method, world.fill(route, own, dict.fromkeys(ids, world.MISSING)))
            if (foreign.status_code, foreign.content) != (404, missing.content):
                different.append(f"{method} {route.name}: {foreign.status_code}, missing {missing.status_code}")
    assert different == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_get_changes_nothing(populated: None, method: str) -> None:
    """Asked by each role; only that an export was read is written down."""
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    people: dict[str, str | None] = {"anonymous": None, **ROLE_USERS, **STRANGERS}
    clients = {who: client_of(email) for who, email in people.items()}  # signing in is written down
    before = digest_database()
    written = []
    for who, client in clients.items():
        for route in world.routes():
            path = world.fill(route, cohort, ids)
            if "GET" not in route.access.methods or (who != "owner" and in_tenant(route) and who not in ROLE_USERS):
                continue
            if method == "HEAD" and who not in HEADS:
                continue
            with taken_back(client), written_tables() as tables:
                client.generic(method, path)
            if tables - ({"programmes_auditevent"} if route.name.endswith(READ_IS_WRITTEN_DOWN) else set()):
                written.append(f"{who} {route.name} {path}: {sorted(tables)}")
    assert written == []
    assert digest_database() == before


def test_each_route_is_named_and_says_why_it_is_public() -> None:
    assert [route.path for route in world.routes() if not route.name] == []
    assert [
        route.name for route in world.routes() if route.access.permission == "public" and not route.access.reason
    ] == []
    assert [route.name for route in world.routes() if re.search(r"\s", route.name)] == []
