"""An independent check of a solution against its cohort. It imports neither the solver nor the recovery of prices."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from .codec import hash_people, hash_settings
from .codes import SWITCHABLE
from .explain import explain_unmatched
from .field import find_field, index_pairs
from .model import CohortError, Mentee, Mentor, Progress, Settings
from .proof import Proof, list_stages
from .result import Report, Solution
from .score import Scores, score_matrix, score_pair
from .summary import find_spare_mentors, sum_totals
from .validation import refuse_unsound
from .version import ENGINE_VERSION

_SAMPLE: Final = 257  # pairs scored one by one, beside the chosen ones
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
        wrong = [*_check_account(cohort, scores, solution), *_check_matrix(cohort, scores, solution)]
    unproven = [] if wrong else list(_check_proof(cohort, scores, solution, progress))
    if not wrong and not unproven:
        field = find_field(scores.points, *cohort)
        assigned = index_pairs(mentees, mentors, field, {pair.mentee_id: pair.mentor_id for pair in solution.pairs})
        if solution.unmatched != explain_unmatched(mentees, scores, field, assigned):
            wrong.append("The reasons of the unmatched are not the true ones.")
        told, true = (solution.bound, solution.plain_lowest), (solution.totals.points, solution.totals.lowest)
        if settings.fairness == "none" and told != true:
            wrong.append("Fairness is told to cost something where there is none.")
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
    if solution.engine_version != ENGINE_VERSION or solution.status not in ("optimal", "not_proven"):
        yield f"The solution was made by engine {solution.engine_version!r} with status {solution.status!r}."
    if solution.bound != solution.certificate.plain.value + sum(pair.points for pair in solution.pairs if pair.locked):
        yield "The bound is not that of the certificate."


def _check_matrix(cohort: _Cohort, scores: Scores, solution: Solution) -> Iterator[str]:
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


def _check_proof(cohort: _Cohort, scores: Scores, solution: Solution, progress: Progress | None) -> Iterator[str]:
    mentees, mentors, settings = cohort
    field = find_field(scores.points, *cohort)
    chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
    points = scores.points if not settings.locked else scores.points[field.rows]
    proof = Proof(points, index_pairs(mentees, mentors, field, chosen), field.places, field.held)
    ids = [mentees[row].id for row in field.rows], [mentor.id for mentor in mentors]
    proven, certificate = solution.status == "optimal", solution.certificate
    asked, told = list_stages(settings, certificate), [(stage.name, stage.level) for stage in certificate.stages]
    if told != asked and (proven or told not in (asked[:-1], [("count", 0), ("total", 0)])):
        yield f"The stages of the certificate are {told}, not {asked}."
        return
    for done, stage in enumerate(certificate.stages, start=1):
        faults = list(proof.check(stage, ids, bound_only=not proven and stage.name == "total"))
        if stage.name == "count" and not faults:
            proof.narrow(stage)
            faults = list(proof.check(certificate.plain, ids, bound_only=True))
        elif not faults:
            proof.narrow(stage)
        yield from (f"Stage {stage.name!r}: {fault}" for fault in faults)
        if faults:
            return
        if progress is not None:
            progress(done, len(certificate.stages), "check")
    if not proven:
        yield "Not proven: the deadline came first. No pairing with as many pairs has more points than the bound."
