"""Launch a run, compute it in a worker, write the result once."""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.engine import ENGINE_VERSION, CohortError
from matching.engine.validation import refuse_unsound
from matching.runs.child import run_engine
from matching.runs.models import MatchingRun, Proposal
from matching.runs.present import read_present, still_holds
from matching.runs.wording import problem_sentence
from programmes.audit.domain import record_event
from programmes.cohorts.domain.minutes import add_minutes
from programmes.cohorts.models import Cohort
from programmes.jobs.claims import Claim
from programmes.jobs.domain import enqueue_job
from programmes.jobs.models import Job
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import DomainError

JOB_KIND = "matching.run"


@transaction.atomic
def launch_run(*, cohort: Cohort, by: Actor, overrides: Mapping[str, Any] | None = None) -> MatchingRun:
    """Freeze people, rules and settings; the job computes over that, whatever happens to the cohort meanwhile."""
    now = read_present(cohort, overrides=overrides)
    try:
        refuse_unsound(now.mentees, now.mentors, now.settings)
    except CohortError as error:
        names = {str(person.pk): person.name for person in now.people}
        raise DomainError(
            " ".join(problem_sentence(problem, names) for problem in error.problems[:5]), code="cannot_match"
        ) from error
    job = enqueue_job(kind=JOB_KIND, subject_id=0, by=by, exclusive_key=f"cohort:{cohort.pk}")
    run = MatchingRun.objects.create(
        cohort=cohort,
        job=job,
        input=now.as_json(),
        engine_version=ENGINE_VERSION,
        input_hash="",
        created_by_id=by.user_id,
    )
    Job.objects.filter(pk=job.pk).update(subject_id=run.pk)
    record_event(
        "matching.launched",
        by=by,
        subject=run,
        organisation_id=cohort.programme.organisation_id,
        cohort_id=cohort.pk,
        mentees=len(now.mentees),
        mentors=len(now.mentors),
    )
    add_minutes(cohort=cohort, task="matching", user_id=by.user_id)
    return run


def compute_run(claim: Claim) -> None:
    """The job: solve in a child process, beating; then write everything in one fenced transaction."""
    run = MatchingRun.objects.select_related("cohort__programme").get(pk=claim.subject_id)
    started = time.monotonic()

    def beat(progress: dict[str, Any] | None) -> None:
        if progress is None:
            claim.beat()
        else:
            claim.beat(done=progress["done"], total=progress["total"], stage=progress["stage"])

    document = {**run.input, "seconds": settings.MATCHING_SECONDS, "places": max(1, run.cohort.default_capacity)}
    answer = run_engine("solve", document, beat=beat, every=settings.JOB_BEAT_SECONDS)
    if "problems" in answer:
        claim.fail("cannot_match", "; ".join(problem["message"] for problem in answer["problems"]))
        return
    record_result(run=run, answer=answer, claim=claim, milliseconds=round((time.monotonic() - started) * 1000))


@transaction.atomic
def record_result(*, run: MatchingRun, answer: Mapping[str, Any], claim: Claim, milliseconds: int) -> MatchingRun:
    claim.complete()
    solution: dict[str, Any] = answer["solution"]
    Proposal.objects.bulk_create(
        Proposal(
            run=run,
            mentee_id=int(pair["mentee_id"]),
            mentor_id=int(pair["mentor_id"]),
            points=pair["points"],
            parts=pair["parts"],
            locked=pair["locked"],
        )
        for pair in solution["pairs"]
    )
    run.solution = solution
    run.report = answer["report"]
    run.findings = answer.get("findings")
    run.status, run.engine_version = solution["status"], solution["engine_version"]
    run.input_hash = solution["input_hash"]
    run.pair_count = solution["totals"]["pairs"]
    run.points = solution["totals"]["points"]
    run.solve_ms = milliseconds
    run.finished_at = clock.now()
    run.save()
    _move_cohort(run)
    record_event(
        "matching.finished",
        by=SYSTEM,
        subject=run,
        organisation_id=run.cohort.programme.organisation_id,
        cohort_id=run.cohort_id,
        pairs=run.pair_count,
        checked=run.proof_checked,
    )
    return run


def _move_cohort(run: MatchingRun) -> None:
    """The first result after the deadline brings the cohort to matching; a trial before it changes nothing."""
    Cohort.objects.filter(pk=run.cohort_id, first_result_at=None).update(first_result_at=clock.now())
    over = Q(phase=Cohort.Phase.OPEN, closes_at__lte=clock.now()) | Q(phase=Cohort.Phase.SELECTING)
    Cohort.objects.filter(over, pk=run.cohort_id).update(phase=Cohort.Phase.MATCHING)


def recheck_run(*, run: MatchingRun) -> dict[str, Any]:
    """The stored result against the frozen input, by the independent verifier. {"valid", "optimal", "problems"}"""
    if run.solution is None:
        raise DomainError(_("Run %(number)s has no result.") % {"number": run.pk}, code="no_result")
    document = {**run.input, "solution": run.solution}
    answer = run_engine("verify", document, beat=lambda progress: None, every=60)
    report: dict[str, Any] = answer["report"]
    return report


def is_stale(run: MatchingRun) -> bool:
    """Whether people, rules or settings have changed so that the result may no longer be the best."""
    return not still_holds(run, read_present(run.cohort))
