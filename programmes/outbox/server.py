"""The mail server as senders know it: which failures pass, and whether it hangs and is left alone for a while."""

import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

from wimmentor.base import clock

RESTING = "outbox:resting"
# One that answers nothing holds its sender for EMAIL_TIMEOUT; then all leave it alone for this long.
REST = timedelta(seconds=30)
SLOW_SECONDS = 2.0
# A person waits in front of the page: she hears sooner that it did not work.
AWAITED_SECONDS = 8


class Resting(OSError):
    """It hung a moment ago, and nobody waits for it again so soon."""


def patience(*, is_awaited: bool) -> int:
    """Seconds for each step of the conversation. Raises Resting where a person would wait for nothing."""
    if is_awaited and is_resting():
        raise Resting("The mail server does not answer.")
    return min(settings.EMAIL_TIMEOUT, AWAITED_SECONDS) if is_awaited else settings.EMAIL_TIMEOUT


@contextmanager
def watched() -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    except OSError as error:
        if is_away(error) and time.monotonic() - started > SLOW_SECONDS:
            until = clock.database_now() + REST
            cache.set(RESTING, until.isoformat(), timeout=2 * REST.seconds)
        raise


def is_resting() -> bool:
    until = cache.get(RESTING)
    return until is not None and clock.database_now() < datetime.fromisoformat(until)


def is_away(error: Exception) -> bool:
    """It is about the server, not about this e-mail."""
    about_this_one = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(error, OSError) and not isinstance(error, about_this_one)


def may_pass(error: Exception) -> bool:
    """Worth asking again tomorrow: it is away, or said 4xx."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code < 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code < 500
    return is_away(error)
