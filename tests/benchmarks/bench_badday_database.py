"""PostgreSQL restarted, fast and immediately by turns, while eight people write: what is lost, who stays dead?

    python -m tests.benchmarks.bench_badday_database --rounds 10

Starts a PostgreSQL server and a Redis server of its own; needs their programs, and no variable.
"""

import http.client
import signal
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.badday.people import Person
from tests.badday.servers import Broker, Cluster, find_postgresql
from tests.badday.stage import JOB, BadDay
from tests.benchmarks.badday import open_day, say, say_counts, say_times

CLIENTS = 8
CALM_SECONDS = 4
HEALED_SECONDS = 120


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    binaries = find_postgresql()
    if binaries is None:
        say("initdb is not installed: nothing measured.")
        return
    with tempfile.TemporaryDirectory(prefix="badday-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "pg").mkdir()
        cluster, broker = Cluster(Path(folder) / "pg", binaries), Broker(Path(folder))
        cluster.create()
        cluster.start()
        broker.start()
        try:
            wishes = {"matched": {"pairs": [40, 40, 1]}, "filled": {"big": [200, 120]}}
            with open_day(wishes, server=cluster.url, CELERY_BROKER_URL=broker.url) as day:
                measure(day, cluster, options.rounds)
        finally:
            broker.kill()
            cluster.stop(signal.SIGQUIT)


@dataclass
class Writer(threading.Thread):
    """Locks and releases one pair; counts the steps that the site acknowledged."""

    day: BadDay
    person: Person
    mentee: int
    mentor: int
    token: str
    acknowledged: int = 0
    answers: list[tuple[float, int]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        threading.Thread.__init__(self, daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        path = self.day.cohort("pairs")[1]
        fields = [("csrfmiddlewaretoken", self.token), ("mentee", str(self.mentee)), ("mentor", str(self.mentor))]
        locked = False
        while not self.stopping.wait(0.05):
            seen = [("seen", "lock" if locked else "")]
            status = self._post(f"/o/{path}/board/{'release' if locked else 'lock'}/", [*fields, *seen])
            self.answers.append((time.monotonic(), status))
            if status == 302:
                self.acknowledged += 1
                locked = not locked
            else:
                # Whether it was written nobody told her: she looks.
                locked = self._look(locked)

    def _post(self, address: str, fields: list[tuple[str, str]]) -> int:
        try:
            return self.person.open(address, fields).status
        except (OSError, http.client.HTTPException):
            return 0

    def _look(self, before: bool) -> bool:
        try:
            found = self.day.rows("SELECT count(*) FROM matching_pairrule WHERE mentee_id = ?", self.mentee)[0][0]
        except Exception:
            return before
        return bool(found)


def measure(day: BadDay, cluster: Cluster, rounds: int) -> None:
    writers = make_writers(day)
    for writer in writers:
        writer.start()
    downs: list[tuple[float, float]] = []
    healed: list[float] = []
    for number in range(rounds):
        time.sleep(CALM_SECONDS)
        run = day.start_run(day.coordinator("rosa"), "big")
        time.sleep(0.3 * (number % 4))
        downs.append(restart(cluster, signal.SIGINT if number % 2 == 0 else signal.SIGQUIT))
        started = time.monotonic()
        day.wait_for_run(run, seconds=HEALED_SECONDS)
        healed.append(time.monotonic() - started)
    time.sleep(CALM_SECONDS)
    for writer in writers:
        writer.stopping.set()
        writer.join()
    tell(day, writers, downs, healed)


def make_writers(day: BadDay) -> list[Writer]:
    path = day.cohort("pairs")[1]
    pairs = day.rows("SELECT mentee_id, mentor_id FROM matching_proposal ORDER BY id")[:CLIENTS]
    writers = []
    for number, (mentee, mentor) in enumerate(pairs):
        person = day.coordinator(("rosa", "ines")[number % 2])
        token = dict(person.open(f"/o/{path}/matching/").form("csrfmiddlewaretoken").fields)["csrfmiddlewaretoken"]
        writers.append(Writer(day, person.copies(1, follow=False)[0], mentee, mentor, token))
    return writers


def restart(cluster: Cluster, number: signal.Signals) -> tuple[float, float]:
    """When it began to go down, and when it took connections again."""
    began = time.monotonic()
    cluster.stop(number)
    time.sleep(1)
    cluster.start()
    return began, time.monotonic()


def tell(day: BadDay, writers: list[Writer], downs: list[tuple[float, float]], healed: list[float]) -> None:
    answers = sorted(answer for writer in writers for answer in writer.answers)
    during: Counter[str] = Counter()
    calm: Counter[str] = Counter()
    back = []
    for _began, up in downs:
        bad = [at for at, status in answers if status not in (302, 409) and up <= at < up + 20]
        back.append(max(bad, default=up) - up)
    for at, status in answers:
        is_down = any(began <= at <= up + 5 for began, up in downs)
        (during if is_down else calm)[f"HTTP {status}" if status else "hung up"] += 1
    say_counts("answers while it was down and 5 s after", during)
    say_counts("all other answers", calm)
    say_times("last error after it took connections again", back)
    say_times("from then until the run that was going on had ended", healed)
    lost = 0
    for writer in writers:
        steps = day.rows("SELECT count(*) FROM matching_boardstep WHERE mentee_id = ?", writer.mentee)[0][0]
        lost += max(0, writer.acknowledged - steps)
    say(f"acknowledged writes {sum(writer.acknowledged for writer in writers)}, lost {lost}")
    say(f"runs: {dict(day.rows(f'SELECT job.state, count(*) {JOB} GROUP BY job.state'))}")
    dead = [name for name, process in day.site.running.items() if process.poll() is not None]
    say(f"processes that ended: {', '.join(dead) or 'none'}")


if __name__ == "__main__":
    main()
