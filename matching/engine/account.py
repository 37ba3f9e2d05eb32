"""Whether a solution tells the truth about its pairs, whatever they were found by."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from .codec import hash_people, hash_settings
from .codes import SWITCHABLE
from .field import find_field, index_pairs
from .model import Mentee, Mentor, Settings
from .result import Solution
from .score import Scores, score_pair
from .summary import find_spare_mentors, sum_totals
from .version import ENGINE_VERSION

_SAMPLE: Final = 257  # pairs scored one by one, beside the chosen ones
Cohort = tuple[Sequence[Mentee], Sequence[Mentor], Settings]


def check_account(cohort: Cohort, scores: Scores, solution: Solution) -> Iterator[str]:
    """What does not hold. The people must be in order of id."""
    wrong = [*_check_pairs(cohort, solution), *_check_cover(cohort, solution)]
    yield from wrong
    if not wrong:
        yield from _check_figures(cohort, scores, solution)
        yield from _check_matrix(cohort, scores, solution)


def _check_pairs(cohort: Cohort, solution: Solution) -> Iterator[str]:
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


def _check_cover(cohort: Cohort, solution: Solution) -> Iterator[str]:
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


def _check_figures(cohort: Cohort, scores: Scores, solution: Solution) -> Iterator[str]:
    mentees, mentors, settings = cohort
    if solution.totals != sum_totals(mentees, mentors, scores, solution.pairs):
        yield "The totals are not the true ones."
    if solution.spare_mentors != find_spare_mentors(mentors, solution.pairs):
        yield "The mentors with free places are not the true ones."
    if solution.settings_hash != hash_settings(settings):
        yield "The solution was made with other settings."
    if solution.input_hash != hash_people(mentees, mentors):
        yield "The solution was made from other people."
    if solution.engine_version != ENGINE_VERSION or solution.status not in ("optimal", "not_proven"):
        yield f"The solution was made by engine {solution.engine_version!r} with status {solution.status!r}."
    if solution.bound != solution.certificate.plain.value + sum(pair.points for pair in solution.pairs if pair.locked):
        yield "The bound is not that of the certificate."


def _check_matrix(cohort: Cohort, scores: Scores, solution: Solution) -> Iterator[str]:
    """The points of all pairs at once against those of one: of the chosen pairs, and of some spread over all."""
    mentees, mentors, settings = cohort
    row = {mentee.id: position for position, mentee in enumerate(mentees)}
    column = {mentor.id: position for position, mentor in enumerate(mentors)}
    wrong = 0
    for pair in solution.pairs:
        points = scores.points[row[pair.mentee_id], column[pair.mentor_id]]
        # a lock may hold a pair that is excluded
        wrong += points != pair.points and not (pair.locked and points < 0)
    count = len(mentees) * len(mentors)
    for place in range(0, count, count // _SAMPLE | 1):
        i, j = divmod(place, len(mentors))
        one = score_pair(mentees[i], mentors[j], settings).points
        wrong += scores.points[i, j] != (-1 if one is None else one)
    if wrong:
        yield f"{wrong} pairs have other points among all pairs than by themselves."


def check_plain(cohort: Cohort, scores: Scores, solution: Solution) -> Iterator[str]:
    """That without fairness so many points and such a worst pair are possible; more are not, says the certificate.

    What is not proven need not reach its bound.
    """
    mentees, mentors, settings = cohort
    plain_pairs, proven = solution.certificate.plain_pairs, solution.status == "optimal"
    if settings.fairness == "none":
        reached = solution.totals.points if proven else solution.bound
        if (solution.bound, solution.plain_lowest, plain_pairs) != (reached, solution.totals.lowest, ()):
            yield "Fairness is told to cost something where there is none."
        return
    field, chosen = find_field(scores.points, *cohort), dict(plain_pairs)
    open_ids = {mentees[row].id for row in field.rows}
    if len(chosen) != len(plain_pairs) or not open_ids >= chosen.keys():
        yield "The pairs without fairness are not of open mentees, each once."
        return
    if not {mentor.id for mentor in mentors} >= set(chosen.values()):
        yield "The pairs without fairness are not with mentors of the cohort."
        return
    _rows, columns, found = field.chosen(index_pairs(mentees, mentors, field, chosen))
    points, load = found.tolist(), np.bincount(columns, minlength=field.width)
    locked = [pair.points for pair in solution.pairs if pair.locked]
    if min(points, default=0) < 0 or (load > field.places).any() or len(points) + len(locked) != len(solution.pairs):
        yield "The pairs without fairness are not as many, or not possible."
    elif sum(points) + sum(locked) > solution.bound or (proven and sum(points) + sum(locked) < solution.bound):
        yield "The points without fairness are not the true ones."
    elif min(points + locked, default=None) != solution.plain_lowest:
        yield "The worst pair without fairness is not the true one."
