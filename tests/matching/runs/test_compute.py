"""The job of a run: a child process, one fenced write, and what is left when something breaks."""

from typing import Any

import pytest

from matching.engine import PART_CODES
from matching.runs.child import EngineCrashed, run_engine
from matching.runs.domain import launch_run, recheck_run, record_result
from matching.runs.models import MatchingRun, Proposal
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.jobs.claims import LeaseLost, claim_job
from programmes.jobs.domain import retry_job, run_job
from programmes.jobs.models import Job
from tests.matching.board.cast import Cast, accept
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


def reload(run: MatchingRun) -> MatchingRun:
    return MatchingRun.objects.select_related("job", "cohort").get(pk=run.pk)


def answer_for(run: MatchingRun) -> dict[str, Any]:
    return run_engine("solve", run.input, beat=lambda progress: None, every=60)


def test_the_worker_computes_in_a_child_and_writes_the_result(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)

    run_job(run.job_id)

    run = reload(run)
    assert (run.status, run.pair_count, run.proof_checked, run.job.state) == ("optimal", 3, True, "done")
    assert run.points == sum(run.proposals.values_list("points", flat=True)) == cast.run.points
    assert run.solve_ms is not None
    assert (run.job.progress_stage, run.job.progress_done) == ("check", run.job.progress_total)
    assert AuditEvent.objects.filter(verb="matching.finished", subject_id=run.pk).count() == 1


def test_a_run_keeps_what_its_rules_exclude_and_which_mentors_are_missing(cast: Cast) -> None:
    accept(cast.cohort, "Paula Vega", "mentee")
    accept(cast.cohort, "Rosa Luna", "mentee", adult=False)
    run = launch_run(cohort=cast.cohort, by=SYSTEM)

    run_job(run.job_id)

    findings = reload(run).findings
    young = Application.objects.get(first_name="Rosa")
    assert [count["rule"] for count in findings["rules"]][:2] == ["same_person", "forbidden"]
    assert (findings["missing"]["mentors"], findings["missing"]["bound"]) == (1, 1)
    assert findings["missing"]["places"] == cast.cohort.default_capacity
    assert findings["missing"]["out_of_reach"] == [str(young.pk)]


def test_what_is_proven_before_the_deadline_is_told_as_proven(cast: Cast, settings: Any) -> None:
    settings.MATCHING_SECONDS = 0
    run = launch_run(cohort=cast.cohort, by=SYSTEM)

    run_job(run.job_id)

    run = reload(run)
    assert (run.job.state, run.status, run.proof_checked, run.pair_count) == ("done", "optimal", True, 3)


def test_a_proposal_keeps_codes_and_values_that_the_engine_names(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)
    run_job(run.job_id)

    for proposal in run.proposals.all():
        assert proposal.points == sum(part["points"] for part in proposal.parts)
        assert [set(part["values"]) for part in proposal.parts] == [
            set(PART_CODES[part["code"]]) for part in proposal.parts
        ]


def test_first_result_moves_the_cohort_from_selecting_to_matching(cast: Cast) -> None:
    Cohort.objects.filter(pk=cast.cohort.pk).update(phase="selecting", first_result_at=None)
    run = launch_run(cohort=cast.cohort, by=SYSTEM)

    run_job(run.job_id)

    cohort = reload(run).cohort
    assert (cohort.phase, cohort.first_result_at is None) == ("matching", False)


def test_a_worker_that_lost_its_lease_writes_nothing(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)
    slow = claim_job(run.job_id)
    assert slow is not None
    answer = answer_for(run)
    Job.objects.filter(pk=run.job_id).update(state="queued", lease_until=None)
    run_job(run.job_id)

    with pytest.raises(LeaseLost):
        record_result(run=reload(run), answer=answer, claim=slow, milliseconds=1)

    assert Proposal.objects.filter(run=run).count() == 3
    assert reload(run).job.attempt == 2


def test_a_job_that_is_done_is_not_done_again(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)
    run_job(run.job_id)
    first = reload(run).finished_at

    run_job(run.job_id)

    assert (reload(run).finished_at, reload(run).job.attempt) == (first, 1)


def test_input_that_the_engine_refuses_ends_as_failed_and_can_be_tried_again(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)
    sound = run.input
    MatchingRun.objects.filter(pk=run.pk).update(input={**sound, "settings": {**sound["settings"], "fairness": "x"}})
    run_job(run.job_id)
    job = reload(run).job
    failed = job.state, job.error_code
    MatchingRun.objects.filter(pk=run.pk).update(input=sound)

    retry_job(job=job, by=SYSTEM)
    run_job(run.job_id)

    assert failed == ("failed", "cannot_match")
    assert (reload(run).job.state, reload(run).pair_count) == ("done", 3)


def test_a_child_that_breaks_gives_the_job_back_until_the_attempts_are_used_up(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)
    MatchingRun.objects.filter(pk=run.pk).update(input={"mentees": 7})
    states = []

    for _attempt in range(5):
        run_job(run.job_id)
        job = reload(run).job
        states.append((job.state, job.error_code))

    assert states[-1][0] == "failed"
    assert Proposal.objects.filter(run=run).count() == 0


def test_what_beat_raises_ends_the_child(cast: Cast) -> None:
    class Enough(Exception):
        pass

    def stop(progress: dict[str, Any] | None) -> None:
        raise Enough

    with pytest.raises(Enough):
        run_engine("solve", cast.run.input, beat=stop, every=60)


def test_a_command_that_the_engine_does_not_know_is_a_crash(cast: Cast) -> None:
    with pytest.raises(EngineCrashed, match="exit 2"):
        run_engine("guess", cast.run.input, beat=lambda progress: None, every=60)


def test_recheck_finds_a_changed_result(cast: Cast) -> None:
    good = recheck_run(run=cast.run)
    solution = cast.run.solution
    assert solution is not None
    solution["pairs"][0]["points"] += 100

    bad = recheck_run(run=cast.run)

    assert (good["valid"], good["optimal"], good["problems"]) == (True, True, [])
    assert (bad["valid"], bad["optimal"]) == (False, False)
    assert bad["problems"]
