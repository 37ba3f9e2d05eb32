"""Typed wall times become columns: the instant beside what was typed."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.cohorts.blueprints import DAY_FIELDS, Calendar
from programmes.cohorts.models import Cohort
from wimmentor.base.clock import instant_of
from wimmentor.base.codes.places import is_time_zone
from wimmentor.base.errors import DomainError

WALL = "%Y-%m-%dT%H:%M"


def columns_of(calendar: Calendar) -> dict[str, Any]:
    if not is_time_zone(calendar.time_zone):
        raise DomainError(_("Choose a time zone from the list."), code="no_such_zone", field="time_zone")
    opens_at, opens_wall = read_wall(calendar.opens, calendar.time_zone, field="opens")
    closes_at, closes_wall = read_wall(calendar.closes, calendar.time_zone, field="closes")
    if closes_at <= opens_at:
        raise DomainError(_("Applications must close after they open."), code="closes_first", field="closes")
    check_order(calendar.closes.date(), calendar.days())
    return {
        "time_zone": calendar.time_zone,
        "opens_at": opens_at,
        "opens_wall": opens_wall,
        "closes_at": closes_at,
        "closes_wall": closes_wall,
        **calendar.days(),
    }


def read_wall(wall: datetime, zone: str, *, field: str) -> tuple[datetime, str]:
    wall = wall.replace(second=0, microsecond=0)
    try:
        return instant_of(wall, zone), wall.strftime(WALL)
    except DomainError as error:
        raise DomainError(error.message, code=error.code, field=field) from error


def check_order(closes_on: date, days: dict[str, date | None]) -> None:
    """Days that are not set yet are left out."""
    earlier, word = closes_on, _("the deadline")
    for name in DAY_FIELDS:
        day = days.get(name)
        if day is None:
            continue
        if day < earlier:
            raise DomainError(
                _("This day lies before %(earlier)s. Choose a later one.") % {"earlier": word},
                code="days_out_of_order",
                field=name,
            )
        earlier, word = day, WORDS[name]


WORDS = {
    "decisions_on": _("the day of the decisions"),
    "matching_on": _("the day of matching"),
    "offers_on": _("the day on which offers go out"),
    "answers_by": _("the last day to answer"),
    "kickoff_on": _("the kick-off"),
    "midpoint_on": _("the mid-point"),
    "closing_on": _("the closing"),
}


def calendar_of(cohort: Cohort) -> Calendar:
    return Calendar(
        time_zone=cohort.time_zone,
        opens=datetime.strptime(cohort.opens_wall, WALL),  # noqa: DTZ007 - a wall time has no zone
        closes=datetime.strptime(cohort.closes_wall, WALL),  # noqa: DTZ007
        **{name: getattr(cohort, name) for name in DAY_FIELDS},
    )
