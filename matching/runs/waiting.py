import time

from django.utils.translation import gettext as _

from matching.runs.models import MatchingRun
from programmes.jobs.domain import run_job
from wimmentor.base.errors import DomainError


def wait_for_run(run: MatchingRun, *, seconds: float = 1800, poll: float = 0.5) -> MatchingRun:
    """The run with its result; a DomainError with the reason where its job failed.

    Whoever waits is a worker too: the claim decides which one does the job, so no other process need run.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        run_job(run.job_id)
        fresh = (
            MatchingRun.objects.select_related("job", "cohort__programme__organisation").defer("input").get(pk=run.pk)
        )
        if fresh.is_finished:
            return fresh
        if fresh.job.state == "failed":
            raise DomainError(fresh.job.error_text or fresh.job.error_code, code=fresh.job.error_code)
        time.sleep(poll)
    raise DomainError(_("No result after %(seconds)s seconds; the run goes on.") % {"seconds": seconds}, code="slow")
