"""A mail server that refuses, hangs, drops the line, comes back later, while senders are killed: lost, doubled?

    python -m tests.benchmarks.bench_badday_mail --emails 200 --kills 20
    python -m tests.benchmarks.bench_badday_mail --only hang --runs 5

Then it hangs for good: how long do matching and signing in take meanwhile?
"""

import json
import random
import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from tests.badday.people import Person
from tests.badday.stage import JOB, BadDay
from tests.benchmarks.badday import open_day, say, say_counts, say_times
from tests.processes import run_python, uses_redis
from tests.programmes.outbox.sink import Sink, start_sink

MODES = ("accept", "accept", "accept", "refuse", "later", "drop_before", "drop_after", "hang")
VICTIM = "mailer" if uses_redis() else "web"
QUEUE = """
import json, sys, django
django.setup()
from programmes.outbox.domain import queue_email
for number in range(*json.loads(sys.argv[1])):
    queue_email(event_key=f"badday:{number}", recipient=f"person{number}@example.org", kind="badday",
                subject="Bad day", body="Hello.")
"""
RUN = """
import json, sys, django
django.setup()
from matching.runs.domain import launch_run
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import SYSTEM
cohort = Cohort.objects.select_related("programme__organisation").get(pk=int(sys.argv[1]))
print(launch_run(cohort=cohort, by=SYSTEM).pk)
"""


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--emails", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=["kills", "hang"])
    options = parser.parse_args()
    with start_sink() as sink:
        # As outside the demonstration: mail goes to a server.
        more = {"WIM_MODE": "test", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(sink.port)}
        times = {"EMAIL_TIMEOUT": "2", "EMAIL_LEASE_SECONDS": "8"}
        if options.only != "hang":
            with open_day({}, **more, **times) as day:
                split_workers(day)
                kill_senders(day, sink, options.emails, options.kills)
        if options.only != "kills":
            with open_day({"filled": {"big": [200, 120]}}, **more) as day:
                split_workers(day)
                hang_for_good(day, sink, options.runs)


def split_workers(day: BadDay) -> None:
    """One worker for matching and one for e-mails, as in docker-compose.yml."""
    if not uses_redis():
        return
    queue = day.site.environ["CELERY_QUEUE"]
    both = day.site.commands["worker"]
    day.site.kill("worker")
    day.site.commands["worker"] = [*both, "--queues", queue]
    day.site.commands["mailer"] = [*both, "--queues", f"{queue}-mail"]
    for name in ("worker", "mailer"):
        day.site.start(name)


def kill_senders(day: BadDay, sink: Sink, number: int, kills: int) -> None:
    chance = random.Random(1)
    plan = [chance.choice(MODES) for _message in range(number)]
    sink.plan = list(plan)
    sink.while_asked = lambda: time.sleep(0.15)
    for begin in range(0, number, max(1, number // kills)):
        queue(day, begin, min(number, begin + max(1, number // kills)))
        wait_until_busy(sink)
        time.sleep(chance.uniform(0, 1.0))
        day.site.kill(VICTIM)
        day.site.start(VICTIM)
        let_time_pass(day)
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and states(day) != {"sent": number}:
        let_time_pass(day)
        time.sleep(1)
    taken = Counter(sink.recipients)
    doubles = sum(taken.values()) - len(taken)
    say_counts("what the mail server did with the first messages", Counter(plan))
    say(f"e-mails {number}, states {states(day)}, people who got one {len(taken)}")
    ends = sink.unheard
    say(f"doubles {doubles}; lines that died after DATA, by the server's doing or a sender's death: {ends}")
    say(f"  senders killed {kills}: one that dies between hearing OK and writing so down costs a double too")
    ids = {(message["To"], message["Message-ID"]) for message in sink.taken}
    say(f"doubles with another Message-ID: {len(ids) - len(taken)}")


def wait_until_busy(sink: Sink) -> None:
    """A sender that has not started cannot be killed in the middle."""
    before, deadline = len(sink.plan), time.monotonic() + 60
    while len(sink.plan) == before and time.monotonic() < deadline:
        time.sleep(0.02)


def queue(day: BadDay, begin: int, end: int) -> None:
    run_python(day.site.environ, "-c", QUEUE, json.dumps([begin, end]))


def let_time_pass(day: BadDay) -> None:
    """Until the next try of each e-mail, which is a minute and more away; what failed for good is sent again."""
    day.write("UPDATE programmes_outboxemail SET send_after = NULL WHERE state = 'queued'")
    day.write(
        "UPDATE programmes_outboxemail SET state = 'queued', attempts = 0, send_after = NULL WHERE state = 'failed'"
    )
    day.write("DELETE FROM base_cache")


def states(day: BadDay) -> dict[str, int]:
    rows: Any = day.rows("SELECT state, count(*) FROM programmes_outboxemail WHERE kind = 'badday' GROUP BY state")
    return dict(rows)


def hang_for_good(day: BadDay, sink: Sink, number_of_runs: int) -> None:
    sink.taken.clear()
    sink.plan = ["hang"] * 1000
    queue(day, 0, 100)
    runs, pages = [], []
    person = Person(day.site.url)
    signing: list[float] = []
    statuses: Counter[str] = Counter()
    for number in range(number_of_runs):
        run = int(run_python(day.site.environ, "-c", RUN, str(day.cohort("big")[0])).stdout)
        started = time.monotonic()
        day.wait_for(f"SELECT job.state {JOB} WHERE run.id = ?", run, wanted="done", seconds=200)
        runs.append(time.monotonic() - started)
        for address in ("/", "/account/login/"):
            started = time.monotonic()
            statuses[f"HTTP {person.open(address).status}"] += 1
            pages.append(time.monotonic() - started)
        started = time.monotonic()
        page = person.press(
            person.open("/account/login/").form("login"), login=f"{('rosa', 'ines')[number % 2]}@example.org"
        )
        statuses[f"HTTP {page.status}"] += 1
        signing.append(time.monotonic() - started)
    say_times("hanging mail server: matching, from the job to the result", runs)
    say_times("hanging mail server: pages", pages)
    say_times("hanging mail server: asking for a code, until she hears that it did not work", signing)
    say_counts("answers", statuses)
    sink.plan = []
    started = time.monotonic()
    deadline = started + 240
    while time.monotonic() < deadline and states(day) != {"sent": 100}:
        day.write("UPDATE programmes_outboxemail SET send_after = NULL WHERE state = 'queued'")
        time.sleep(1)
    say(f"when it answers again: {states(day)} after {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
