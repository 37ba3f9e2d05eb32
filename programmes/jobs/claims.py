"""A worker's hold on a job: taken by a conditional update, kept by beats, checked when the result is written."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q

from programmes.jobs.models import Job
from wimmentor.base import clock


class LeaseLost(Exception):
    """Another worker has the job now; this one must write nothing."""


@dataclass(frozen=True)
class Claim:
    job_id: int
    attempt: int
    subject_id: int

    def beat(self, *, done: int | None = None, total: int | None = None, stage: str | None = None) -> None:
        changes: dict[str, object] = {
            "lease_until": clock.database_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        }
        for name, value in (("progress_done", done), ("progress_total", total), ("progress_stage", stage)):
            if value is not None:
                changes[name] = value
        self._update(**changes)

    def complete(self) -> None:
        """Call inside the transaction that writes the result: raises LeaseLost, which rolls the result back."""
        self._update(state=Job.State.DONE, finished_at=clock.database_now(), lease_until=None)

    def fail(self, code: str, text: str = "") -> None:
        """End for good: the work can never succeed (bad input), a retry is a person's decision."""
        self._update(
            state=Job.State.FAILED,
            error_code=code,
            error_text=text[:2000],
            finished_at=clock.database_now(),
            lease_until=None,
        )

    def _update(self, **changes: object) -> None:
        held = Job.objects.filter(pk=self.job_id, attempt=self.attempt, state=Job.State.RUNNING)
        if not held.update(**changes):
            raise LeaseLost(f"job {self.job_id}, attempt {self.attempt}")


def claim_job(job_id: int) -> Claim | None:
    """One worker gets the job, the others None."""
    instant = clock.database_now()
    due = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=instant)
    taken = Job.objects.filter(due, pk=job_id, attempt__lt=settings.JOB_MAX_ATTEMPTS).update(
        state=Job.State.RUNNING,
        attempt=F("attempt") + 1,
        lease_until=instant + timedelta(seconds=settings.JOB_LEASE_SECONDS),
        started_at=instant,
        progress_done=0,
        progress_stage="",
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    return Claim(job.pk, job.attempt, job.subject_id)
