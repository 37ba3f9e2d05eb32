"""What the rounds of bad days share: a site that is filled and started, and figures at the end."""

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.badday.seed import addresses_of, fill_cohort, make_ground, match_cohort, open_cohort
from tests.badday.stage import BadDay, fill_stage
from tests.benchmarks.bench_runs import list_tree
from tests.processes import describe_services, make_blank, start_site

# As in production.
DEFAULT_LEASE = {"JOB_LEASE_SECONDS": "60", "JOB_BEAT_SECONDS": "10", "JOB_DISPATCH_SECONDS": "5"}


def seed_cohorts(
    filled: Mapping[str, Sequence[int]] | None = None,
    matched: Mapping[str, Sequence[int]] | None = None,
    opened: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Runs in a process of the site. Names -> mentees, mentors and places of a mentor; names -> time zone."""
    ground = make_ground()
    sizes = {**(filled or {}), **(matched or {})}
    cohorts = {name: fill_cohort(ground.programme, name, *size) for name, size in sizes.items()}
    cohorts |= {name: open_cohort(ground.programme, name, zone) for name, zone in (opened or {}).items()}
    runs = {name: match_cohort(cohorts[name]).pk for name in matched or {}}
    return {"coordinators": ground.links, "cohorts": addresses_of(cohorts), "runs": runs}


@contextmanager
def open_day(wishes: Mapping[str, Any], *, server: str = "", **environ: str) -> Iterator[BadDay]:
    """`wishes` are arguments of `seed_cohorts`; `environ` goes to every process of the site."""
    say(f"{describe_services()}; {environ or 'settings of the tests'}")
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit("stopped"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        blank = make_blank(make_folder(folder, "blank"), server)
        try:
            stage = fill_stage(blank, make_folder(folder, "stage"), "tests.benchmarks.badday:seed_cohorts", **wishes)
            with stage as (filled, seeded), start_site(filled, make_folder(folder, "site"), **environ) as site:
                yield BadDay(site, seeded)
        finally:
            with suppress(Exception):
                blank.remove()


def make_folder(parent: str, name: str) -> Path:
    made = Path(parent) / name
    made.mkdir()
    return made


def find_process(root: int, words: str) -> int | None:
    """The newest process under `root` whose command line holds `words`."""
    found = []
    for pid in list_tree([root]):
        with suppress(OSError):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if words in line:
                found.append(pid)
    return max(found, default=None)


def kill_quietly(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] if ordered else 0.0


def say_times(name: str, values: Sequence[float]) -> None:
    shown = ", ".join(f"p{round(share * 100)} {percentile(values, share):.2f}" for share in (0.5, 0.95))
    say(f"{name}: {len(values)} values, {shown}, most {max(values, default=0):.2f} s")


def say_counts(name: str, counts: Counter[Any]) -> None:
    say(f"{name}: " + ", ".join(f"{key} x {number}" for key, number in sorted(counts.items(), key=str)))


def count_in_logs(day: BadDay, words: str) -> int:
    return sum(day.site.read_log(name).count(words) for name in day.site.commands)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
