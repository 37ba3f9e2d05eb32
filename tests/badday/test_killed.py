"""A worker dies without a word in the middle of a run: the run ends by itself, as if nothing had been."""

import json
import time
from typing import Any

import pytest

from tests.badday.stage import BadDay
from tests.processes import uses_redis

pytestmark = pytest.mark.processes
# On SQLite the worker lives in the server.
VICTIM = "worker" if uses_redis() else "web"
STATE = "SELECT job.state FROM programmes_job job JOIN matching_matchingrun run ON run.job_id = job.id WHERE run.id = ?"


def result_of(day: BadDay, run_id: int) -> tuple[Any, list[tuple[int, int, int]]]:
    """The solution, and the proposals as they are in the database."""
    solution = day.rows("SELECT solution FROM matching_matchingrun WHERE id = ?", run_id)[0][0]
    pairs = day.rows("SELECT mentee_id, mentor_id, points FROM matching_proposal WHERE run_id = ?", run_id)
    return json.loads(solution) if isinstance(solution, str) else solution, sorted(pairs)  # type: ignore[return-value]


def start_run(day: BadDay, cohort: str) -> int:
    page = day.press_run(day.coordinator("rosa"), cohort)
    assert page.status == 200, page.html
    return int(page.url.rstrip("/").rpartition("/")[2])


@pytest.fixture(scope="module")
def undisturbed(day: BadDay) -> int:
    run = start_run(day, "big")
    day.wait_for_run(run)
    return run


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.6])
def test_run_survives_the_death_of_its_worker(day: BadDay, undisturbed: int, seconds: float) -> None:
    run = start_run(day, "big")
    day.wait_for(STATE, run, wanted="running")
    time.sleep(seconds)
    day.site.kill(VICTIM)
    state_at_death = day.rows(STATE, run)[0][0]
    day.site.start(VICTIM)
    day.site.wait_until_live()
    day.wait_for_run(run)

    assert state_at_death == "running"
    attempts, finished = day.rows(
        "SELECT job.attempt, run.finished_at FROM programmes_job job "
        "JOIN matching_matchingrun run ON run.job_id = job.id WHERE run.id = ?",
        run,
    )[0]
    assert (attempts, finished is not None) == (2, True)
    solution, pairs = result_of(day, run)
    assert (solution, pairs) == result_of(day, undisturbed)
    assert len(pairs) == len({mentee for mentee, _mentor, _points in pairs}) == solution["totals"]["pairs"]
    events = day.rows(
        "SELECT count(*) FROM programmes_auditevent WHERE verb = 'matching.finished' AND subject_id = ?", run
    )
    assert events == [(1,)]
