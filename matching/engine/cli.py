"""`python -m matching.engine COMMAND`: one JSON document in, one out, progress as JSON lines on stderr."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Any, Final

from .codec import cohort_from_json, solution_from_json, solution_to_json
from .codes import RULES
from .model import CohortError, Mentee, Mentor, Problem, Settings
from .profiles import find_missing_mentors
from .result import Solution
from .rulecount import count_rules
from .score import score_matrix
from .solve import solve
from .validation import MAX_CAPACITY
from .verify import verify
from .whatif import WhatIf

SEARCH_SECONDS: Final = 20  # for the mentors who are missing; after that a bound is told
Document = dict[str, Any]


def _report_progress(done: int, total: int, stage: str) -> None:
    sys.stderr.write(json.dumps({"done": done, "total": total, "stage": stage}) + "\n")
    sys.stderr.flush()


def solve_document(document: Document) -> tuple[Document, int]:
    """`seconds` in the document: after that the best found so far, unless it is proven before. `places`: of each mentor
    who may be missing."""
    seconds = document.get("seconds")
    until = time.monotonic() + seconds if isinstance(seconds, int | float) else float("inf")
    cohort = cohort_from_json(document)
    solution = solve(*cohort, _report_progress, lambda: time.monotonic() > until)
    report = verify(*cohort, solution, _report_progress)
    answer = {"solution": solution_to_json(solution), "report": asdict(report)}
    return {**answer, "findings": _find(cohort, solution, document.get("places"))}, 0 if report.optimal else 1


def _find(cohort: tuple[list[Mentee], list[Mentor], Settings], solution: Solution, places: Any) -> Document:
    each = max(1, min(places, MAX_CAPACITY)) if isinstance(places, int) else 1
    until = time.monotonic() + SEARCH_SECONDS
    missing = find_missing_mentors(*cohort, solution, each, lambda: time.monotonic() > until)
    rules = [asdict(count) for count in count_rules(*cohort)]
    return {"rules": rules, "missing": {**asdict(missing), "places": each}}


def _run_verify(document: Document) -> tuple[Document, int]:
    cohort, solution = cohort_from_json(document), solution_from_json(document.get("solution", {}))
    report = verify(*cohort, solution, _report_progress)
    return {"report": asdict(report)}, 0 if report.optimal else 1


def _run_scores(document: Document) -> tuple[Document, int]:
    """points[i][j] is null exactly where rules[i][j], an index into rule_names, is not 0."""
    mentees, mentors, settings = cohort_from_json(document)
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    scores = score_matrix(mentees, mentors, settings, _report_progress)
    return {
        "mentee_ids": [mentee.id for mentee in mentees],
        "mentor_ids": [mentor.id for mentor in mentors],
        "rule_names": list(RULES),
        "points": [[None if value < 0 else value for value in row] for row in scores.points.tolist()],
        "rules": scores.rule.tolist(),
    }, 0


def _run_whatif(document: Document) -> tuple[Document, int]:
    """`questions`: lists of the name of a change and the ids it is about; an answer each, or its problems."""
    whatif = WhatIf(*cohort_from_json(document), solution_from_json(document.get("solution", {})))
    return {"answers": [_answer(whatif, question) for question in _list_questions(document)]}, 0


def _list_questions(document: Document) -> list[Any]:
    questions = document.get("questions")
    return questions if isinstance(questions, list) else [questions]


_QUESTIONS: Final = {
    "force": 2,
    "forbid": 2,
    "withdraw_mentee": 1,
    "withdraw_mentor": 1,
    "add_place": 1,
    "list_alternatives": 1,
    "price_everyone": 1,
}


def _answer(whatif: WhatIf, question: Any) -> Document:
    words = question if isinstance(question, list) and all(isinstance(word, str) for word in question) else []
    name, ids = (words or [""])[0], words[1:]
    if len(ids) != _QUESTIONS.get(name):
        message = f"A question is one of {', '.join(_QUESTIONS)} and the ids it is about, not {question!r}."
        return {"problems": [asdict(Problem("", "questions", "unknown_choice", message))]}
    try:
        answer = getattr(whatif, name)(*ids)
    except CohortError as error:
        return {"problems": [asdict(problem) for problem in error.problems]}
    return {"alternatives": [asdict(one) for one in answer]} if isinstance(answer, list) else {"price": asdict(answer)}


_COMMANDS: Final[Mapping[str, Callable[[Document], tuple[Document, int]]]] = {
    "solve": solve_document,
    "verify": _run_verify,
    "scores": _run_scores,
    "whatif": _run_whatif,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m matching.engine", description=__doc__)
    parser.add_argument("command", choices=sorted(_COMMANDS))
    command = parser.parse_args(arguments).command
    try:
        document = json.load(sys.stdin)
    except (ValueError, RecursionError) as error:
        parser.error(f"standard input is no JSON: {error}")
    if not isinstance(document, dict):
        parser.error("standard input is no JSON object")
    try:
        answer, code = _COMMANDS[command](document)
    except CohortError as error:
        answer, code = {"problems": [asdict(problem) for problem in error.problems]}, 1
    sys.stdout.write(json.dumps(answer, separators=(",", ":"), sort_keys=True) + "\n")
    return code
