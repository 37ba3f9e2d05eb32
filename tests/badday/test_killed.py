"""A worker dies without a word in the middle of a run: the run ends by itself, as if nothing had been."""

import time

import pytest

from tests.badday.stage import JOB, BadDay
from tests.processes import uses_redis

pytestmark = pytest.mark.processes
# On SQLite the worker lives in the server.
VICTIM = "worker" if uses_redis() else "web"
TRIES = 5
STATE = f"SELECT job.state {JOB} WHERE run.id = ?"


@pytest.fixture(scope="module")
def undisturbed(day: BadDay) -> int:
    run = day.start_run(day.coordinator("rosa"), "big")
    day.wait_for_run(run)
    return run


def start_run_and_kill(day: BadDay, seconds: float) -> int:
    """The run whose worker died `seconds` into it, or sooner: on a quick machine it may be done by then."""
    for _try in range(TRIES):
        run = day.start_run(day.coordinator("rosa"), "big")
        day.wait_for(STATE, run, wanted="running")
        time.sleep(seconds)
        day.site.kill(VICTIM)
        state_at_death = day.rows(STATE, run)[0][0]
        day.site.start(VICTIM)
        day.site.wait_until_live()
        if state_at_death == "running":
            return run
        seconds /= 2
    raise AssertionError(f"No run was under way when its worker died, {TRIES} times.")


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.6])
def test_run_survives_the_death_of_its_worker(day: BadDay, undisturbed: int, seconds: float) -> None:
    run = start_run_and_kill(day, seconds)
    day.wait_for_run(run)

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
