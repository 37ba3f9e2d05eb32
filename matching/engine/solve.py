"""The proven best pairs: most pairs, then most points, then earliest in the order of ids."""

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from .codec import hash_people, hash_settings
from .duals import price_count, price_total
from .explain import explain_unmatched
from .flow import Assigned, Prices, assign_best, assign_first_in_order, choose_bonus
from .model import Mentee, Mentor, Progress, Settings
from .open_part import OpenPart, find_open_part
from .result import Certificate, Pair, Solution, Stage
from .score import Points, score_matrix, score_pair
from .summary import find_spare_mentors, sum_totals
from .validation import refuse_unsound
from .version import ENGINE_VERSION


def solve(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, progress: Progress | None = None
) -> Solution:
    """Raises CohortError. The same cohort gives an equal solution whatever the order of its rows."""
    refuse_unsound(mentees, mentors, settings)
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    scores = score_matrix(mentees, mentors, settings, progress)
    part = find_open_part(mentees, mentors, settings)
    assigned, certificate = _solve_open_part(mentees, mentors, scores.points[part.rows], part, progress)
    pairs = _list_pairs(mentees, mentors, settings, part, assigned)
    return Solution(
        pairs=pairs,
        unmatched=explain_unmatched(mentees, scores, settings, part, assigned),
        spare_mentors=find_spare_mentors(mentors, pairs),
        totals=sum_totals(mentees, mentors, scores, pairs),
        certificate=certificate,
        settings_hash=hash_settings(settings),
        input_hash=hash_people(mentees, mentors),
        engine_version=ENGINE_VERSION,
        status="optimal",
    )


def _solve_open_part(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], points: Points, part: OpenPart, progress: Progress | None
) -> tuple[Assigned, Certificate]:
    report = progress or (lambda done, total, stage: None)
    bonus = choose_bonus(len(part.rows), int(part.places.sum()))
    report(0, 3, "solve")
    assigned = assign_best(points, part.places, bonus)
    report(1, 3, "solve")
    prices = price_total(points, part.places, assigned, bonus)
    report(2, 3, "solve")
    assigned = assign_first_in_order(points, part.places, bonus, *prices)
    report(3, 3, "solve")
    matched = np.flatnonzero(assigned >= 0)
    value = int(points[matched, assigned[matched]].sum(dtype=np.int64)) + bonus * len(matched)
    ids = [mentees[row].id for row in part.rows], [mentor.id for mentor in mentors]
    count = _write_stage("count", 0, len(matched), ids, price_count(points, assigned))
    return assigned, Certificate(count, _write_stage("total", bonus, value, ids, prices))


def _write_stage(
    name: str, bonus: int, value: int, ids: tuple[list[str], list[str]], prices: tuple[Prices, Prices]
) -> Stage:
    mentee_prices, mentor_prices = (
        tuple(zip(names, side.tolist(), strict=True)) for names, side in zip(ids, prices, strict=True)
    )
    return Stage(name, bonus, value, mentee_prices, mentor_prices)


def _list_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, part: OpenPart, assigned: Assigned
) -> tuple[Pair, ...]:
    mentor_by_id = {mentor.id: mentor for mentor in mentors}
    chosen = dict(settings.locked)
    for row, column in zip(part.rows.tolist(), assigned.tolist(), strict=True):
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
