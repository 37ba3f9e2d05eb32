"""The same cohort gives the same bytes: whatever the order of rows, the hash seed, the run."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from matching.engine import cohort_from_json, cohort_to_json, solution_to_json, solve
from matching.engine.model import FAIRNESS
from tests.matching.engine.cohorts import Cohort, make_cohort, weigh

ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, sys
from matching.engine import cohort_from_json, solution_to_json, solve
for line in sys.stdin:
    print(json.dumps(solution_to_json(solve(*cohort_from_json(json.loads(line))))))
"""


def draw_tied(seed: int, fairness: str) -> Cohort:
    """Many equal pairs, so that only the order of ids decides."""
    weights = [weigh(language=100), weigh(region=50, function=50)][seed % 2]
    return make_cohort(seed, 30, 34, weights=weights, hard=frozenset(), fairness=fairness, bands=(50, 80))


COHORTS = [draw_tied(seed, fairness) for seed in range(2) for fairness in FAIRNESS]


def solve_to_text(cohort: Cohort) -> str:
    return json.dumps(solution_to_json(solve(*cohort)))


def shuffle(cohort: Cohort, seed: int) -> Cohort:
    dice, (mentees, mentors, settings) = random.Random(seed), cohort
    return dice.sample(mentees, len(mentees)), dice.sample(mentors, len(mentors)), settings


@pytest.mark.parametrize("number", range(len(COHORTS)))
def test_same_bytes_for_any_order_of_rows(number: int) -> None:
    texts = {solve_to_text(shuffle(COHORTS[number], seed)) for seed in range(4)}

    assert texts == {solve_to_text(COHORTS[number])}


def test_same_bytes_in_every_process() -> None:
    lines = "\n".join(json.dumps(cohort_to_json(*cohort)) for cohort in COHORTS)

    def run(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        arguments = [sys.executable, "-c", PROGRAM]
        return subprocess.run(
            arguments, input=lines, capture_output=True, text=True, cwd=ROOT, env=environment, check=True
        ).stdout

    runs = [run("0"), run("1"), run("1")]

    here = [solve_to_text(cohort_from_json(json.loads(line))) for line in lines.splitlines()]
    assert [one.splitlines() for one in runs] == [here] * 3
