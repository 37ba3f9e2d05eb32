"""The matching engine beside its peers: ratios in one run, processor seconds and nanoseconds a pair beside each.

python -m tests.benchmarks.bench_engine --mentees 5000 10000 20000 [--mentor-match PYTHON] [--repeats 3]

Mentors are 0.6 of the mentees. Each size runs in a process of its own, so that its peak memory is its own; lapx
(`pip install lapx`) gets the same matrix in another one. PYTHON is an interpreter of an environment in which
mentor-match 7.0.1 is installed: it brings a top-level package `matching` and cannot live beside ours.
"""

import json
import math
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from matching.engine import Settings, cohort_to_json, score_matrix, verify
from matching.engine.field import find_field
from matching.engine.plan import solve_field
from matching.engine.solve import solve_scored
from matching.engine.verify import check_proof
from matching.engine.whatif import WhatIf
from matching.management.bench import peak_bytes, price_pairs, time_call
from matching.management.crowd import make_crowd

HERE: Final = Path(__file__).parent
Figures = dict[str, Any]


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mentees", type=int, nargs="+", default=[5_000, 10_000, 20_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--mentor-match", metavar="PYTHON")
    parser.add_argument("--one", type=int, help="measure this size here and print JSON")
    parser.add_argument("--dump", type=Path)
    options = parser.parse_args()
    if options.one:
        say(json.dumps(measure_size(options.one, options.repeats, options.dump)))
        return
    sizes = [tell_size(mentees, options.repeats) for mentees in options.mentees]
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        spent = [size["build"] + size["plan"] for size in (first, last)]
        exponent = math.log(spent[1] / spent[0]) / math.log(last["mentees"] / first["mentees"])
        say(f"growth of build + solve from {first['mentees']} to {last['mentees']}: exponent {exponent:.2f}")
    if options.mentor_match:
        tell_mentor_match(options.mentor_match)
    tell_programme()


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def measure_size(mentees: int, repeats: int, dump: Path | None) -> Figures:
    people = make_crowd(mentees, mentees * 6 // 10)
    rounds = [measure_once(people, dump if number == 0 else None) for number in range(repeats)]
    figures: Figures = {name: median(one[name] for one in rounds) for name in rounds[0]}
    return {"mentees": mentees, **figures, "peak": rounds[0]["peak"]}


def measure_once(people: Any, dump: Path | None) -> Figures:
    mentees, mentors = people
    plain = Settings(fairness="none")
    scores, build = time_call(partial(score_matrix, mentees, mentors, plain))
    points = scores.points
    one_pass = median(time_call(points.max)[1] for _time in range(9))
    field = find_field(points, mentees, mentors, plain)
    _plan, plan = time_call(partial(solve_field, field, plain, lambda: False, lambda done: None))
    _fair, fair = time_call(partial(solve_field, field, Settings(), lambda: False, lambda done: None))
    solution, told = time_call(partial(solve_scored, mentees, mentors, plain, scores))
    _problems, proof = time_call(lambda: list(check_proof((mentees, mentors, plain), scores, solution)))
    peak = peak_bytes()  # verify compares everybody once more, beside the matrix that is kept here
    _report, verified = time_call(partial(verify, mentees, mentors, plain, solution))
    whatif = WhatIf(mentees, mentors, plain, solution, scores)
    asked = [partial(whatif.price_everyone, mentor.id, most=0) for mentor in mentors[:: len(mentors) // 5]]
    if dump is not None:
        np.savez(dump, points=points, capacity=np.array([mentor.capacity for mentor in mentors]))
    everyone = median(time_call(ask)[1] for ask in asked)
    return {
        "build": build,
        "pass": one_pass,
        "plan": plan,
        "fair": fair,
        "told": told,
        "proof": proof,
        "verify": verified,
        "force": median(price_pairs(whatif)),
        "everyone": everyone,
        "matched": solution.totals.pairs,
        "total": solution.totals.points,
        "cells": points.size,
        "peak": peak,
    }


def tell_size(mentees: int, repeats: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "matrix.npz"
        ours = run_alone(
            "-m", "tests.benchmarks.bench_engine", f"--one={mentees}", f"--repeats={repeats}", f"--dump={dump}"
        )
        peer = run_alone(str(HERE / "lapx_alone.py"), str(dump), str(repeats if mentees <= 5_000 else 1))
    if (peer["matched"], peer["total"]) != (ours["matched"], ours["total"]):
        raise SystemExit(f"lapx found {peer['matched']} pairs and {peer['total']} points, not as {ours}")
    cells, passes = ours["cells"], ours["pass"]
    say(f"{mentees} x {mentees * 6 // 10}: {ours['matched']} pairs, {ours['total']} points, as lapx")
    for name, label in (
        ("build", "build, nine criteria and all rules"),
        ("plan", "solve with certificate, fairness none"),
        ("fair", "solve with certificate, fairness bottleneck"),
        ("told", "solve with reasons, parts and digests, fairness none"),
        ("proof", "verify the certificate over all pairs"),
        ("verify", "verify from the people alone, scores and reasons recomputed"),
        ("force", "force one pair"),
        ("everyone", "price every mentee for one mentor"),
    ):
        spent = ours[name]
        say(f"  {label:60} {spent:9.3f} s {1e9 * spent / cells:8.2f} ns a pair {spent / passes:8.1f} passes")
    say(f"  {'lapx lapjvs, no certificate':60} {peer['seconds']:9.3f} s {1e9 * peer['seconds'] / cells:8.2f} ns a pair")
    say(f"  one pass over the matrix {passes:.4f} s")
    for label, ratio in (
        ("solve / lapjvs", ours["plan"] / peer["seconds"]),
        ("bottleneck above none / solve", ours["fair"] / ours["plan"] - 1),
        ("one forced pair / solve", ours["force"] / ours["plan"]),
        ("every mentee for one mentor / solve", ours["everyone"] / ours["plan"]),
    ):
        say(f"  {label:60} {ratio:9.3f}")
    say(f"  peak {ours['peak'] // 10**6} MB of {(2 * cells + 200 * 10**6) // 10**6}; lapx {peer['peak'] // 10**6} MB")
    return ours


def tell_mentor_match(python: str) -> None:
    """The same people, its own kinds of rules for the same nine criteria and for three of ours that exclude."""
    people = make_crowd(1_000, 600)
    rounds = [measure_once(people, None) for _time in range(3)]
    ours = median(one["build"] + one["plan"] + one["proof"] for one in rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.json"
        path.write_text(json.dumps(cohort_to_json(*people, Settings())), encoding="utf-8")
        peer = run_alone(str(HERE / "mentor_match_alone.py"), str(path), python=python)
    seconds = peer["seconds"]
    say(f"1000 x 600: build + solve + verify {ours:.3f} s; mentor-match {seconds:.2f} s: 1/{seconds / ours:.0f}")


def tell_programme() -> None:
    """The size of a real programme, on the wall clock."""
    mentees, mentors = make_crowd(200, 120)
    started = time.perf_counter()
    scores = score_matrix(mentees, mentors, Settings())
    solution = solve_scored(mentees, mentors, Settings(), scores)
    whatif = WhatIf(mentees, mentors, Settings(), solution, scores)
    count = sum(len(whatif.list_alternatives(mentee.id)) for mentee in mentees)
    spent = time.perf_counter() - started
    say(f"200 x 120: certificate, all explanations, {count} alternatives with their changes: {spent:.2f} s wall")


def run_alone(*arguments: str, python: str = sys.executable) -> Figures:
    done = subprocess.run([python, *arguments], capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    if done.returncode:
        raise SystemExit(done.stderr)
    found: Figures = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
