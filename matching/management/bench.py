"""Processor seconds of the engine's steps on an invented cohort."""

import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

import numpy as np

from matching.engine import CohortError, Mentee, Mentor, Settings, Solution, score_matrix
from matching.engine.score import Scores
from matching.engine.solve import solve_scored
from matching.engine.verify import check_proof
from matching.engine.whatif import WhatIf

PRICED: Final = 15
T = TypeVar("T")


def time_call(act: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    found = act()
    return found, time.process_time() - started


@dataclass
class Measured:
    """`verify`: of the certificate against the points of all pairs. `price`: of forcing one pair, median of fifteen."""

    mentees: list[Mentee]
    mentors: list[Mentor]
    scores: Scores
    solution: Solution
    seconds: dict[str, float]
    peak_bytes: int

    def as_json(self) -> dict[str, Any]:
        return {
            "mentees": len(self.mentees),
            "mentors": len(self.mentors),
            "cpu_seconds": {name: round(seconds, 4) for name, seconds in self.seconds.items()},
            "peak_bytes": self.peak_bytes,
            "pairs": self.solution.totals.pairs,
            "points": self.solution.totals.points,
        }

    def dump(self, path: Path) -> None:
        row = {mentee.id: position for position, mentee in enumerate(self.mentees)}
        column = {mentor.id: position for position, mentor in enumerate(self.mentors)}
        pairs = [[row[pair.mentee_id], column[pair.mentor_id]] for pair in self.solution.pairs]
        with path.open("wb") as file:
            np.savez(
                file,
                points=self.scores.points,
                capacity=np.array([mentor.capacity for mentor in self.mentors], dtype=np.int64),
                pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
            )


def measure(mentees: list[Mentee], mentors: list[Mentor], settings: Settings) -> Measured:
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    scores, build = time_call(lambda: score_matrix(mentees, mentors, settings))
    solution, solve = time_call(lambda: solve_scored(mentees, mentors, settings, scores))
    problems, verify = time_call(lambda: list(check_proof((mentees, mentors, settings), scores, solution)))
    if problems:
        raise RuntimeError(" ".join(problems))
    whatif = WhatIf(mentees, mentors, settings, solution, scores)
    seconds = {"build": build, "solve": solve, "verify": verify, "price": median(price_pairs(whatif) or [0.0])}
    return Measured(mentees, mentors, scores, solution, seconds, peak_bytes())


def price_pairs(whatif: WhatIf) -> list[float]:
    """Seconds of each of some pairs spread over the matrix. One that is excluded or cannot be forced is passed over."""
    points, spent = whatif.scores.points, list[float]()
    for number in range(PRICED * 20):
        if len(spent) == PRICED or not points.size:
            break
        row, column = number * 7919 % points.shape[0], number * 104_729 % points.shape[1]
        if points[row, column] >= 0:
            ids = whatif.mentees[row].id, whatif.mentors[column].id
            with suppress(CohortError):
                spent.append(time_call(partial(whatif.force, *ids))[1])
    return spent


def peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
