"""A site for bad days: coordinators, cohorts, and a view into its database that does not go through the site."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.badday.people import Page, Person
from tests.processes import Blank, Site, environment, is_postgresql, run_python

WAIT_SECONDS = 50
SEED = """
import importlib, json, sys, django
django.setup()
module, _colon, name = sys.argv[1].partition(":")
print(json.dumps(getattr(importlib.import_module(module), name)(**json.loads(sys.argv[2]))))
"""
JOB = "FROM programmes_job job JOIN matching_matchingrun run ON run.job_id = job.id"


@dataclass
class BadDay:
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
        if is_postgresql(url):
            with psycopg.connect(url) as connection:
                return connection.execute(sql.replace("%", "%%").replace("?", "%s"), values).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(urlsplit(url).path, timeout=20)) as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str, *values: Any) -> None:
        """What time, or a hand in the database, would do."""
        url = self.site.environ["DATABASE_URL"]
        if is_postgresql(url):
            with psycopg.connect(url) as connection:
                connection.execute(sql.replace("%", "%%").replace("?", "%s"), values)  # type: ignore[arg-type]
            return
        with closing(sqlite3.connect(urlsplit(url).path, timeout=20)) as connection, connection:
            connection.execute(sql, values)

    def wait_for(self, sql: str, *values: Any, wanted: Any, seconds: float = WAIT_SECONDS) -> float:
        """Seconds until the first column of the only row is `wanted`."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if (found := self.rows(sql, *values)) and found[0][0] == wanted:
                return time.monotonic() - started
            time.sleep(0.05)
        logs = "\n".join(f"{name}: {self.site.read_log(name)[-2000:]}" for name in self.site.commands)
        raise AssertionError(f"{sql} {values}: {found}, not {wanted}\n{logs}")

    def press_run(self, person: Person, cohort: str) -> Page:
        _pk, path = self.cohort(cohort)
        return person.press(person.open(f"/o/{path}/matching/").form("/matching/run/"))

    def start_run(self, person: Person, cohort: str) -> int:
        page = self.press_run(person, cohort)
        assert page.status == 200, page.html
        return int(page.url.rstrip("/").rpartition("/")[2])

    def job_state(self, run_id: int) -> str:
        return str(self.rows(f"SELECT job.state {JOB} WHERE run.id = ?", run_id)[0][0])

    def wait_for_run(self, run_id: int, state: str = "done", seconds: float = WAIT_SECONDS) -> float:
        return self.wait_for(f"SELECT job.state {JOB} WHERE run.id = ?", run_id, wanted=state, seconds=seconds)

    def result_of(self, run_id: int) -> tuple[Any, list[tuple[int, int, int]]]:
        """The solution, and the proposals as they are in the database."""
        solution = self.rows("SELECT solution FROM matching_matchingrun WHERE id = ?", run_id)[0][0]
        pairs = self.rows("SELECT mentee_id, mentor_id, points FROM matching_proposal WHERE run_id = ?", run_id)
        return json.loads(solution) if isinstance(solution, str) else solution, sorted(pairs)  # type: ignore[return-value]


@contextmanager
def fill_stage(
    blank: Blank, folder: Path, seed: str = "tests.badday.seed:seed_site", **wishes: Any
) -> Iterator[tuple[Blank, dict[str, Any]]]:
    """The database of a bad day, filled once by a function `seed` with `wishes`; every site gets a copy."""
    filled = blank.copy(folder)
    (folder / "static").symlink_to(blank.folder / "static")
    try:
        done = run_python(environment(folder, filled.url), "-c", SEED, seed, json.dumps(wishes))
        yield filled, json.loads(done.stdout)
    finally:
        filled.remove()
