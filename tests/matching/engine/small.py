"""Tiny cohorts of every kind, and whether the engine's answer is the best of all."""

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.engine import Settings, Solution, find_broken_rules, solve, verify
from matching.engine.codes import ALWAYS_ON
from matching.engine.model import FAIRNESS
from tests.matching.engine.cohorts import Cohort, make_cohort, weigh
from tests.matching.engine.force import Key, find_best_key, list_pairings, rank_pairings, score_field

# few criteria and few answers make ties; many make none
WEIGHTS = (weigh(language=100), weigh(region=50, function=50), Settings().weights)
BANDS = ((40, 55, 70), (60,), (1, 100), (20, 50, 60, 61, 90))


def draw_small(seed: int) -> Cohort:
    """At most 6 mentees and 4 mentors, capacities 0 to 2, forbidden and locked pairs."""
    dice = random.Random(seed)
    mentees, mentors, settings = make_cohort(
        seed,
        dice.randrange(7),
        dice.randrange(5),
        gaps=dice.choice([0.0, 0.3, 0.9]),
        capacities=(0, 1, 1, 2),
        weights=dice.choice(WEIGHTS),
        bands=dice.choice(BANDS),
        fairness=dice.choice(FAIRNESS),
        hard=dice.choice([frozenset(), Settings().hard]),
    )
    cells = [(mentee, mentor) for mentee in mentees for mentor in mentors]
    settings = replace(settings, forbidden=frozenset((a.id, b.id) for a, b in cells if dice.random() < 0.2))
    left = {mentor.id: mentor.capacity for mentor in mentors}
    locked = {}
    for mentee, mentor in dice.sample(cells, min(len(cells), dice.choice([0, 0, 1, 4]))):
        lockable = not set(find_broken_rules(mentee, mentor, settings)) & set(ALWAYS_ON)
        if lockable and mentee.id not in locked and left[mentor.id]:
            left[mentor.id] -= 1
            locked[mentee.id] = mentor.id
    return mentees, mentors, replace(settings, locked=frozenset(locked.items()))


def rank_solution(cohort: Cohort, solution: Solution) -> Key:
    """The key of the open pairs."""
    mentees, mentors, settings = cohort
    field = score_field(*cohort)
    chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
    column = {mentor.id: position for position, mentor in enumerate(mentors)}
    own = [column[chosen[mentees[row].id]] if mentees[row].id in chosen else -1 for row in field.rows]
    return rank_pairings(field, settings, np.array([own], dtype=np.int64).reshape(1, -1))[0]


def find_faults(cohort: Cohort) -> Iterator[str]:
    """Where the answer differs from the best of all pairings, or its proof is not accepted."""
    settings = cohort[2]
    solution = solve(*cohort)
    pairs = {(pair.mentee_id, pair.mentor_id) for pair in solution.pairs}
    if not settings.locked <= pairs:
        yield "a locked pair is missing"
    field = score_field(*cohort)
    own, best = rank_solution(cohort, solution), find_best_key(field, settings)
    if own != best:
        yield f"ranks {own}, the best {best}"
    problems = verify(*cohort, solution).problems
    if problems or solution.status != "optimal":
        yield f"{solution.status}: {problems}"
    freely = replace(settings, fairness="none")
    plain = max(key[:2] for key in rank_pairings(field, freely, list_pairings(field)))
    held = sum(pair.points for pair in solution.pairs if pair.locked)
    if solution.bound != plain[1] + held:
        yield f"told the bound {solution.bound}, without fairness there are {plain[1] + held} points"
