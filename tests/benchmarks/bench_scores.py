"""The points of all pairs: processor seconds, nanoseconds a pair, and passes over the finished matrix that fit in it.

python -m tests.benchmarks.bench_scores --mentees 5000 10000

Mentors are 0.6 of the mentees. A pass is one `max` over the int16 matrix. Medians of three.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from statistics import median
from typing import Any

from matching.engine import Settings, score_matrix
from matching.management.crowd import make_crowd

REPEATS = 3


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mentees", type=int, nargs="+", default=[1_000, 5_000, 10_000])
    for mentees in parser.parse_args().mentees:
        measure(mentees, mentees * 6 // 10)


def measure(mentees: int, mentors: int) -> None:
    people = make_crowd(mentees, mentors)
    build = median(seconds_of(lambda: score_matrix(*people, Settings())) for _time in range(REPEATS))
    points = score_matrix(*people, Settings()).points
    one_pass = median(seconds_of(points.max) for _time in range(9))
    told = (
        f"{build:.3f} s, {build / points.size * 1e9:.1f} ns a pair, {build / one_pass:.0f} passes of {one_pass:.4f} s"
    )
    print(f"{mentees} x {mentors}, {100 * (points >= 0).mean():.0f} % admissible: {told}")  # noqa: T201


def seconds_of(act: Callable[[], Any]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


if __name__ == "__main__":
    main()
