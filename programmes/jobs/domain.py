"""Enqueue, run, dispatch. The row is written with the request; Celery is only the nudge."""

import logging
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.jobs.claims import LeaseLost, claim_job
from programmes.jobs.models import Job
from programmes.jobs.nudges import send_nudge
from programmes.jobs.registry import KINDS, SWEEPS, Sweep
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError

log = logging.getLogger(__name__)
# Of a sweep after a restore, some hundred rows each: more than any site has, but an end.
MOST_ROUNDS = 10_000


def enqueue_job(*, kind: str, subject_id: int, by: Actor, exclusive_key: str = "") -> Job:
    """Write the row in the caller's transaction and nudge a worker after commit."""
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind, subject_id=subject_id, exclusive_key=exclusive_key, created_by_id=by.user_id
            )
    except IntegrityError as error:
        raise Conflict(_("This is being worked out already. One at a time."), code="job_active") from error
    transaction.on_commit(lambda: nudge(job.pk))
    return job


def nudge(job_id: int) -> bool:
    """Send the id to Celery. A broker that is down is no failure: the dispatcher sends it again."""
    if not send_nudge("programmes.jobs.tasks.run_job", job_id):
        return False
    Job.objects.filter(pk=job_id).update(sent_at=clock.database_now())
    return True


def run_job(job_id: int) -> None:
    claim = claim_job(job_id)
    if claim is None:
        return
    kind = Job.objects.values_list("kind", flat=True).get(pk=job_id)
    try:
        KINDS[kind](claim)
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job_id)
    except DomainError as error:
        with suppress(LeaseLost):
            claim.fail(error.code, str(error))
    except Exception:
        # The lease is given back at once; the dispatcher tries again until the attempts are used up.
        log.exception("job %s failed in attempt %s", job_id, claim.attempt)
        Job.objects.filter(pk=job_id, attempt=claim.attempt, state=Job.State.RUNNING).update(
            state=Job.State.QUEUED, lease_until=None, error_code="crashed"
        )
        end_hopeless_jobs()


def end_hopeless_jobs() -> int:
    """Jobs out of attempts end as failed, visible, with a retry button."""
    expired = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=clock.database_now())
    hopeless = Job.objects.filter(expired, attempt__gte=settings.JOB_MAX_ATTEMPTS)
    return hopeless.update(
        state=Job.State.FAILED, error_code="out_of_attempts", finished_at=clock.database_now(), lease_until=None
    )


@transaction.atomic
def retry_job(*, job: Job, by: Actor) -> Job:
    """A person asks for another try of a failed job."""
    failed = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    try:
        with transaction.atomic():
            changed = failed.update(
                state=Job.State.QUEUED, attempt=0, error_code="", error_text="", finished_at=None, lease_until=None
            )
    except IntegrityError as error:  # a newer job has taken its key
        raise Conflict(_("This is being worked out already. One at a time."), code="job_active") from error
    if not changed:
        raise Conflict(_("This is being tried again already."), code="job_active")
    record_event("job.retried", by=by, subject=job, kind=job.kind)
    transaction.on_commit(lambda: nudge(job.pk))
    job.refresh_from_db()
    return job


def resume_after_restore() -> int:
    """The workers of the time of the backup are gone, with their leases; what they had begun begins again."""
    Job.objects.filter(state=Job.State.RUNNING).update(state=Job.State.QUEUED, lease_until=None, sent_at=None)
    return Job.objects.filter(state=Job.State.QUEUED).count()


def sweep_after_restore(*, but: tuple[str, ...]) -> int:
    """What became due between backup and restore is done now, all of it, so that its letters are held with the others:
    what a sweep left for its next round would go twice."""
    return sum(_sweep_all(sweep) for sweep in SWEEPS.values() if sweep.name not in but)


def _sweep_all(sweep: Sweep) -> int:
    total = 0
    for _round in range(MOST_ROUNDS):
        done = sweep.run()
        total += done
        if not done:
            return total
    log.error("sweep %s found something to do in %s rounds", sweep.name, MOST_ROUNDS)
    return total


def dispatch_due() -> int:
    """Re-send queued and expired jobs, then let every sweep look after its rows. Called every few seconds."""
    end_hopeless_jobs()
    instant = clock.database_now()
    resend_before = instant - timedelta(seconds=settings.JOB_DISPATCH_SECONDS)
    queued = Q(state=Job.State.QUEUED) & (Q(sent_at=None) | Q(sent_at__lt=resend_before))
    expired = Q(state=Job.State.RUNNING, lease_until__lt=instant)
    sent = sum(nudge(job_id) for job_id in Job.objects.filter(queued | expired).values_list("pk", flat=True)[:200])
    for sweep in SWEEPS.values():
        try:
            sent += sweep.run()
        except Exception:
            log.exception("sweep %s failed", sweep.name)
    return sent
