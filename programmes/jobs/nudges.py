"""Telling Celery that a row is due. Rows are the truth: a nudge that is lost costs a dispatcher's round."""

import logging
import time

from celery import current_app

log = logging.getLogger(__name__)
QUIET_SECONDS = 5.0
# One that is not down but hangs costs whoever asks it seconds, so it is asked more rarely.
SLOW_SECONDS = 2.0
QUIET_SECONDS_OF_SLOW = 60.0
_quiet_until: dict[str, float] = {}


def send_nudge(task: str, *ids: int, expires: float | None = None) -> bool:
    """False if the broker did not take it. It is then left alone for a while: a hundred e-mails queued by one click
    must not wait for it a hundred times."""
    broker = str(current_app.conf.broker_url)
    if time.monotonic() < _quiet_until.get(broker, 0):
        return False
    started = time.monotonic()
    try:
        current_app.send_task(task, args=ids, retry=False, expires=expires)
    except Exception as error:
        log.warning("%s %s was not sent: %s", task, ids, type(error).__name__)
        ended = time.monotonic()
        _quiet_until[broker] = ended + (QUIET_SECONDS if ended - started < SLOW_SECONDS else QUIET_SECONDS_OF_SLOW)
        return False
    return True
