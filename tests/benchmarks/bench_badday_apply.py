"""Applicants: forms posted many times at once and again by the back button, and many people while matching runs.

python -m tests.benchmarks.bench_badday_apply --doubles 100 --resends 20
python -m tests.benchmarks.bench_badday_apply --people 500 --at-once 16
"""

import random
import re
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.badday.people import Page, Person, at_once
from tests.badday.stage import BadDay
from tests.benchmarks.badday import count_in_logs, open_day, say, say_counts, say_times
from tests.programmes.applications.applicants import ABOUT, STEPS

READING_SECONDS = 2.1  # quicker would be asked once more


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--doubles", type=int, default=0)
    parser.add_argument("--resends", type=int, default=0)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--at-once", type=int, default=16)
    options = parser.parse_args()
    wishes = {"opened": {"open": "America/Santiago"}, "filled": {"big": [300, 180]}}
    # Each person comes from an address of her own: the site stands behind a proxy.
    with open_day(wishes, TRUSTED_PROXY_COUNT="1", LOG_LEVEL="WARNING") as day:
        if options.doubles:
            post_doubles(day, options.doubles, options.resends)
        if options.people:
            apply_during_matching(day, options.people, options.at_once)
        say(f"'database is locked' in the logs: {count_in_logs(day, 'database is locked')}")


@dataclass
class Found:
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, page: Page, seconds: float) -> Page:
        with self.lock:
            self.statuses[f"HTTP {page.status}"] += 1
            self.seconds.setdefault(what, []).append(seconds)
        return page


def address_of(number: int) -> str:
    return f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"


def fill_in(day: BadDay, number: int, email: str, found: Found) -> tuple[Person, Page]:
    """All steps, up to the page with the button Send."""
    person = Person(day.site.url, address=address_of(number))
    page = timed(found, "form", lambda: person.open(f"/apply/{day.cohort('open')[1]}/mentee/"))
    form = page.form("submission_key")
    time.sleep(READING_SECONDS)
    page = timed(found, "first step", lambda: person.press(form, **{**ABOUT, "email": email}))
    for name, answers in STEPS.items():
        step = page.form("csrfmiddlewaretoken")
        page = timed(found, name, lambda step=step, answers=answers: person.press(step, **answers))  # type: ignore[misc]
    return person, page


def timed(found: Found, what: str, act) -> Page:  # type: ignore[no-untyped-def]
    started = time.monotonic()
    page: Page = act()
    return found.note(what, page, time.monotonic() - started)


def post_doubles(day: BadDay, number: int, resends: int) -> None:
    found, chance = Found(), random.Random(1)
    plans = [(index, chance.randint(2, 8), index < resends) for index in range(number)]
    # One person's tabs at a time: the others fill in their forms meanwhile.
    room = threading.Lock()

    def round_of(plan: tuple[int, int, bool]) -> None:
        index, times, again = plan
        email = f"double{index}@example.org"
        person, page = fill_in(day, index, email, found)
        sending = page.form("csrfmiddlewaretoken")
        with room:
            pages = at_once([lambda tab=tab: tab.press(sending) for tab in person.copies(times)])
        pages += [person.press(sending)] if again else []
        keys = {re.sub(r".*/apply/([^/]+)/done/.*", r"\1", one.url) for one in pages}
        if {one.status for one in pages} != {200} or len(keys) != 1:
            found.wrong.append(f"{email}: {Counter((one.status, one.url) for one in pages)}")
        for one in pages:
            found.note("send", one, 0)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(round_of, plans))
    applications = day.rows(
        "SELECT status, count(*) FROM programmes_application WHERE email LIKE 'double%' GROUP BY status"
    )
    letters = day.rows(
        "SELECT count(*) FROM programmes_outboxemail WHERE kind = 'application_confirm' AND recipient LIKE 'double%'"
    )
    day.wait_for("SELECT count(*) FROM programmes_outboxemail WHERE state <> 'sent'", wanted=0)
    delivered = sum("To: double" in file.read_text(encoding="utf-8") for file in day.site.mailbox.glob("*.eml"))
    say(f"posts of the last form: {sum(times + again for _index, times, again in plans)}, rounds {number}")
    say_counts("answers", found.statuses)
    say(f"applications {dict(applications)}, confirmation mails {letters[0][0]}, delivered {delivered}")
    say(f"rounds whose answers differ: {len(found.wrong)} {found.wrong[:3]}")


def apply_during_matching(day: BadDay, number: int, at_once_number: int) -> None:
    found, over = Found(), threading.Event()
    runs: list[int] = []

    def keep_matching() -> None:
        rosa = day.coordinator("rosa")
        while not over.is_set():
            runs.append(day.start_run(rosa, "big"))
            day.wait_for_run(runs[-1], seconds=300)

    def one(index: int) -> None:
        person, page = fill_in(day, index, f"person{index}@example.org", found)
        sending = page.form("csrfmiddlewaretoken")
        end = timed(found, "send", lambda: person.press(sending))
        if not end.url.endswith("/done/"):
            found.wrong.append(f"{index}: {end.status} {end.url}")

    matching = threading.Thread(target=keep_matching)
    matching.start()
    started = time.monotonic()
    with ThreadPoolExecutor(at_once_number) as pool:
        list(pool.map(one, range(number)))
    seconds = time.monotonic() - started
    over.set()
    matching.join()
    sent = day.rows("SELECT count(*) FROM programmes_application WHERE email LIKE 'person%' AND status = 'submitted'")
    say(f"{number} people, {at_once_number} at once, {seconds:.0f} s, {len(runs)} runs of 300 x 180 meanwhile")
    say_counts("answers", found.statuses)
    say(f"applications {sent[0][0]}, not at the end: {found.wrong[:3]}")
    for what, values in found.seconds.items():
        say_times(f"  {what}", values)


if __name__ == "__main__":
    main()
