"""A pair's dates as an iCalendar file: what the cohort fixed, and a first meeting as a suggestion."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from programmes.applications.models import Application
from programmes.mentorships.models import Mentorship
from programmes.mentorships.queries import person_of
from programmes.mentorships.sharing import other_side
from wimmentor.base import clock
from wimmentor.base.codes.places import offset_minutes
from wimmentor.base.phrases import say_fact
from wimmentor.base.weekhours import SLOTS_A_WEEK, parse_week, shift_to_utc

CALENDAR_TYPE = "text/calendar; charset=utf-8"
HALF_HOUR = timedelta(minutes=30)


def draw_calendar(mentorship: Mentorship, side: str) -> bytes:
    other = person_of(mentorship, other_side(side))
    programme = mentorship.cohort.programme.name
    calendar = Calendar()
    calendar.add("prodid", "-//Wimmentor//pair//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("%(programme)s with %(name)s") % {"programme": programme, "name": other.short_name})
    for name, summary, day in fixed_days(mentorship):
        calendar.add_component(_day_event(mentorship, name, say_fact(programme, summary), day))
    calendar.add_component(
        _meeting_event(mentorship, _("First meeting with %(name)s (suggested)") % {"name": other.short_name})
    )
    return bytes(calendar.to_ical())


def fixed_days(mentorship: Mentorship) -> list[tuple[str, str, date]]:
    """(name, in words, day) of the dates that the cohort has."""
    cohort = mentorship.cohort
    days = [
        ("kickoff", _("Kick-off"), cohort.kickoff_on),
        ("midpoint", _("Half-way"), cohort.midpoint_on),
        ("closing", _("Closing"), cohort.closing_on),
    ]
    return [(name, summary, day) for name, summary, day in days if day is not None]


def suggest_meeting(mentorship: Mentorship) -> datetime | date:
    """When hours that both named as free first begin, within 14 days of the kick-off; a whole day if there are none."""
    started = mentorship.started_at.date()
    first_day = max(mentorship.cohort.kickoff_on or started, started) + timedelta(days=1)
    base = datetime.combine(first_day, time(), UTC)
    shared = _free_slots(person_of(mentorship, "mentee"), base) & _free_slots(mentorship.mentor, base)
    begin = base.weekday() * 48
    for step in range(SLOTS_A_WEEK):
        slot = (begin + step) % SLOTS_A_WEEK
        if {slot, (slot + 1) % SLOTS_A_WEEK} <= shared and (slot - 1) % SLOTS_A_WEEK not in shared:
            return base + step * HALF_HOUR
    return first_day + timedelta(days=6)


def _free_slots(application: Application, when: datetime) -> frozenset[int]:
    """Half hours of a week in UTC; none where hours or zone are unknown."""
    try:
        offset = offset_minutes(application.time_zone, when) if application.time_zone else application.utc_offset_min
        return frozenset() if offset is None else shift_to_utc(parse_week(application.availability), offset)
    except ValueError:
        return frozenset()


def _day_event(mentorship: Mentorship, name: str, summary: str, day: date) -> Event:
    event = _event(mentorship, name, summary)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _meeting_event(mentorship: Mentorship, summary: str) -> Event:
    when = suggest_meeting(mentorship)
    if not isinstance(when, datetime):
        return _day_event(mentorship, "meeting", summary, when)
    event = _event(mentorship, "meeting", summary)
    event.add("dtstart", when)
    event.add("dtend", when + timedelta(hours=1))
    event.add("status", "TENTATIVE")
    return event


def _event(mentorship: Mentorship, name: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"pair-{mentorship.pk}-{name}@wimmentor")
    event.add("dtstamp", clock.now().replace(microsecond=0))
    event.add("summary", summary)
    return event
