"""Prices on the board: seconds and peak memory of the child process that answers one question.

python -m tests.benchmarks.bench_whatif --mentees 200 1500

Mentors are 0.6 of the mentees. Wall and processor seconds are medians of five, and the peak is that of the hungriest.
At 200 x 120 more than 1 second of wall time or 150 MB is a failure.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from statistics import median

from django.conf import settings

from matching.engine import Settings, cohort_to_json, solution_to_json, solve
from tests.benchmarks.crowd import make_crowd

REPEATS = 5
MOST_SECONDS, MOST_MB = 1.0, 150
BOUND = 200  # mentees


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mentees", type=int, nargs="+", default=[BOUND, 1500])
    failed = [size for size in parser.parse_args().mentees if not measure(size, size * 6 // 10)]
    sys.exit(f"Too slow or too large at {failed} mentees." if failed else 0)


def measure(mentees: int, mentors: int) -> bool:
    """Whether every question is answered within bounds, where there are bounds."""
    people = make_crowd(mentees, mentors)
    solution = solve(*people, Settings())
    mentee, mentor = people[0][5].id, people[1][3].id
    cohort = {**cohort_to_json(*people, Settings()), "solution": solution_to_json(solution)}
    pair = solution.pairs[0]
    held = True
    for question in (
        ["list_alternatives", mentee],
        ["force", mentee, mentor],
        ["forbid", pair.mentee_id, pair.mentor_id],
        ["withdraw_mentee", mentee],
        ["withdraw_mentor", mentor],
        ["add_place", mentor],
    ):
        runs = [ask({**cohort, "questions": [question]}) for _time in range(REPEATS)]
        wall, cpu = median(run[0] for run in runs), median(run[1] for run in runs)
        peak = max(run[2] for run in runs)
        print(f"{mentees} x {mentors} {question[0]}: {wall:.2f} s, {cpu:.2f} s of processor, {peak:.0f} MB")  # noqa: T201
        held = held and (mentees != BOUND or (wall < MOST_SECONDS and peak < MOST_MB))
    return held


def ask(document: dict[str, object]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak MB of one child, as the site starts it."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        source.write(json.dumps(document).encode())
        source.seek(0)
        started = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "matching.engine", "whatif"], stdin=source, stdout=answer, cwd=settings.BASE_DIR
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        answer.seek(0)
        answered = json.load(answer)
    assert list(answered["answers"][0]) in (["price"], ["alternatives"]), answered
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
