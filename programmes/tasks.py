from programmes.jobs.tasks import dispatch, run_job
from programmes.outbox.tasks import send_email

__all__ = ["dispatch", "run_job", "send_email"]
