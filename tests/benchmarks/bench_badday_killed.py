"""SIGKILL of a worker, of the engine in it, or of both at a random point of a run: does it end by itself, and when?

    python -m tests.benchmarks.bench_badday_killed --rounds 20

On PostgreSQL and Redis a Celery worker dies (its main process, the process that has the job, the engine, all); on
SQLite the server, in which the worker lives (the process that has the job, the engine, all).
"""

import random
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from tests.badday.stage import JOB, BadDay
from tests.benchmarks.badday import DEFAULT_LEASE, find_process, kill_quietly, open_day, say, say_counts, say_times
from tests.processes import uses_redis

ENGINE = "matching.engine"
VICTIM = "worker" if uses_redis() else "web"
WHO = ("main", "job", "engine", "all") if uses_redis() else ("job", "engine", "all")
HEALED_SECONDS = 150


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--size", type=int, default=200, help="mentees, and as many mentors")
    parser.add_argument("--quick", action="store_true", help="a lease of 4 s, as in the tests, instead of 60 s")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = [options.size, options.size]
    chance = random.Random(options.seed)
    with open_day({"filled": {"big": size}}, **({} if options.quick else DEFAULT_LEASE)) as day:
        measure(day, options.rounds, chance)


def measure(day: BadDay, rounds: int, chance: random.Random) -> None:
    started = time.monotonic()
    undisturbed = start_run(day)
    day.wait_for_run(undisturbed)
    length = time.monotonic() - started
    wanted = day.result_of(undisturbed)
    say(f"undisturbed: {length:.1f} s, {len(wanted[1])} pairs")
    times: list[float] = []
    ends: Counter[str] = Counter()
    deaths: Counter[str] = Counter()
    for number in range(rounds):
        who = WHO[number % len(WHO)]
        run, seconds = kill_one(day, who, chance.uniform(0, length))
        same = "same result" if day.result_of(run) == wanted else "OTHER RESULT"
        attempt, events = attempts_of(day, run)
        ends[f"done, {same}, finished {events} time"] += 1
        deaths[f"{who}, attempt {attempt}"] += 1
        times.append(seconds)
        say(f"  {number + 1:>3} {who:<7} {seconds:6.1f} s, attempt {attempt}, {same}")
    say_counts("ends", ends)
    say_counts("deaths", deaths)
    say_times("recovery, from the kill to the result", times)


def start_run(day: BadDay) -> int:
    return day.start_run(day.coordinator("rosa"), "big")


def kill_one(day: BadDay, who: str, wait: float) -> tuple[int, float]:
    """A run that was alive when something in it was killed, and seconds until it had ended well."""
    while True:
        run = start_run(day)
        day.wait_for(f"SELECT job.state {JOB} WHERE run.id = ?", run, wanted="running", seconds=HEALED_SECONDS)
        time.sleep(wait)
        engine = find_process(day.site.running[VICTIM].pid, ENGINE)
        if day.job_state(run) != "running" or (who in ("engine", "job") and engine is None):
            day.wait_for_run(run)
            wait *= 0.8  # it was over already
            continue
        strike(day, who, engine)
        killed = time.monotonic()
        revive(day)
        day.wait_for_run(run, seconds=HEALED_SECONDS)
        return run, time.monotonic() - killed


def strike(day: BadDay, who: str, engine: int | None) -> None:
    process = day.site.running[VICTIM]
    if who == "all":
        day.site.kill(VICTIM)
    elif who == "engine" and engine is not None:
        kill_quietly(engine)
    elif who == "job" and engine is not None:
        kill_quietly(parent_of(engine))
    else:
        kill_quietly(process.pid)


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return pid


def revive(day: BadDay) -> None:
    """As a supervisor does; what is alive is left alone."""
    process = day.site.running.get(VICTIM)
    if process is not None:
        time.sleep(1)
        if process.poll() is None:
            return
        # Its children go on or not without it, as they would on a real host.
        day.site.running.pop(VICTIM)
    day.site.start(VICTIM)
    day.site.wait_until_live()


def attempts_of(day: BadDay, run: int) -> tuple[int, int]:
    attempt = day.rows(f"SELECT job.attempt {JOB} WHERE run.id = ?", run)[0][0]
    events = day.rows(
        "SELECT count(*) FROM programmes_auditevent WHERE verb = 'matching.finished' AND subject_id = ?", run
    )
    return int(attempt), int(events[0][0])


if __name__ == "__main__":
    main()
