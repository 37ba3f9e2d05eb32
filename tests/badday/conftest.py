import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.badday.people import Page, Person
from tests.processes import ROOT, Blank, Site, environment, start_site, uses_postgresql

WAIT_SECONDS = 50
SEED = """
import json, django
django.setup()
from tests.badday.seed import seed_site
print(json.dumps(seed_site()))
"""


@dataclass
class BadDay:
    """A site with coordinators, cohorts and a view into its database."""

    site: Site
    seeded: dict[str, Any]

    def cohort(self, name: str) -> tuple[int, str]:
        pk, path = self.seeded["cohorts"][name]
        return pk, path

    def coordinator(self, name: str) -> Person:
        return Person(self.site.url).sign_in(self.seeded["coordinators"][name])

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """`?` stands for a value, on both databases."""
        url = self.site.environ["DATABASE_URL"]
        if uses_postgresql():
            with psycopg.connect(url) as connection:
                return connection.execute(sql.replace("?", "%s"), values).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(urlsplit(url).path, timeout=20)) as connection:
            return connection.execute(sql, values).fetchall()

    def wait_for(self, sql: str, *values: Any, wanted: Any) -> float:
        """Seconds until the first column of the only row is `wanted`."""
        started = time.monotonic()
        while time.monotonic() - started < WAIT_SECONDS:
            if (found := self.rows(sql, *values)) and found[0][0] == wanted:
                return time.monotonic() - started
            time.sleep(0.05)
        raise AssertionError(f"{sql} {values}: {found}, not {wanted}\n{self.site.read_log('web')}")

    def press_run(self, person: Person, cohort: str) -> Page:
        _pk, path = self.cohort(cohort)
        return person.press(person.open(f"/o/{path}/matching/").form("/matching/run/"))

    def wait_for_run(self, run_id: int, state: str = "done") -> float:
        return self.wait_for(
            "SELECT job.state FROM programmes_job job JOIN matching_matchingrun run ON run.job_id = job.id "
            "WHERE run.id = ?",
            run_id,
            wanted=state,
        )


@pytest.fixture(scope="session")
def stage(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Blank, dict[str, Any]]]:
    """The database of a bad day, filled once; every site gets a copy."""
    folder = tmp_path_factory.mktemp("stage")
    filled = blank.copy(folder)
    (folder / "static").symlink_to(blank.folder / "static")
    done = subprocess.run(
        [sys.executable, "-c", SEED],
        cwd=ROOT,
        env=environment(folder, filled.url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    yield filled, json.loads(done.stdout)
    filled.remove()


@pytest.fixture(scope="session")
def day(stage: tuple[Blank, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[BadDay]:
    filled, seeded = stage
    with start_site(filled, tmp_path_factory.mktemp("site")) as site:
        yield BadDay(site, seeded)
