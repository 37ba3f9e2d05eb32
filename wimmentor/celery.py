"""The Celery application. Messages only nudge: the job rows in the database are the truth (programmes/jobs)."""

import os
from typing import Any

from celery import Celery
from django.conf import settings
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wimmentor.settings")

TASK_LIMIT_SECONDS = 900
TRANSPORT: dict[str, dict[str, Any]] = {
    "redis": {
        # Above the task limit, else a long task runs twice; swept every 2 s, else a killed worker's task waits minutes.
        "visibility_timeout": TASK_LIMIT_SECONDS + 300,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        # A click on "Run matching" must not wait for a broker that is down: the dispatcher sends again.
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "max_retries": 0,
    },
    "memory": {"polling_interval": 0.1},
}


def configuration() -> dict[str, Any]:
    return {
        # A worker without --queues takes from both.
        "task_queues": [Queue(settings.CELERY_TASK_DEFAULT_QUEUE), Queue(settings.MAIL_QUEUE)],
        "task_routes": {"programmes.outbox.tasks.*": {"queue": settings.MAIL_QUEUE}},
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "task_time_limit": TASK_LIMIT_SECONDS,
        "worker_prefetch_multiplier": 1,
        "worker_redirect_stdouts": False,
        "worker_hijack_root_logger": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_timeout": 2,
        "broker_transport_options": TRANSPORT.get(settings.CELERY_BROKER_URL.split(":", 1)[0], {}),
        "beat_schedule": {
            "dispatch": {
                "task": "programmes.jobs.tasks.dispatch",
                "schedule": settings.JOB_DISPATCH_SECONDS,
                # Rounds that nobody took are worth nothing once the next one is due.
                "options": {"expires": settings.JOB_DISPATCH_SECONDS},
            }
        },
        "timezone": "UTC",
    }


app = Celery("wimmentor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.add_defaults(configuration)
app.autodiscover_tasks(["programmes", "matching", "inventory"])
