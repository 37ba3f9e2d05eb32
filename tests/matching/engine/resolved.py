"""The oracle of what-if prices: the changed cohort solved anew, and the solution after its changes counted by hand."""

from collections import Counter
from dataclasses import replace
from operator import attrgetter

import numpy as np

from matching.engine import Mentee, Mentor, Settings, Solution, score_matrix, score_pair
from matching.engine.faces import Face
from matching.engine.fair import solve_bands
from matching.engine.field import find_field
from matching.engine.plan import solve_field
from matching.engine.stages import continue_stage
from matching.engine.whatif import Price
from tests.matching.engine.cohorts import Cohort

Key = tuple[int, tuple[int, ...], int]  # pairs, pairs that reach each level (the gravest first), points


def list_levels(solution: Solution) -> tuple[int, ...]:
    return tuple(stage.level for stage in solution.certificate.stages if stage.name in ("floor", "band"))


def solve_anew(cohort: Cohort, levels: tuple[int, ...]) -> Key:
    """The best key; locked pairs count as if they reached every level."""
    mentees, mentors = sorted(cohort[0], key=attrgetter("id")), sorted(cohort[1], key=attrgetter("id"))
    settings = cohort[2]
    field = find_field(score_matrix(mentees, mentors, settings).points, mentees, mentors, settings)
    plan = solve_field(field, replace(settings, fairness="none"), lambda: False, lambda done: None)
    plain = plan.plain
    face, best = solve_bands(Face.whole(field).after(plan.steps[0]), levels, plain, lambda: False)
    if levels:
        best = continue_stage(face, plain.step, best.assigned, best.candidates, lambda: False)
    rows = np.flatnonzero(best.assigned >= 0)
    points = field.at(rows, best.assigned[rows]).tolist()
    locked = [count_points(mentees, mentors, settings, pair) for pair in settings.locked]
    reached = tuple(sum(one >= level for one in points) + len(locked) for level in levels)
    return len(points) + len(locked), reached, sum(points) + sum(locked)


def count_points(mentees: list[Mentee], mentors: list[Mentor], settings: Settings, pair: tuple[str, str]) -> int:
    mentee = next(person for person in mentees if person.id == pair[0])
    mentor = next(person for person in mentors if person.id == pair[1])
    return sum(part.points for part in score_pair(mentee, mentor, settings).parts)


def apply_changes(solution: Solution, price: Price) -> dict[str, str]:
    chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
    for change in price.changes:
        assert chosen.pop(change.mentee_id, None) == change.old_mentor_id
        if change.new_mentor_id is not None:
            chosen[change.mentee_id] = change.new_mentor_id
    return chosen


def count_chosen(chosen: dict[str, str], cohort: Cohort, levels: tuple[int, ...]) -> Key:
    """Of a pairing that obeys every rule and every capacity."""
    mentees, mentors, settings = cohort
    by_id = {person.id: person for person in mentees}
    offering = {person.id: person for person in mentors}
    points = {}
    for mentee_id, mentor_id in chosen.items():
        score = score_pair(by_id[mentee_id], offering[mentor_id], settings)
        assert score.rule is None or (mentee_id, mentor_id) in settings.locked
        points[mentee_id, mentor_id] = sum(part.points for part in score.parts)
    assert all(used <= offering[mentor_id].capacity for mentor_id, used in Counter(chosen.values()).items())
    assert settings.locked <= points.keys()
    reached = (sum(value >= level or pair in settings.locked for pair, value in points.items()) for level in levels)
    return len(points), tuple(reached), sum(points.values())


def lose(before: Key, after: Key) -> Key:
    return (
        before[0] - after[0],
        tuple(one - other for one, other in zip(before[1], after[1], strict=True)),
        before[2] - after[2],
    )


def tell(price: Price) -> Key:
    return price.pairs, tuple(lost for _level, lost in reversed(price.levels)), price.points
