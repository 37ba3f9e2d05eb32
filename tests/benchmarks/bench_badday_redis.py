"""Redis stopped while 50 runs are asked for, then flushed again and again while runs are going on.

    python -m tests.benchmarks.bench_badday_redis --requests 50 --flushes 10

Starts a Redis server of its own. Needs DATABASE_URL to name PostgreSQL for the figures that count.
"""

import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from tests.badday.people import Person
from tests.badday.servers import Broker
from tests.badday.stage import JOB, BadDay
from tests.benchmarks.badday import open_day, say, say_counts, say_times

DONE_SECONDS = 400


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--flushes", type=int, default=10)
    parser.add_argument("--down", type=float, default=30, help="seconds without Redis, at least")
    options = parser.parse_args()
    filled = {f"small{number}": [8, 6] for number in range(options.requests)} | {"big": [200, 120]}
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(Path(folder))
        broker.start()
        try:
            with open_day({"filled": filled}, CELERY_BROKER_URL=broker.url) as day:
                stop_during_requests(day, broker, options.requests, options.down)
                flush_during_runs(day, broker, options.flushes)
        finally:
            broker.kill()


def stop_during_requests(day: BadDay, broker: Broker, number: int, down: float) -> None:
    rosa = day.coordinator("rosa")
    statuses: Counter[str] = Counter()
    seconds: list[float] = []
    runs: list[int] = []
    for index in range(number):
        if index == number // 10:
            broker.kill()
            stopped = time.monotonic()
        if index == number - number // 10:
            time.sleep(max(0.0, down - (time.monotonic() - stopped)))
            broker.start()
        started = time.monotonic()
        page = day.press_run(rosa, f"small{index}")
        seconds.append(time.monotonic() - started)
        statuses[f"HTTP {page.status}"] += 1
        runs.append(int(page.url.rstrip("/").rpartition("/")[2]))
    for run in runs:
        day.wait_for_run(run, seconds=DONE_SECONDS)
    say_counts("answers while Redis was stopped and came back", statuses)
    say_times("click, page and form", seconds)
    count_ends(day, "small runs")


def flush_during_runs(day: BadDay, broker: Broker, number: int) -> None:
    rosa: Person = day.coordinator("rosa")
    seconds: list[float] = []
    statuses: Counter[str] = Counter()
    for index in range(number):
        page = day.press_run(rosa, "big")
        statuses[f"HTTP {page.status}"] += 1
        started = time.monotonic()
        time.sleep(0.3 * (index % 5))
        broker.flush()
        day.wait_for_run(int(page.url.rstrip("/").rpartition("/")[2]), seconds=DONE_SECONDS)
        seconds.append(time.monotonic() - started)
    say_counts("answers while Redis was flushed", statuses)
    say_times("from the click to the result, with a FLUSHALL between", seconds)
    count_ends(day, "all runs")


def count_ends(day: BadDay, what: str) -> None:
    rows = day.rows(f"SELECT job.state, count(*) {JOB} GROUP BY job.state")
    twice = day.rows(
        "SELECT count(*) FROM (SELECT subject_id FROM programmes_auditevent WHERE verb = 'matching.finished' "
        "GROUP BY subject_id HAVING count(*) > 1) AS doubled"
    )[0][0]
    say(f"{what}: {dict(rows)}, written twice: {twice}")


if __name__ == "__main__":
    main()
