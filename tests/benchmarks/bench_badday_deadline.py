"""Applications sent twenty a second across the closing time: who is in, who is told that it was too late?

python -m tests.benchmarks.bench_badday_deadline --rounds 5
"""

import json
import re
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tests.badday.people import Page, Person
from tests.badday.stage import BadDay
from tests.benchmarks.badday import open_day, say_counts
from tests.processes import run_python
from tests.programmes.applications.applicants import GOALS

ZONES = ("Europe/London", "America/Santiago", "Australia/Sydney")
A_SECOND = 20
SECONDS = 6
THREADS = 32
# Complete drafts, and a browser session that may send each. One is written in the form, the others are its copies.
DRAFTS = """
import json, sys, uuid, django
django.setup()
from types import SimpleNamespace
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from programmes.applications.guards import grant_editing
from programmes.applications.models import ApplicationConsent
from programmes.cohorts.models import Cohort
from tests.programmes.applications.applicants import post_all
pk, name, number = json.loads(sys.argv[1])
cohort = Cohort.objects.select_related("programme__organisation").get(pk=pk)
draft = post_all(Client(SERVER_NAME="127.0.0.1"), cohort, email=f"{name}@example.org")
draft.refresh_from_db()
consents = list(draft.consents.all())
found = []
for place in range(number):
    draft.pk, draft.submission_key, draft.email = None, uuid.uuid4(), f"{name}-{place}@example.org"
    draft.save(force_insert=True)
    for consent in consents:
        consent.pk, consent.application_id = None, draft.pk
    ApplicationConsent.objects.bulk_create(consents)
    browser = SimpleNamespace(session=SessionStore())
    grant_editing(browser, draft)
    browser.session.save()
    found.append([draft.pk, str(draft.submission_key), browser.session.session_key])
print(json.dumps(found))
"""
HER_WORDS = str(GOALS["goals_words"])


@dataclass
class Sent:
    pk: int
    began: datetime
    ended: datetime
    page: Page


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with open_day({"opened": {zone: zone for zone in ZONES}}) as day:
        for zone in ZONES:
            ends: Counter[str] = Counter()
            for number in range(options.rounds):
                ends.update(run_round(day, zone, f"{zone.split('/')[1].lower()}{number}"))  # zeros are said too
            say_counts(zone, ends)


def run_round(day: BadDay, zone: str, name: str) -> Counter[str]:
    pk, _path = day.cohort(zone)
    move_deadline(day, pk, zone, datetime.now(UTC) + timedelta(days=1))
    number = A_SECOND * SECONDS
    drafts = load_drafts(day, pk, name, number)
    with ThreadPoolExecutor(THREADS) as pool:
        forms = list(pool.map(lambda draft: open_check(day, draft), drafts))
        closes = datetime.now(UTC) + timedelta(seconds=SECONDS / 2)
        move_deadline(day, pk, zone, closes)
        start = time.monotonic()
        sent = list(pool.map(lambda item: send_at(item[1], start + item[0] / A_SECOND), enumerate(forms)))
    return count_ends(day, sent, closes, zone)


def load_drafts(day: BadDay, pk: int, name: str, number: int) -> list[Any]:
    found: list[Any] = json.loads(run_python(day.site.environ, "-c", DRAFTS, json.dumps([pk, name, number])).stdout)
    return found


def move_deadline(day: BadDay, pk: int, zone: str, closes: datetime) -> None:
    """As the site stores it: the instant, and what the clocks of the zone show."""
    wall = closes.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    value = closes if "postgres" in day.site.environ["DATABASE_URL"] else closes.strftime("%Y-%m-%d %H:%M:%S.%f")
    day.write("UPDATE programmes_cohort SET closes_at = ?, closes_wall = ? WHERE id = ?", value, wall, pk)


def open_check(day: BadDay, draft: Any) -> tuple[int, Person, Any]:
    pk, key, session = draft
    person = Person(day.site.url)
    person.set_cookie("wim_session", session)
    page = person.open(f"/apply/{key}/check/")
    return pk, person, page.form("csrfmiddlewaretoken")


def send_at(item: tuple[int, Person, Any], moment: float) -> Sent:
    pk, person, form = item
    time.sleep(max(0.0, moment - time.monotonic()))
    began = datetime.now(UTC)
    page = person.press(form)
    return Sent(pk, began, datetime.now(UTC), page)


def count_ends(day: BadDay, sent: list[Sent], closes: datetime, zone: str) -> Counter[str]:
    ends: Counter[str] = Counter()
    second = timedelta(seconds=1)
    for one in sent:
        status = day.rows("SELECT status FROM programmes_application WHERE id = ?", one.pk)[0][0]
        taken = status == "submitted"
        ends["in" if taken else "too late"] += 1
        ends["WRONG"] += (taken and one.began > closes + second) or (not taken and one.ended < closes - second)
        told = re.search(r"/done/$", urlsplit(one.page.url).path) if taken else "They closed on" in one.page.html
        ends["told otherwise than it is"] += not told
        ends["text not shown"] += not taken and HER_WORDS not in one.page.html
        ends["HTTP 5xx"] += one.page.status >= 500
    return ends


if __name__ == "__main__":
    main()
