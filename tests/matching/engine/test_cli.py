import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from matching.engine import (
    RULES,
    Settings,
    cohort_from_json,
    cohort_to_json,
    score_matrix,
    solution_from_json,
    solution_to_json,
    solve,
)
from matching.management.crowd import make_crowd
from tests.matching.engine.cohorts import make_cohort, weigh

ROOT = Path(__file__).parents[3]


def run(command: str, document: Any, *, seed: str = "0") -> subprocess.CompletedProcess[str]:
    text = document if isinstance(document, str) else json.dumps(document)
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    arguments = [sys.executable, "-m", "matching.engine", command]
    return subprocess.run(arguments, input=text, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)


def test_round_trip() -> None:
    cohort = make_cohort(3, 20, 12, gaps=0.3, forbidden=frozenset({("e0001", "r0001")}))
    document = json.loads(json.dumps(cohort_to_json(*cohort)))
    solution = solve(*cohort)

    assert cohort_from_json(document) == cohort
    assert cohort_from_json({**document, "settings": {}})[2].hard == {"language", "employer", "seniority_gap"}
    assert solution_from_json(json.loads(json.dumps(solution_to_json(solution)))) == solution


def test_solve_writes_the_same_bytes_whatever_the_order_and_hash_seed() -> None:
    document = cohort_to_json(*make_cohort(7, 30, 20))
    shuffled = {
        **document,
        **{key: random.Random(1).sample(document[key], len(document[key])) for key in ("mentees", "mentors")},
    }

    runs = [run("solve", document, seed="0"), run("solve", document, seed="1"), run("solve", shuffled, seed="2")]

    assert [one.returncode for one in runs] == [0, 0, 0]
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
    answer = json.loads(runs[0].stdout)
    assert answer["report"] == {"valid": True, "optimal": True, "problems": []}
    assert answer["solution"] == solution_to_json(solve(*cohort_from_json(document)))
    lines = [json.loads(line) for line in runs[0].stderr.splitlines()]
    assert {line["stage"] for line in lines} == {"compare", "solve", "check"}
    assert lines[0] == {"done": 30, "total": 30, "stage": "compare"}


def test_seconds_are_a_deadline() -> None:
    mentees, mentors = make_crowd(400, 240)
    settings = Settings(hard=frozenset(), weights=weigh(region=50, function=50))

    document = {**cohort_to_json(mentees, mentors, settings), "seconds": 0}
    answer = run("solve", document)

    told = json.loads(answer.stdout)
    assert (answer.returncode, told["solution"]["status"]) == (1, "not_proven")
    assert (told["report"]["valid"], told["report"]["optimal"]) == (True, False)


def test_verify_reads_what_solve_wrote() -> None:
    cohort = make_cohort(9, 12, 8)
    document = {**cohort_to_json(*cohort), "solution": solution_to_json(solve(*cohort))}

    kept = run("verify", document)
    document["solution"]["pairs"][0]["points"] += 1
    changed = run("verify", document)

    assert (kept.returncode, json.loads(kept.stdout)["report"]["optimal"]) == (0, True)
    assert (changed.returncode, json.loads(changed.stdout)["report"]["valid"]) == (1, False)


def test_scores_names_every_pair() -> None:
    mentees, mentors, settings = make_cohort(4, 6, 5)

    answer = json.loads(run("scores", cohort_to_json(mentees, mentors, settings)).stdout)

    scores = score_matrix(mentees, mentors, settings)
    assert answer == {
        "mentee_ids": [mentee.id for mentee in mentees],
        "mentor_ids": [mentor.id for mentor in mentors],
        "rule_names": list(RULES),
        "points": [[None if value < 0 else value for value in row] for row in scores.points.tolist()],
        "rules": scores.rule.tolist(),
    }


def test_refusals() -> None:
    unsound = run("solve", {"mentees": [], "mentors": [], "settings": {"fairness": "lottery"}})
    unreadable = run("solve", "{")

    problem = {
        "row_id": "",
        "field": "fairness",
        "code": "unknown_choice",
        "message": "Fairness 'lottery' is none of none, bottleneck, bands.",
    }
    assert (unsound.returncode, json.loads(unsound.stdout)) == (1, {"problems": [problem]})
    assert (unreadable.returncode, unreadable.stdout) == (2, "")
