from celery import shared_task

from programmes.outbox import domain


@shared_task(name="programmes.outbox.tasks.send_email", ignore_result=True)
def send_email(email_id: int) -> None:
    domain.send_email(email_id=email_id)
