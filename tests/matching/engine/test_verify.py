import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import matching.engine
from matching.engine import Pair, Solution, Stage, Unmatched, find_broken_rules, score_pair, solve, verify
from tests.matching.engine.cohorts import Cohort, make_cohort

ENGINE = Path(matching.engine.__file__).parent


def make_solved() -> tuple[Cohort, Solution]:
    """A cohort with a lock that is not in the free optimum, unmatched mentees and mentors with free places."""
    mentees, mentors, settings = make_cohort(11, 30, 18, capacities=(1, 1, 2))
    free = solve(mentees, mentors, settings)
    best = {(pair.mentee_id, pair.mentor_id) for pair in free.pairs}
    lock = next(
        (a.id, b.id)
        for a in mentees
        for b in mentors
        if (a.id, b.id) not in best and not find_broken_rules(a, b, settings)
    )
    settings = replace(settings, locked=frozenset({lock}), forbidden=frozenset({min(best - {lock})}))
    return (mentees, mentors, settings), solve(mentees, mentors, settings)


COHORT, SOLUTION = make_solved()
MENTEES, MENTORS, SETTINGS = COHORT


def change_pair(number: int, **fields: Any) -> Solution:
    pairs = list(SOLUTION.pairs)
    pairs[number] = replace(pairs[number], **fields)
    return replace(SOLUTION, pairs=tuple(pairs))


def retell(pairs: list[Pair]) -> Solution:
    """Pairs with true points, parts, totals and reasons left as they are: a true account of other pairs."""
    by_id = {person.id: person for person in (*MENTEES, *MENTORS)}
    true = []
    for pair in pairs:
        score = score_pair(by_id[pair.mentee_id], by_id[pair.mentor_id], SETTINGS)  # type: ignore[arg-type]
        points = sum(part.points for part in score.parts)
        true.append(Pair(pair.mentee_id, pair.mentor_id, points, score.parts, pair.locked))
    points = sum(pair.points for pair in true)
    totals = replace(
        SOLUTION.totals,
        pairs=len(true),
        points=points,
        lowest=min(pair.points for pair in true),
        mean_x100=(200 * points + len(true)) // (2 * len(true)),
    )
    used = [pair.mentor_id for pair in true]
    spare = sorted(mentor.id for mentor in MENTORS if used.count(mentor.id) < mentor.capacity)
    return replace(SOLUTION, pairs=tuple(true), totals=totals, spare_mentors=tuple(spare))


def swap_two() -> Solution:
    """Two open pairs exchange mentors, admissibly and at another total."""
    pairs = list(SOLUTION.pairs)
    by_id = {person.id: person for person in (*MENTEES, *MENTORS)}
    for i, one in enumerate(pairs):
        for j, other in enumerate(pairs[:i]):
            crossed = [(one.mentee_id, other.mentor_id), (other.mentee_id, one.mentor_id)]
            scores = [score_pair(by_id[a], by_id[b], SETTINGS).points for a, b in crossed]  # type: ignore[arg-type]
            known = [score for score in scores if score is not None]
            if not (one.locked or other.locked) and len(known) == 2 and sum(known) != one.points + other.points:
                pairs[i], pairs[j] = replace(one, mentor_id=other.mentor_id), replace(other, mentor_id=one.mentor_id)
                return retell(pairs)
    raise AssertionError("no two pairs can be swapped")


def drop_pair() -> Solution:
    number = next(number for number, pair in enumerate(SOLUTION.pairs) if not pair.locked)
    dropped = SOLUTION.pairs[number]
    told = retell([pair for pair in SOLUTION.pairs if pair != dropped])
    unmatched = sorted(
        [*SOLUTION.unmatched, Unmatched(dropped.mentee_id, "no_mentors", {})], key=lambda one: one.mentee_id
    )
    return replace(told, unmatched=tuple(unmatched))


def move_to_excluded() -> Solution:
    by_id = {mentee.id: mentee for mentee in MENTEES}
    for number, pair in enumerate(SOLUTION.pairs):
        for mentor in MENTORS:
            if mentor.id in SOLUTION.spare_mentors and find_broken_rules(by_id[pair.mentee_id], mentor, SETTINGS):
                pairs = list(SOLUTION.pairs)
                pairs[number] = replace(pair, mentor_id=mentor.id)
                return retell(pairs)
    raise AssertionError("every spare mentor suits everybody")


def overfill() -> Solution:
    by_id = {mentee.id: mentee for mentee in MENTEES}
    full = [mentor for mentor in MENTORS if mentor.id not in SOLUTION.spare_mentors]
    for number, pair in enumerate(SOLUTION.pairs):
        for mentor in full:
            other = mentor.id != pair.mentor_id and not pair.locked
            if other and not find_broken_rules(by_id[pair.mentee_id], mentor, SETTINGS):
                pairs = list(SOLUTION.pairs)
                pairs[number] = replace(pair, mentor_id=mentor.id)
                return retell(pairs)
    raise AssertionError("nobody suits a full mentor")


def change_stage(name: str, change: Callable[[Stage], Stage]) -> Solution:
    certificate = SOLUTION.certificate
    return replace(SOLUTION, certificate=replace(certificate, **{name: change(getattr(certificate, name))}))


def add_to_price(side: str, number: int, amount: int) -> Callable[[Stage], Stage]:
    def change(stage: Stage) -> Stage:
        prices = list(getattr(stage, side))
        prices[number] = (prices[number][0], prices[number][1] + amount)
        changed: dict[str, Any] = {side: tuple(prices)}
        return replace(stage, **changed)

    return change


def shift_prices(stage: Stage) -> Stage:
    """Sums stay true, but pairs are no longer covered."""
    (one, high), (other, low), *rest = sorted(stage.mentee_prices, key=lambda price: -price[1])
    return replace(stage, mentee_prices=tuple(sorted([(one, high - 1), (other, low + 1), *rest])))


def turn_negative(stage: Stage) -> Stage:
    prices = [(name, price + 1) for name, price in stage.mentee_prices]
    places = sum(mentor.capacity for mentor in MENTORS)
    return replace(
        stage, mentee_prices=tuple(prices), mentor_prices=tuple((name, -places) for name, _ in stage.mentor_prices)
    )


PRICED = next(number for number, (_, price) in enumerate(SOLUTION.certificate.total.mentor_prices) if price)
MUTATIONS: dict[str, Callable[[], Solution]] = {
    "swap told untruly": lambda: change_pair(0, mentor_id=SOLUTION.pairs[1].mentor_id),
    "a point more": lambda: change_pair(0, points=SOLUTION.pairs[0].points + 1),
    "a part less": lambda: change_pair(0, parts=SOLUTION.pairs[0].parts[1:]),
    "unknown mentor": lambda: change_pair(0, mentor_id="nobody"),
    "lock mark": lambda: change_pair(0, locked=not SOLUTION.pairs[0].locked),
    "pair listed twice": lambda: replace(SOLUTION, pairs=(SOLUTION.pairs[0], *SOLUTION.pairs)),
    "pair left out": lambda: replace(SOLUTION, pairs=SOLUTION.pairs[1:]),
    "pairs out of order": lambda: replace(SOLUTION, pairs=SOLUTION.pairs[::-1]),
    "excluded pair": move_to_excluded,
    "over capacity": overfill,
    "lock broken": lambda: retell([pair for pair in SOLUTION.pairs if not pair.locked]),
    "unmatched left out": lambda: replace(SOLUTION, unmatched=SOLUTION.unmatched[1:]),
    "another reason": lambda: replace(
        SOLUTION, unmatched=(replace(SOLUTION.unmatched[0], code="no_mentors"), *SOLUTION.unmatched[1:])
    ),
    "totals": lambda: replace(SOLUTION, totals=replace(SOLUTION.totals, points=SOLUTION.totals.points + 1)),
    "spare mentors": lambda: replace(SOLUTION, spare_mentors=SOLUTION.spare_mentors[1:]),
    "settings hash": lambda: replace(SOLUTION, settings_hash="0" * 64),
    "input hash": lambda: replace(SOLUTION, input_hash="0" * 64),
    "engine version": lambda: replace(SOLUTION, engine_version="0"),
    "status": lambda: replace(SOLUTION, status="feasible"),
}
UNPROVEN: dict[str, Callable[[], Solution]] = {
    "swap told truly": swap_two,
    "pair dropped truly": drop_pair,
    "mentee price up": lambda: change_stage("total", add_to_price("mentee_prices", 0, 1)),
    "mentor price up": lambda: change_stage("total", add_to_price("mentor_prices", PRICED, 1)),
    "mentor price down": lambda: change_stage("total", add_to_price("mentor_prices", PRICED, -1)),
    "prices shifted": lambda: change_stage("total", shift_prices),
    "prices negative": lambda: change_stage("total", turn_negative),
    "count price up": lambda: change_stage("count", add_to_price("mentee_prices", 3, 1)),
    "value": lambda: change_stage("count", lambda stage: replace(stage, value=stage.value + 1)),
    "somebody unpriced": lambda: change_stage(
        "total", lambda stage: replace(stage, mentee_prices=stage.mentee_prices[1:])
    ),
    "bonus too small": lambda: change_stage("total", lambda stage: replace(stage, bonus=20_000)),
    "stage name": lambda: change_stage("count", lambda stage: replace(stage, name="total")),
}


def test_accepts_the_solution() -> None:
    assert (SOLUTION.unmatched != (), SOLUTION.spare_mentors != ()) == (True, True)
    assert verify(*COHORT, SOLUTION) == matching.engine.Report(True, True, ())


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_refuses_what_is_not_true(mutation: str) -> None:
    report = verify(*COHORT, MUTATIONS[mutation]())

    assert (report.valid, report.optimal, report.problems != ()) == (False, False, True)


@pytest.mark.parametrize("mutation", UNPROVEN)
def test_refuses_what_is_not_proven(mutation: str) -> None:
    report = verify(*COHORT, UNPROVEN[mutation]())

    assert (report.valid, report.optimal, report.problems != ()) == (True, False, True)


def test_refuses_another_cohort() -> None:
    fewer = verify(MENTEES[1:], MENTORS, SETTINGS, SOLUTION)
    older = verify([replace(MENTEES[0], name_key="renamed"), *MENTEES[1:]], MENTORS, SETTINGS, SOLUTION)
    other = verify(MENTEES, MENTORS, replace(SETTINGS, min_overlap_slots=5), SOLUTION)
    unsound = verify([MENTEES[0], *MENTEES], MENTORS, SETTINGS, SOLUTION)

    assert fewer.valid is older.valid is other.valid is unsound.valid is False
    assert older.problems == ("The solution was made from other people.",)
    assert other.problems == ("The solution was made with other settings.",)


def list_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_verify_reaches_no_solver() -> None:
    reached, waiting = set(), {"verify"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= {one[1:] for one in list_imports(ENGINE / f"{name}.py") if one.startswith(".")} - reached

    assert reached & {"solve", "duals", "flow"} == set()
    assert len((ENGINE / "verify.py").read_text(encoding="utf-8").splitlines()) < 150


def test_engine_imports_only_what_it_may() -> None:
    allowed = {
        *(
            "argparse",
            "collections",
            "dataclasses",
            "functools",
            "hashlib",
            "itertools",
            "json",
            "operator",
            "sys",
            "types",
            "typing",
        ),
        *("numpy", "ortools"),
    }

    used = {name.split(".")[0] for path in ENGINE.glob("*.py") for name in list_imports(path) if name[0] != "."}

    assert used - allowed == set()
