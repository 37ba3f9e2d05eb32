"""An independent check of a solution against its cohort. It imports neither the solver nor the recovery of prices."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .codec import hash_people, hash_settings
from .codes import SWITCHABLE
from .explain import explain_unmatched
from .model import CohortError, Mentee, Mentor, Progress, Settings
from .open_part import find_open_part, index_pairs
from .result import Report, Solution, Stage
from .score import Points, Scores, score_matrix, score_pair
from .summary import find_spare_mentors, sum_totals
from .validation import refuse_unsound
from .version import ENGINE_VERSION

_TOP_POINTS: Final = 10_000
_TOP_PRICE: Final = 2**53
_ROWS_AT_ONCE: Final = 128
_Cohort = tuple[Sequence[Mentee], Sequence[Mentor], Settings]


def verify(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    settings: Settings,
    solution: Solution,
    progress: Progress | None = None,
) -> Report:
    """Never raises for a wrong solution: whatever does not hold stands in `problems`."""
    try:
        refuse_unsound(mentees, mentors, settings)
    except CohortError as error:
        return Report(False, False, tuple(problem.message for problem in error.problems))
    mentees, mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
    scores = score_matrix(mentees, mentors, settings, progress)
    cohort = mentees, mentors, settings
    wrong = [*_check_pairs(cohort, solution), *_check_cover(cohort, solution)]
    if not wrong:
        wrong = list(_check_account(cohort, scores, solution))
    unproven = [] if wrong else list(_check_proof(cohort, scores, solution, progress))
    if not wrong and not unproven:
        part = find_open_part(*cohort)
        assigned = index_pairs(mentees, mentors, part, {pair.mentee_id: pair.mentor_id for pair in solution.pairs})
        if solution.unmatched != explain_unmatched(mentees, scores, settings, part, assigned):
            wrong.append("The reasons of the unmatched are not the true ones.")
    return Report(not wrong, not wrong and not unproven, (*wrong, *unproven))


def _check_pairs(cohort: _Cohort, solution: Solution) -> Iterator[str]:
    mentees, mentors, settings = cohort
    mentee_by_id = {mentee.id: mentee for mentee in mentees}
    mentor_by_id = {mentor.id: mentor for mentor in mentors}
    for pair in solution.pairs:
        told = f"Pair {pair.mentee_id!r} and {pair.mentor_id!r}"
        if pair.mentee_id not in mentee_by_id or pair.mentor_id not in mentor_by_id:
            yield f"{told}: not in the cohort."
            continue
        score = score_pair(mentee_by_id[pair.mentee_id], mentor_by_id[pair.mentor_id], settings)
        locked = (pair.mentee_id, pair.mentor_id) in settings.locked
        # rules that are always on come first, so a switchable one here is the gravest that the pair breaks
        if score.points is None and not (locked and score.rule in SWITCHABLE):
            yield f"{told}: excluded by the rule {score.rule!r}."
        elif pair.points != sum(part.points for part in score.parts) or pair.parts != score.parts:
            yield f"{told}: the points or their parts are not the true ones."
        if pair.locked != locked:
            yield f"{told}: the mark of the lock is wrong."


def _check_cover(cohort: _Cohort, solution: Solution) -> Iterator[str]:
    mentees, mentors, settings = cohort
    used = Counter(pair.mentor_id for pair in solution.pairs)
    for mentor in mentors:
        if used[mentor.id] > mentor.capacity:
            yield f"Mentor {mentor.id!r} has {used[mentor.id]} mentees and {mentor.capacity} places."
    for mentee_id, mentor_id in sorted(settings.locked - {(pair.mentee_id, pair.mentor_id) for pair in solution.pairs}):
        yield f"The locked pair {mentee_id!r} and {mentor_id!r} is missing."
    listed = [pair.mentee_id for pair in solution.pairs], [person.mentee_id for person in solution.unmatched]
    if sorted([*listed[0], *listed[1]]) != [mentee.id for mentee in mentees]:
        yield "Not every mentee is listed exactly once, as paired or as unmatched."
    if any(ids != sorted(ids) for ids in listed):
        yield "The pairs or the unmatched are not in order of mentee id."


def _check_account(cohort: _Cohort, scores: Scores, solution: Solution) -> Iterator[str]:
    mentees, mentors, settings = cohort
    if solution.totals != sum_totals(mentees, mentors, scores, solution.pairs):
        yield "The totals are not the true ones."
    if solution.spare_mentors != find_spare_mentors(mentors, solution.pairs):
        yield "The mentors with free places are not the true ones."
    if solution.settings_hash != hash_settings(settings):
        yield "The solution was made with other settings."
    if solution.input_hash != hash_people(mentees, mentors):
        yield "The solution was made from other people."
    if solution.engine_version != ENGINE_VERSION or solution.status != "optimal":
        yield f"The solution was made by engine {solution.engine_version!r} with status {solution.status!r}."


def _check_proof(cohort: _Cohort, scores: Scores, solution: Solution, progress: Progress | None) -> Iterator[str]:
    mentees, mentors, settings = cohort
    part = find_open_part(mentees, mentors, settings)
    points = scores.points[part.rows]
    open_pairs = [pair.points for pair in solution.pairs if not pair.locked]
    count, total = solution.certificate.count, solution.certificate.total
    most_points = _TOP_POINTS * min(len(part.rows), int(part.places.sum()))
    if type(total.bonus) is not int or not most_points < total.bonus <= _TOP_PRICE:
        yield "The bonus of a pair does not outweigh every sum of points."
    if (count.name, count.bonus, total.name) != ("count", 0, "total"):
        yield "The stages of the certificate are not 'count' and 'total'."
    ids = [mentees[row].id for row in part.rows], [mentor.id for mentor in mentors]
    values = len(open_pairs), sum(open_pairs) + total.bonus * len(open_pairs)
    for done, (stage, value) in enumerate(zip((count, total), values, strict=True), start=1):
        worth = (points >= 0).astype(np.int16) if stage is count else points
        for fault in _check_stage(stage, value, ids, worth, part.places, points >= 0):
            yield f"Stage {stage.name!r}: {fault}"
        if progress is not None:
            progress(done, 2, "check")


def _check_stage(
    stage: Stage,
    value: int,
    ids: tuple[list[str], list[str]],
    worth: Points,
    places: NDArray[np.int64],
    admissible: NDArray[np.bool_],
) -> Iterator[str]:
    if ([name for name, _ in stage.mentee_prices], [name for name, _ in stage.mentor_prices]) != ids:
        yield "the prices are not those of exactly these people."
        return
    mentee_prices, mentor_prices = ([price for _, price in side] for side in (stage.mentee_prices, stage.mentor_prices))
    if not all(type(price) is int and 0 <= price <= _TOP_PRICE for price in (*mentee_prices, *mentor_prices)):
        yield "a price is negative or no whole number."
        return
    paid = sum(mentee_prices) + sum(n * price for n, price in zip(places.tolist(), mentor_prices, strict=True))
    if not paid == value == stage.value:
        yield f"the prices add up to {paid}, the pairs are worth {value}, told was {stage.value}."
    u, v = np.array(mentee_prices, dtype=np.int64), np.array(mentor_prices, dtype=np.int64)
    for start in range(0, len(u), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        slack = u[rows, None] + v - worth[rows].astype(np.int64) - stage.bonus
        if (slack[admissible[rows]] < 0).any():
            yield "an admissible pair is worth more than its two prices."
            return
