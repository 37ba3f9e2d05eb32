"""A worker dies without a word in the middle of a run: the run ends by itself, as if nothing had been."""

import time

import pytest

from tests.badday.stage import JOB, BadDay
from tests.processes import uses_redis

pytestmark = pytest.mark.processes
# On SQLite the worker lives in the server.
VICTIM = "worker" if uses_redis() else "web"
STATE = f"SELECT job.state {JOB} WHERE run.id = ?"


@pytest.fixture(scope="module")
def undisturbed(day: BadDay) -> int:
    run = day.start_run(day.coordinator("rosa"), "big")
    day.wait_for_run(run)
    return run


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.6])
def test_run_survives_the_death_of_its_worker(day: BadDay, undisturbed: int, seconds: float) -> None:
    run = day.start_run(day.coordinator("rosa"), "big")
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
    solution, pairs = day.result_of(run)
    assert (solution, pairs) == day.result_of(undisturbed)
    assert len(pairs) == len({mentee for mentee, _mentor, _points in pairs}) == solution["totals"]["pairs"]
    events = day.rows(
        "SELECT count(*) FROM programmes_auditevent WHERE verb = 'matching.finished' AND subject_id = ?", run
    )
    assert events == [(1,)]
