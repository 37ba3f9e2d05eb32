"""An independent check of a solution against its cohort. It imports neither the solver nor the recovery of prices."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from .account import Cohort, check_account, check_plain
from .explain import explain_unmatched
from .field import find_field, index_pairs
from .model import CohortError, Mentee, Mentor, Progress, Settings
from .proof import Proof, list_stages
from .result import Report, Solution
from .score import Scores, score_matrix
from .validation import refuse_unsound

# The one problem of a solution that is true and claims no more than a bound.
NOT_PROVEN: Final = "Not proven: the deadline came first. No pairing with as many pairs has more points than the bound."


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
    wrong = list(check_account(cohort, scores, solution))
    unproven = [] if wrong else list(check_proof(cohort, scores, solution, progress))
    if not wrong and not unproven:
        field = find_field(scores.points, *cohort)
        assigned = index_pairs(mentees, mentors, field, {pair.mentee_id: pair.mentor_id for pair in solution.pairs})
        if solution.unmatched != explain_unmatched(mentees, scores, field, assigned):
            wrong.append("The reasons of the unmatched are not the true ones.")
        wrong += check_plain(cohort, scores, solution)
    if not wrong and not unproven and solution.status != "optimal":
        unproven.append(NOT_PROVEN)
    return Report(not wrong, not wrong and not unproven, (*wrong, *unproven))


def check_proof(cohort: Cohort, scores: Scores, solution: Solution, progress: Progress | None = None) -> Iterator[str]:
    """The certificate against the points of all pairs. The people must be in order of id."""
    mentees, mentors, settings = cohort
    field = find_field(scores.points, *cohort)
    chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
    points = scores.points if not settings.locked else scores.points[field.rows]
    proof = Proof(points, index_pairs(mentees, mentors, field, chosen), field.places, field.held)
    ids = [mentees[row].id for row in field.rows], [mentor.id for mentor in mentors]
    proven, certificate = solution.status == "optimal", solution.certificate
    if (certificate.plain.name, certificate.plain.level) != ("total", 0):
        yield "Without fairness: the stage is not that of the points."
        return
    asked, told = list_stages(settings, certificate), [(stage.name, stage.level) for stage in certificate.stages]
    if told != asked and (proven or told not in (asked[:-1], [("count", 0), ("total", 0)])):
        yield f"The stages of the certificate are {told}, not {asked}."
        return
    for done, stage in enumerate(certificate.stages, start=1):
        faults = list(proof.check(stage, ids, bound_only=not proven and stage.name == "total"))
        yield from (f"Stage {stage.name!r}: {fault}" for fault in faults)
        if not faults:
            proof.narrow(stage)
        if stage.name == "count" and not faults and certificate.plain != certificate.stages[done]:
            faults = list(proof.check(certificate.plain, ids, bound_only=True))
            yield from (f"Without fairness: {fault}" for fault in faults)
        if faults:
            return
        if progress is not None:
            progress(done, len(certificate.stages), "check")
