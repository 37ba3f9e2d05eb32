import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from programmes.management.commands.route_inventory import show_path


@pytest.fixture(scope="module")
def routes() -> dict[str, Any]:
    out = StringIO()
    call_command("route_inventory", "--json", stdout=out)
    return {row["name"]: row for row in json.loads(out.getvalue())}


def test_a_route_of_an_organisation(routes: dict[str, Any]) -> None:
    assert routes["organisation-people"] == {
        "name": "organisation-people",
        "path": "/o/<slug:organisation>/people/",
        "methods": ["GET"],
        "permission": "organisation.view",
        "reason": "",
        "shared": False,
        "roles": ["coordinator", "inventory_editor", "iwim_reviewer", "owner", "reviewer"],
    }


def test_own_pages_are_for_everybody(routes: dict[str, Any]) -> None:
    everybody = ["coordinator", "inventory_editor", "iwim_reviewer", "mentee", "mentor", "owner", "reviewer"]
    assert [routes[name]["roles"] for name in ("account-home", "mfa_index")] == [everybody, everybody]


def test_public_routes_say_why_and_links_name_their_purpose(routes: dict[str, Any]) -> None:
    assert [name for name, row in routes.items() if row["permission"] == "public" and not row["reason"]] == []
    assert routes["invitation-accept"]["permission"] == "link:organisation.invitation"
    assert routes["invitation-accept"]["roles"] == []


def test_paths_are_shown_as_a_person_reads_them(routes: dict[str, Any]) -> None:
    assert [row["path"] for row in routes.values() if set(row["path"]) & set("^$(?\\")] == []
    assert show_path(r"a/^b/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$") == "a/b/<uidb36>-<key>/"
