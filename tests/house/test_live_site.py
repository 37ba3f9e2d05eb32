"""The site that other tests use, as processes: it answers, runs jobs, and ends without leaving anything."""

import json
import os
import urllib.request

import pytest

from tests.processes import Site, uses_redis

pytestmark = pytest.mark.processes


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_site_answers_and_ends_with_all_its_processes(live_site: Site) -> None:
    with urllib.request.urlopen(f"{live_site.url}/livez") as answer:
        status = answer.status
    groups = [process.pid for process in live_site.running.values()]

    live_site.stop()

    assert (status, sorted(live_site.commands)) == (200, ["beat", "web", "worker"] if uses_redis() else ["web"])
    assert [group for group in groups if is_alive(group)] == []


def test_commands_see_the_database_of_the_site(live_site: Site) -> None:
    done = live_site.manage("route_inventory", "--json")

    assert "livez" in {route["name"] for route in json.loads(done.stdout)}
