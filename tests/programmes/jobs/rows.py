"""Rows of jobs in the states that a test wants."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from programmes.jobs.claims import Claim
from programmes.jobs.models import Job
from wimmentor.base.clock import now

KIND = "unit-test"
State = Job.State
Work = Callable[[Claim], None]


def queued(**values: Any) -> Job:
    return Job.objects.create(kind=KIND, subject_id=7, **values)


def running(**values: Any) -> Job:
    return queued(state=State.RUNNING, attempt=1, lease_until=now() + timedelta(seconds=60), **values)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
