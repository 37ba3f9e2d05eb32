"""Instants and wall times, on the days when clocks change. Both databases tell the time alike."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from wimmentor.base import clock
from wimmentor.base.clock import database_now, instant_of, now, shifted, wall_of
from wimmentor.base.errors import DomainError


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.django_db
def test_database_tells_the_time_in_utc() -> None:
    before = datetime.now(UTC)

    instant = database_now()

    assert instant.tzinfo is UTC
    # SQLite counts milliseconds.
    assert before - timedelta(milliseconds=2) <= instant <= datetime.now(UTC) + timedelta(milliseconds=2)


@pytest.mark.django_db
def test_database_clock_goes_on_inside_a_transaction() -> None:
    first = database_now()
    time.sleep(0.01)  # SQLite's clock counts in thousandths

    assert database_now() > first


@pytest.mark.django_db
def test_shift_moves_both_clocks_and_adds_up_and_ends() -> None:
    real = datetime.now(UTC)

    with shifted(timedelta(days=2)), shifted(timedelta(hours=1)):
        moved = [now() - real, database_now() - real]
    after = now() - real

    assert [round(delta / timedelta(hours=1)) for delta in moved] == [49, 49]
    assert after < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("typed", "zone", "instant"),
    [
        ("2027-01-10T23:59", "Europe/London", "2027-01-10T23:59+00:00"),
        ("2027-07-10T23:59", "Europe/London", "2027-07-10T22:59+00:00"),
        ("2027-01-10T23:59", "America/Santiago", "2027-01-11T02:59+00:00"),
        ("2027-07-10T23:59", "America/Santiago", "2027-07-11T03:59+00:00"),
        ("2027-01-10T23:59", "Australia/Sydney", "2027-01-10T12:59+00:00"),
        ("2027-07-10T23:59", "Australia/Sydney", "2027-07-10T13:59+00:00"),
        ("2027-01-10T23:59", "Asia/Kolkata", "2027-01-10T18:29+00:00"),
        ("2027-03-28T02:30", "Asia/Kolkata", "2027-03-27T21:00+00:00"),
    ],
)
def test_wall_time_is_the_instant_in_its_zone_and_back(typed: str, zone: str, instant: str) -> None:
    found = instant_of(wall(typed), zone)

    assert found == datetime.fromisoformat(instant)
    assert wall_of(found, zone) == wall(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("2027-03-28T01:00", "Europe/London"),
        ("2027-03-28T01:30", "Europe/London"),
        ("2027-03-28T01:59", "Europe/London"),
        ("2027-09-05T00:00", "America/Santiago"),
        ("2027-09-05T00:30", "America/Santiago"),
        ("2027-10-03T02:00", "Australia/Sydney"),
        ("2027-10-03T02:59", "Australia/Sydney"),
    ],
)
def test_time_that_the_clocks_skip_is_refused(typed: str, zone: str) -> None:
    with pytest.raises(DomainError) as refusal:
        instant_of(wall(typed), zone)

    assert refusal.value.code == "no_such_time"
    assert str(refusal.value).startswith(f"{typed.replace('T', ' ')} does not exist in {zone}:")


@pytest.mark.parametrize(
    ("typed", "zone", "later"),
    [
        ("2027-10-31T01:30", "Europe/London", "2027-10-31T01:30+00:00"),
        ("2027-04-03T23:30", "America/Santiago", "2027-04-04T03:30+00:00"),
        ("2027-04-04T02:30", "Australia/Sydney", "2027-04-03T16:30+00:00"),
    ],
)
def test_time_that_the_clocks_show_twice_is_the_later_one(typed: str, zone: str, later: str) -> None:
    found = instant_of(wall(typed), zone)

    assert found == datetime.fromisoformat(later)
    assert wall_of(found - timedelta(hours=1), zone) == wall_of(found, zone) == wall(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("2027-03-28T00:59", "Europe/London"),
        ("2027-03-28T02:00", "Europe/London"),
        ("2027-10-31T00:59", "Europe/London"),
        ("2027-10-31T02:00", "Europe/London"),
        ("2027-09-04T23:59", "America/Santiago"),
        ("2027-09-05T01:00", "America/Santiago"),
        ("2027-04-04T00:00", "America/Santiago"),
        ("2027-10-03T01:59", "Australia/Sydney"),
        ("2027-10-03T03:00", "Australia/Sydney"),
        ("2027-04-04T03:00", "Australia/Sydney"),
    ],
)
def test_times_beside_the_change_are_as_typed(typed: str, zone: str) -> None:
    assert wall_of(instant_of(wall(typed), zone), zone) == wall(typed)


def test_shift_of_the_settings_counts(settings: object) -> None:
    settings.CLOCK_SHIFT_SECONDS = 7200  # type: ignore[attr-defined]

    assert round((clock.now() - datetime.now(UTC)).total_seconds() / 60) == 120
