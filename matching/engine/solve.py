"""The proven best pairs: most pairs, then fairness, most points, even loads, earliest in the order of ids."""

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from .codec import hash_people, hash_settings
from .explain import explain_unmatched
from .faces import Face, Step, Worth, sum_prices
from .field import Field, Ints, find_field
from .model import Mentee, Mentor, Progress, Settings, Stop
from .plan import Plan, solve_field
from .result import Certificate, Pair, Solution, Stage
from .score import Scores, score_matrix, score_pair
from .summary import find_spare_mentors, sum_totals
from .validation import refuse_unsound
from .version import ENGINE_VERSION

Ids = tuple[Sequence[str], Sequence[str]]  # of the open mentees, and of all mentors


def solve(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    settings: Settings,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Solution:
    """Raises CohortError. The same cohort gives an equal solution whatever the order of its rows.

    Once `stop` says True the best pairs found so far come back with a bound, as 'not_proven'.
    """
    refuse_unsound(mentees, mentors, settings)
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    scores = score_matrix(mentees, mentors, settings, progress)
    return solve_scored(mentees, mentors, settings, scores, progress, stop)


def solve_scored(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    settings: Settings,
    scores: Scores,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Solution:
    """As `solve`, for sound people in order of id whose scores are known."""
    report = progress or (lambda done, total, stage: None)
    report(0, 3, "solve")
    field = find_field(scores.points, mentees, mentors, settings)
    plan = solve_field(field, settings, stop or (lambda: False), lambda done: report(done, 3, "solve"))
    pairs = _list_pairs(mentees, mentors, settings, field, plan.assigned)
    ids = [mentees[row].id for row in field.rows], [mentor.id for mentor in mentors]
    certificate = _write_certificate(plan, field, ids, fair=settings.fairness != "none")
    locked = [pair.points for pair in pairs if pair.locked]
    plain = plan.assigned if settings.fairness == "none" else plan.plain.assigned
    return Solution(
        pairs=pairs,
        unmatched=explain_unmatched(mentees, scores, field, plan.assigned),
        spare_mentors=find_spare_mentors(mentors, pairs),
        totals=sum_totals(mentees, mentors, scores, pairs),
        certificate=certificate,
        settings_hash=hash_settings(settings),
        input_hash=hash_people(mentees, mentors),
        engine_version=ENGINE_VERSION,
        status="optimal" if plan.proven else "not_proven",
        bound=certificate.plain.value + sum(locked),
        plain_lowest=min(locked + field.chosen(plain)[2].tolist(), default=None),
    )


def _write_certificate(plan: Plan, field: Field, ids: Ids, *, fair: bool) -> Certificate:
    face, stages = Face.whole(field), []
    for step in plan.steps:
        stages.append(_write_stage(step, sum_prices(face, step), ids))
        face = face.after(step)
    if plan.floor is not None:
        above = Step(Worth("floor", level=plan.floor.points), *plan.floor.above)
        stages.insert(1, _write_stage(above, sum_prices(Face.whole(field), above), ids))
    plain = plan.plain.step
    value = sum_prices(Face.whole(field).after(plan.steps[0]), plain)
    rows = np.flatnonzero(plan.plain.assigned >= 0).tolist() if fair else []
    pairs = tuple((ids[0][row], ids[1][plan.plain.assigned[row]]) for row in rows)
    return Certificate(tuple(stages), _write_stage(plain, value, ids), pairs)


def _write_stage(step: Step, value: int, ids: Ids) -> Stage:
    mentee_prices, mentor_prices = (
        tuple(zip(names, side.tolist(), strict=True))
        for names, side in zip(ids, (step.row_prices, step.column_prices), strict=True)
    )
    return Stage(step.worth.name, step.worth.level, value, mentee_prices, mentor_prices)


def _list_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, field: Field, assigned: Ints
) -> tuple[Pair, ...]:
    mentor_by_id = {mentor.id: mentor for mentor in mentors}
    chosen = dict(settings.locked)
    for row, column in zip(field.rows.tolist(), assigned.tolist(), strict=True):
        if column >= 0:
            chosen[mentees[row].id] = mentors[column].id
    pairs = []
    for mentee in mentees:
        if mentee.id in chosen:
            mentor = mentor_by_id[chosen[mentee.id]]
            score = score_pair(mentee, mentor, settings)
            points = sum(part.points for part in score.parts)
            locked = (mentee.id, mentor.id) in settings.locked
            pairs.append(Pair(mentee.id, mentor.id, points, score.parts, locked))
    return tuple(pairs)
