from celery import shared_task

from programmes.outbox import domain


@shared_task(name="programmes.outbox.tasks.send_email", ignore_result=True)
def send_email(email_id: int) -> None:
    domain.send_email(email_id=email_id)


@shared_task(name="programmes.outbox.tasks.send_due_emails", ignore_result=True, acks_late=False)
def send_due_emails() -> None:
    domain.send_due_emails()
