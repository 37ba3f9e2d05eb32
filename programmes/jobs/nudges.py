"""Telling Celery that a row is due. Rows are the truth: a nudge that is lost costs a dispatcher's round."""

import logging
import time

from celery import current_app

log = logging.getLogger(__name__)
QUIET_SECONDS = 5.0
# One that is not down but hangs costs whoever asks it seconds: it is asked a tenth of the time at most.
QUIET_FACTOR = 10
MOST_QUIET_SECONDS = 60.0
_quiet_until: dict[str, float] = {}


def send_nudge(task: str, row_id: int) -> bool:
    """False if the broker did not take it. It is then left alone for a while: a hundred e-mails queued by one click
    must not wait for it a hundred times."""
    broker = str(current_app.conf.broker_url)
    if time.monotonic() < _quiet_until.get(broker, 0):
        return False
    started = time.monotonic()
    try:
        current_app.send_task(task, args=[row_id], retry=False)
    except Exception as error:
        log.warning("%s %s was not sent: %s", task, row_id, type(error).__name__)
        ended = time.monotonic()
        took = ended - started
        _quiet_until[broker] = ended + max(QUIET_SECONDS, min(QUIET_FACTOR * took, MOST_QUIET_SECONDS))
        return False
    return True
