"""SIGTERM while requests are answered, uploads that break off, a full disk, ten clicks on Run, a job nobody beats for.

python -m tests.benchmarks.bench_badday_stops
"""

import io
import signal
import socket
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.badday.people import Page, Person, at_once
from tests.badday.stage import JOB, BadDay
from tests.benchmarks.badday import DEFAULT_LEASE, open_day, say, say_counts
from tests.processes import uses_postgresql

TABLES = ("programmes_application", "programmes_auditevent", "programmes_outboxemail", "programmes_importbatch")


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--only", choices=["clicks", "uploads", "drain", "disk"])
    options = parser.parse_args()
    filled = {"big": [200, 120], "click": [60, 40], "stuck": [30, 20]}
    with open_day({"filled": filled}, **DEFAULT_LEASE) as day:
        only = options.only
        if only in (None, "clicks"):
            click_ten_times(day)
            leave_job_alone(day)
        if only in (None, "uploads"):
            break_uploads(day)
        if only in (None, "drain"):
            drain(day, options.requests)
        if only in (None, "disk") and not uses_postgresql():
            fill_disk(day)


def click_ten_times(day: BadDay) -> None:
    people = [day.coordinator(("rosa", "ines")[number % 2]) for number in range(10)]
    path = day.cohort("click")[1]
    forms = [person.open(f"/o/{path}/matching/").form("/matching/run/") for person in people]
    pages = at_once([lambda p=p, f=f: p.press(f) for p, f in zip(people, forms, strict=True)])  # type: ignore[misc]
    say_counts("ten clicks on Run matching", Counter(f"HTTP {page.status}" for page in pages))
    say(f"  addresses they ended at {len({page.url for page in pages})}, runs {count_runs(day, 'click')}")


def count_runs(day: BadDay, cohort: str) -> int:
    return int(day.rows("SELECT count(*) FROM matching_matchingrun WHERE cohort_id = ?", day.cohort(cohort)[0])[0][0])


def leave_job_alone(day: BadDay) -> None:
    """A job whose worker died before the site knew: it is out of attempts, and its lease ends."""
    person = day.coordinator("rosa")
    run = day.start_run(person, "stuck")
    day.wait_for_run(run)
    day.write("DELETE FROM matching_proposal WHERE run_id = ?", run)
    soon = "now() + interval '1 second'" if uses_postgresql() else "strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 second')"
    day.write("UPDATE matching_matchingrun SET finished_at = NULL, solution = NULL WHERE id = ?", run)
    day.write(
        f"UPDATE programmes_job SET state = 'running', attempt = 5, finished_at = NULL, lease_until = {soon} "  # noqa: S608
        "WHERE id = (SELECT job_id FROM matching_matchingrun WHERE id = ?)",
        run,
    )
    started = time.monotonic()
    address = f"/o/{day.cohort('stuck')[1]}/matching/{run}/"
    while "Try again" not in person.open(address).html and time.monotonic() - started < 120:
        time.sleep(1)
    say(f"a job whose lease ends is shown as failed, with a button, {time.monotonic() - started - 1:.0f} s after that")


def break_uploads(day: BadDay) -> None:
    """Twenty uploads whose line dies after a part."""
    person, path = day.coordinator("rosa"), day.cohort("click")[1]
    page = person.open(f"/o/{path}/applications/import/")
    token = dict(page.form("csrfmiddlewaretoken").fields)["csrfmiddlewaretoken"]
    body = multipart(token)
    before = count_rows(day)
    parts = urlsplit(day.site.url)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.jar)
    for number in range(20):
        head = (
            f"POST /o/{path}/applications/import/ HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary=badday\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as line:
            line.sendall(head.encode() + body[: len(body) * (number + 1) // 22])
    time.sleep(2)
    say(f"20 uploads that broke off: rows written {difference(before, count_rows(day))}, site answers {alive(day)}")


def multipart(token: str) -> bytes:
    out = io.BytesIO()
    out.write(
        b'--badday\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n' + token.encode() + b"\r\n"
    )
    for name, value in (("role", "mentee"), ("attested", "on")):
        out.write(f'--badday\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    out.write(b'--badday\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nemail,first_name\r\n')
    out.writelines(f"broken{number}@example.org,Ana\r\n".encode() for number in range(2000))
    out.write(b"\r\n--badday--\r\n")
    return out.getvalue()


def count_rows(day: BadDay) -> dict[str, int]:
    return {table: int(day.rows(f"SELECT count(*) FROM {table}")[0][0]) for table in TABLES}  # noqa: S608


def difference(before: dict[str, int], after: dict[str, int]) -> int:
    return sum(abs(after[table] - before[table]) for table in before)


def alive(day: BadDay) -> int:
    return Person(day.site.url).open("/").status


def drain(day: BadDay, number: int) -> None:
    """Requests that had reached the server when SIGTERM came: each round ends the server."""
    ends: Counter[str] = Counter()
    at_a_time = 20  # more than the server answers at once
    person, path = day.coordinator("rosa"), day.cohort("big")[1]
    while ends.total() < number:
        tabs = person.copies(at_a_time)
        with ThreadPoolExecutor(at_a_time) as pool:
            pages = [pool.submit(fetch, tab, f"/o/{path}/applications/") for tab in tabs]
            time.sleep(0.15)
            day.site.running["web"].send_signal(signal.SIGTERM)
            for page in pages:
                ends[page.result()] += 1
        day.site.running.pop("web").wait(60)
        day.site.start("web")
        day.site.wait_until_live()
    say_counts("requests under way when SIGTERM came", ends)


def fetch(person: Person, address: str) -> str:
    try:
        page: Page = person.open(address)
    except OSError as error:
        return f"FAILED {type(error).__name__}"
    return f"HTTP {page.status}" if "</html>" in page.html else f"HTTP {page.status}, CUT OFF"


def fill_disk(day: BadDay) -> None:
    """No file of the server may grow any more: the database cannot either."""
    day.site.kill("web")
    day.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    limit = max(file.stat().st_size for file in day.site.folder.iterdir() if file.is_file()) + 200_000
    whole = day.site.commands["web"]
    # Python ignores the signal that a too large file sends; what remains is an error as from a full disk.
    day.site.commands["web"] = ["tests.benchmarks.limited", str(limit), *whole]
    day.site.start("web")
    day.site.wait_until_live()
    person = day.coordinator("rosa")
    # While a run is under way the page has no button; a page that was opened before still has.
    button = person.open(f"/o/{day.cohort('big')[1]}/matching/").form("/matching/run/")
    statuses: Counter[str] = Counter()
    for _click in range(40):
        page = person.press(button)
        statuses[f"HTTP {page.status}"] += 1
        time.sleep(0.2)
    broken = day.rows(
        "SELECT count(*) FROM matching_matchingrun run LEFT JOIN programmes_job job ON job.id = run.job_id "
        "WHERE job.id IS NULL OR job.subject_id <> run.id"
    )[0][0]
    sound = day.rows("PRAGMA integrity_check")[0][0]
    day.site.kill("web")
    day.site.commands["web"] = whole
    day.site.start("web")
    day.site.wait_until_live()
    for run in [row[0] for row in day.rows(f"SELECT run.id {JOB} WHERE job.state IN ('queued', 'running')")]:
        day.wait_for_run(run, seconds=200)
    say_counts("a full disk: answers to clicks on Run", statuses)
    left = dict(day.rows(f"SELECT job.state, count(*) {JOB} GROUP BY job.state"))
    say(f"  half rows {broken}, database {sound}; when there is room again the runs are {left}")


if __name__ == "__main__":
    main()
