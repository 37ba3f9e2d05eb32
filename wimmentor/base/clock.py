"""Time. Decisions compare with the database's clock, once, inside the write transaction; pages use `now()`.

Instants are UTC; a wall time is kept as typed with its IANA zone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from wimmentor.base.errors import DomainError

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))


def _shifted_by() -> timedelta:
    return _shift.get() + timedelta(seconds=settings.CLOCK_SHIFT_SECONDS)


def now() -> datetime:
    return datetime.now(UTC) + _shifted_by()


def database_now() -> datetime:
    if connection.vendor == "postgresql":
        sql = "SELECT clock_timestamp()"
    else:
        sql = "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        value = cursor.fetchone()[0]
    instant = datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)
    return instant + _shifted_by()


@contextmanager
def shifted(delta: timedelta) -> Iterator[None]:
    """Tests only: move both clocks by `delta`."""
    token = _shift.set(_shift.get() + delta)
    try:
        yield
    finally:
        _shift.reset(token)


def instant_of(wall: datetime, zone: str) -> datetime:
    """The UTC instant of a naive wall time. A time that the clocks skip is refused; one that they show twice
    takes the later instant, which is the kind reading of a deadline."""
    local = ZoneInfo(zone)
    later = wall.replace(tzinfo=local, fold=1).astimezone(UTC)
    if later.astimezone(local).replace(tzinfo=None) != wall:
        raise DomainError(
            _("%(time)s does not exist in %(zone)s: the clocks skip it that day. Choose another time.")
            % {"time": wall.strftime("%Y-%m-%d %H:%M"), "zone": zone},
            code="no_such_time",
        )
    return later


def wall_of(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
