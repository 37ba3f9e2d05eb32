"""The row is the truth: held by one worker, written once, visible to its end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from programmes.audit.models import AuditEvent
from programmes.jobs.claims import Claim, LeaseLost, claim_job
from programmes.jobs.domain import dispatch_due, retry_job, run_job
from programmes.jobs.models import Job
from programmes.jobs.registry import SWEEPS, register_sweep
from programmes.people.models import User
from tests.conftest import Clock
from tests.programmes.jobs.rows import State, Work, fresh, queued, running
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.clock import now
from wimmentor.base.errors import Conflict, DomainError

# --- Claims ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_of_many_workers_gets_the_job(do: object) -> None:
    job = queued()

    def claim(_number: int) -> Claim | None:
        try:
            return claim_job(job.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        claims = [claim for claim in pool.map(claim, range(8)) if claim]

    assert claims == [Claim(job.pk, 1, 7)]
    assert fresh(job).attempt == 1


@pytest.mark.django_db
def test_job_that_somebody_holds_is_left_alone(do: object) -> None:
    job = running()

    assert claim_job(job.pk) is None


@pytest.mark.parametrize("state", [State.DONE, State.FAILED])
@pytest.mark.django_db
def test_job_that_ended_is_not_claimed(do: object, state: str) -> None:
    assert claim_job(queued(state=state).pk) is None


@pytest.mark.django_db
def test_expired_lease_is_claimed_again(do: object, clock: Clock, settings: Any) -> None:
    first = claim_job(queued().pk)
    assert first
    clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))

    second = claim_job(first.job_id)

    assert second == Claim(first.job_id, 2, 7)


@pytest.mark.django_db
def test_beat_keeps_the_lease_and_tells_the_progress(do: object, clock: Clock, settings: Any) -> None:
    claim = claim_job(queued().pk)
    assert claim
    clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS - 1))
    claim.beat(done=3, total=9, stage="solve")
    clock.shift(timedelta(seconds=2))

    other = claim_job(claim.job_id)

    row = Job.objects.get(pk=claim.job_id)
    assert (other, row.progress_done, row.progress_total, row.progress_stage) == (None, 3, 9, "solve")


@pytest.mark.django_db
def test_late_worker_writes_nothing(do: object, clock: Clock, settings: Any) -> None:
    late = claim_job(queued().pk)
    assert late
    clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))
    current = claim_job(late.job_id)
    assert current

    for write in (late.beat, late.complete, lambda: late.fail("bad")):
        with pytest.raises(LeaseLost):
            write()

    assert Job.objects.values_list("state", "attempt").get(pk=late.job_id) == (State.RUNNING, 2)
    current.complete()
    assert Job.objects.get(pk=late.job_id).state == State.DONE


@pytest.mark.django_db(transaction=True)
def test_result_of_a_late_worker_is_rolled_back(do: object, clock: Clock, settings: Any) -> None:
    late = claim_job(queued().pk)
    assert late
    clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))
    claim_job(late.job_id)

    @transaction.atomic
    def write_result() -> None:
        User.objects.create_user("result@example.org", name="Result")
        late.complete()

    with pytest.raises(LeaseLost):
        write_result()

    assert not User.objects.exists()


# --- Runs ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_work_that_completes_is_done_once(do: Callable[[Work], None]) -> None:
    subjects: list[int] = []

    def work(claim: Claim) -> None:
        subjects.append(claim.subject_id)
        claim.complete()

    do(work)
    job = queued()
    for _again in range(3):
        run_job(job.pk)

    row = fresh(job)
    assert (subjects, row.state, row.lease_until) == ([7], State.DONE, None)
    assert row.finished_at is not None


@pytest.mark.django_db
def test_crash_gives_the_job_back_until_attempts_are_used_up(do: Callable[[Work], None]) -> None:
    def work(claim: Claim) -> None:
        raise RuntimeError("boom")

    do(work)
    job = queued()
    states = []
    for _try in range(5):
        run_job(job.pk)
        states.append((fresh(job).state, fresh(job).attempt))

    assert states == [(State.QUEUED, 1), (State.QUEUED, 2), *[(State.FAILED, 3)] * 3]
    assert fresh(job).error_code == "out_of_attempts"


@pytest.mark.django_db
def test_refusal_ends_at_once_with_its_sentence(do: Callable[[Work], None]) -> None:
    def work(claim: Claim) -> None:
        raise DomainError("The weights must add up to 100.", code="cannot_match")

    do(work)
    job = queued()
    run_job(job.pk)

    row = fresh(job)
    assert (row.state, row.attempt, row.error_code, row.error_text) == (
        State.FAILED,
        1,
        "cannot_match",
        "The weights must add up to 100.",
    )


@pytest.mark.parametrize("error", [DomainError("No."), RuntimeError("boom")])
@pytest.mark.django_db
def test_worker_that_was_overtaken_leaves_no_trace(
    do: Callable[[Work], None], clock: Clock, settings: Any, error: Exception
) -> None:
    def work(claim: Claim) -> None:
        clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))
        assert claim_job(claim.job_id)
        raise error

    do(work)
    job = queued()
    run_job(job.pk)

    row = fresh(job)
    assert (row.state, row.attempt, row.error_code) == (State.RUNNING, 2, "")


@pytest.mark.django_db
def test_job_whose_workers_always_die_ends_visibly(do: object, clock: Clock, settings: Any) -> None:
    job = queued()
    for _death in range(3):
        assert claim_job(job.pk)
        clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))
    assert claim_job(job.pk) is None

    dispatch_due()

    row = fresh(job)
    assert (row.state, row.error_code, row.lease_until) == (State.FAILED, "out_of_attempts", None)


@pytest.mark.django_db
def test_person_asks_for_another_try(do: Callable[[Work], None]) -> None:
    rosa = User.objects.create_user("rosa@example.org", name="Rosa")
    do(lambda claim: claim.complete())
    job = queued(state=State.FAILED, attempt=3, error_code="out_of_attempts", error_text="x", finished_at=now())

    again = retry_job(job=job, by=Actor.of(rosa))
    run_job(job.pk)

    assert (again.state, again.attempt, again.error_code, again.error_text) == (State.QUEUED, 0, "", "")
    assert fresh(job).state == State.DONE
    assert AuditEvent.objects.values_list("verb", "actor_id", "subject_id").get() == ("job.retried", rosa.pk, job.pk)


@pytest.mark.parametrize("state", [State.QUEUED, State.DONE])
@pytest.mark.django_db
def test_only_a_failed_job_is_tried_again(do: object, state: str) -> None:
    job = queued(state=state)

    with pytest.raises(Conflict):
        retry_job(job=job, by=SYSTEM)

    assert fresh(job).state == state


@pytest.mark.django_db
def test_job_whose_key_is_taken_meanwhile_is_not_tried_again(do: object) -> None:
    job = queued(state=State.FAILED, exclusive_key="cohort:1")
    queued(exclusive_key="cohort:1")

    with pytest.raises(Conflict) as conflict:
        retry_job(job=job, by=SYSTEM)

    assert conflict.value.code == "job_active"
    assert fresh(job).state == State.FAILED


# --- Dispatcher ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_dispatcher_sends_what_nobody_took(do: object, settings: Any) -> None:
    earlier = now() - timedelta(seconds=settings.JOB_DISPATCH_SECONDS + 1)
    never, lost = queued(), queued(sent_at=earlier)
    dead = running()
    Job.objects.filter(pk=dead.pk).update(lease_until=earlier, sent_at=earlier)
    just, held, over = queued(sent_at=now()), running(sent_at=earlier), queued(state=State.DONE, sent_at=earlier)
    before = {job.pk: fresh(job).sent_at for job in (never, lost, dead, just, held, over)}

    count = dispatch_due()

    sent = {pk for pk, at in before.items() if Job.objects.get(pk=pk).sent_at != at}
    assert (count, sent) == (3, {never.pk, lost.pk, dead.pk})


@pytest.mark.django_db
def test_sweep_that_breaks_stops_no_other(do: object) -> None:
    def broken() -> int:
        raise RuntimeError("boom")

    register_sweep("a-broken", broken)
    register_sweep("b-sound", lambda: 5)
    try:
        assert dispatch_due() == 5
    finally:
        del SWEEPS["a-broken"], SWEEPS["b-sound"]
