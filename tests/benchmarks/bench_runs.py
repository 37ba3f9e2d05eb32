"""Matching: seconds from the click to the result page, and seconds and memory of the command.

    python -m tests.benchmarks.bench_runs --page 200x120 --command 1500x900

PostgreSQL and Redis with a worker of their own are used where DATABASE_URL and CELERY_BROKER_URL name them.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from tests.badday.people import Person
from tests.processes import ROOT, Site, describe_services, make_blank, start_site

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
SEED = """
import json, sys
from tests.benchmarks.people import seed_cohorts
print(json.dumps(seed_cohorts(json.loads(sys.argv[1]))))
"""


def read_size(text: str) -> tuple[int, int]:
    mentees, _x, mentors = text.partition("x")
    if not (mentees.isdecimal() and mentors.isdecimal()):
        raise ArgumentTypeError(f"{text!r} is not MENTEESxMENTORS")
    return int(mentees), int(mentors)


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--page", type=read_size, default=(200, 120))
    parser.add_argument("--command", type=read_size, default=(1500, 900))
    parser.add_argument("--repeat", type=int, default=3, help="clicks")
    options = parser.parse_args()
    say(describe_services())
    with tempfile.TemporaryDirectory() as folder:
        blank = make_blank(make_folder(Path(folder), "blank"))
        try:
            with start_site(blank, make_folder(Path(folder), "site")) as site:
                seeded = seed(site, {"page": options.page, "command": options.command})
                for _click in range(options.repeat):
                    measure_click(site, seeded)
                measure_command(site, seeded)
        finally:
            blank.remove()


def make_folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made


def seed(site: Site, sizes: dict[str, tuple[int, int]]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", SEED, json.dumps(sizes)],
        cwd=ROOT,
        env=site.environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_click(site: Site, seeded: dict[str, Any]) -> None:
    rosa = Person(site.url).sign_in(seeded["link"])
    form = rosa.open(f"/o/{seeded['page']}/matching/").form("/matching/run/")
    started = time.monotonic()
    page = rosa.press(form)
    clicked = time.monotonic() - started
    while 'id="progress"' in page.html:
        time.sleep(0.1)
        page = rosa.open(page.url)
    seconds = time.monotonic() - started
    say(f"click: answer after {clicked:.2f} s, result page after {seconds:.2f} s (status {page.status})")


def measure_command(site: Site, seeded: dict[str, Any]) -> None:
    started = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "manage.py", "match", seeded["command"], "--wait", "--json"],
        cwd=ROOT,
        env=site.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    roots = [child.pid] + [process.pid for name, process in site.running.items() if name == "worker"]
    peak = Peak(roots)
    peak.start()
    output, _nothing = child.communicate()
    seconds = time.monotonic() - started
    peak.stopping.set()
    peak.join()
    answer = json.loads(output)
    figures = {name: answer[name] for name in ("status", "pairs", "points", "proof_checked")}
    say(f"command: {seconds:.1f} s, {peak.megabytes:.0f} MB at most in all its processes, {figures}")


class Peak(threading.Thread):
    """The largest sum of resident memory of these processes and their children, looked at ten times a second."""

    def __init__(self, roots: list[int]) -> None:
        super().__init__(daemon=True)
        self.roots = roots
        self.megabytes = 0.0
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(0.1):
            self.megabytes = max(self.megabytes, sum(read_memory(pid) for pid in list_tree(self.roots)) / 1e6)


def list_tree(roots: list[int]) -> set[int]:
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = set(), list(roots)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += parents.get(pid, [])
    return found


def read_memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_SIZE
    except OSError:
        return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
