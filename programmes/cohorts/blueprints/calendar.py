"""The six-month calendar: fixed distances from the kick-off, squeezed where the kick-off is near."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from wimmentor.base.errors import DomainError

# Days before the kick-off.
LEAD_DAYS = 119
DAYS_BEFORE = {"closes": 50, "decisions_on": 35, "matching_on": 28, "offers_on": 21, "answers_by": 14}
SHORTEST_LEAD_DAYS = 21
OPENS_AT = time(9, 0)
CLOSES_AT = time(23, 59)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Wall times (naive) in `time_zone`, an IANA name, and days there."""

    time_zone: str
    opens: datetime
    closes: datetime
    decisions_on: date | None = None
    matching_on: date | None = None
    offers_on: date | None = None
    answers_by: date | None = None
    kickoff_on: date | None = None
    midpoint_on: date | None = None
    closing_on: date | None = None

    def days(self) -> dict[str, date | None]:
        """The days after the deadline, in the order in which they must come."""
        return {name: getattr(self, name) for name in DAY_FIELDS}


DAY_FIELDS = (
    "decisions_on",
    "matching_on",
    "offers_on",
    "answers_by",
    "kickoff_on",
    "midpoint_on",
    "closing_on",
)


def propose_calendar(first_day: date, *, time_zone: str, months: int = 6) -> Calendar:
    """From the day on which applications open."""
    return _calendar(first_day, first_day + timedelta(days=LEAD_DAYS), time_zone, months)


def propose_calendar_to(kickoff_on: date, *, today: date, time_zone: str, months: int = 6) -> Calendar:
    """Backwards from the kick-off; where that is near, all distances shrink alike and applications open today."""
    lead = (kickoff_on - today).days
    if lead < SHORTEST_LEAD_DAYS:
        raise DomainError(
            _("This kick-off leaves less than three weeks to find and match people. Choose a later day."),
            code="kickoff_too_near",
            field="first_day",
        )
    return _calendar(kickoff_on - timedelta(days=min(lead, LEAD_DAYS)), kickoff_on, time_zone, months)


def _calendar(opens_on: date, kickoff_on: date, time_zone: str, months: int) -> Calendar:
    lead = (kickoff_on - opens_on).days
    days = {name: kickoff_on - timedelta(days=before * lead // LEAD_DAYS) for name, before in DAYS_BEFORE.items()}
    weeks = round(months * 52 / 12)
    return Calendar(
        time_zone=time_zone,
        opens=datetime.combine(opens_on, OPENS_AT),
        closes=datetime.combine(days.pop("closes"), CLOSES_AT),
        kickoff_on=kickoff_on,
        midpoint_on=kickoff_on + timedelta(weeks=weeks // 2),
        closing_on=kickoff_on + timedelta(weeks=weeks),
        **days,
    )
