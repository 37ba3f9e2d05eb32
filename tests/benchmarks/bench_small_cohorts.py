"""Random small cohorts, each under every fairness, solved, verified and compared with all their pairings.

python -m tests.benchmarks.bench_small_cohorts --cohorts 10000 [--first 0]

Prints what differs, then how many did; there must be none.
"""

import sys
import time
from argparse import ArgumentParser
from dataclasses import replace

from matching.engine.model import FAIRNESS
from tests.matching.engine.small import draw_small, find_faults


def main() -> int:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cohorts", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    started, differences = time.process_time(), 0
    for seed in range(asked.first, asked.first + asked.cohorts):
        mentees, mentors, settings = draw_small(seed)
        for fairness in FAIRNESS:
            for fault in find_faults((mentees, mentors, replace(settings, fairness=fairness))):
                differences += 1
                print(f"seed {seed}, {fairness}: {fault}")  # noqa: T201
    spent = time.process_time() - started
    print(f"{asked.cohorts} cohorts x {len(FAIRNESS)}: {differences} differences, {spent:.0f} s")  # noqa: T201
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
