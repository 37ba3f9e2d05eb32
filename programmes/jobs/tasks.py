from celery import shared_task

from programmes.jobs import domain


@shared_task(name="programmes.jobs.tasks.run_job", ignore_result=True)
def run_job(job_id: int) -> None:
    domain.run_job(job_id)


@shared_task(name="programmes.jobs.tasks.dispatch", ignore_result=True, acks_late=False)
def dispatch() -> None:
    domain.dispatch_due()
