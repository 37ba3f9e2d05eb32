"""Opening, closing, the deadline of an offer and its reminder, around every change of the clocks: forty instants that
were worked out by hand from the offsets, not by the library that the site uses."""

from datetime import UTC, datetime, timedelta

import pytest

from matching.board.domain.expiry import REMIND_BEFORE
from matching.board.models import Offer
from matching.board.offer_queries import offers_to_remind
from programmes.cohorts.blueprints import Calendar
from programmes.cohorts.domain.calendars import columns_of
from programmes.cohorts.models import Cohort
from tests.matching.board.cast import accept, make_cohort
from wimmentor.base.clock import instant_of

# Zone, the Sunday on which the clocks change (any day where they never do), hours from UTC before and after.
CHANGES = [
    ("Europe/London", "2027-03-28", 0, 1),
    ("Europe/London", "2027-10-31", 1, 0),
    ("America/Santiago", "2027-04-04", -3, -4),
    ("America/Santiago", "2027-09-05", -4, -3),
    ("Australia/Sydney", "2027-04-04", 11, 10),
    ("Australia/Sydney", "2027-10-03", 10, 11),
    ("Asia/Kolkata", "2027-03-28", 5.5, 5.5),
    ("Asia/Kolkata", "2027-10-31", 5.5, 5.5),
    ("America/Lima", "2027-04-04", -5, -5),
    ("America/Lima", "2027-09-05", -5, -5),
]
changes = pytest.mark.parametrize(("zone", "day", "before", "after"), CHANGES)


def wall(day: str, days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day) + timedelta(days=days, hours=hour, minutes=minute)


def by_hand(local: datetime, hours: float) -> datetime:
    return (local - timedelta(hours=hours)).replace(tzinfo=UTC)


@changes
def test_applications_open_and_close_on_the_second(zone: str, day: str, before: float, after: float) -> None:
    opens, closes = wall(day, -1, 9), wall(day, 1, 23, 59)
    cohort = Cohort(phase=Cohort.Phase.OPEN, **columns_of(Calendar(time_zone=zone, opens=opens, closes=closes)))
    opened, closed = by_hand(opens, before), by_hand(closes, after)
    second = timedelta(seconds=1)

    assert (cohort.opens_at, cohort.closes_at) == (opened, closed)
    moments = (opened - second, opened, closed - second, closed)
    assert [cohort.takes_applications(moment) for moment in moments] == [False, True, True, False]


@pytest.mark.django_db
@changes
def test_offers_end_and_remind_on_the_second(zone: str, day: str, before: float, after: float) -> None:
    sent, deadline = wall(day, -1, 12), wall(day, 1, 18)
    cohort = make_cohort()
    offer = Offer.objects.create(
        cohort=cohort,
        mentee=accept(cohort, "Ana Rojas", "mentee"),
        mentor=accept(cohort, "Julia Rey", "mentor", places_taken=1),
        points=1,
        sent_at=instant_of(sent, zone),
        deadline=instant_of(deadline, zone),
    )
    began, ends = by_hand(sent, before), by_hand(deadline, after)
    # Half of the time that really passes, not of what the clocks on the wall say.
    half, second = began + (ends - began) / 2, timedelta(seconds=1)

    due = [offers_to_remind(moment, moment + REMIND_BEFORE).exists() for moment in (half - second, half)]

    assert (offer.deadline, due) == (ends, [False, True])
