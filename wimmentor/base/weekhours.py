"""Hours of a week, written `mon 18-20;sat 9-12`, as half-hour slots: Monday 00:00 is 0, the last is 335."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SLOTS_A_DAY = 48
SLOTS_A_WEEK = 7 * SLOTS_A_DAY

_PART = re.compile(r"([a-z]+)\.?\s+(\d.*)")
_RANGE = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?")


def parse_week(text: str) -> frozenset[int]:
    """ValueError: a sentence that names the part which cannot be read."""
    slots: set[int] = set()
    for part in text.casefold().replace("–", "-").replace("\xa0", " ").split(";"):
        if part.strip():
            slots |= _parse_part(part.strip())
    return frozenset(slots)


def _parse_part(part: str) -> set[int]:
    found = _PART.fullmatch(part)
    day = _day_number(found[1]) if found else None
    if found is None or day is None:
        raise ValueError(gettext("“%(part)s” is not a day with hours. Write it like “mon 18-20”.") % {"part": part})
    slots: set[int] = set()
    for hours in re.split(r"\s*,\s*|(?<=\d)\s+(?=\d)", found[2].strip()):
        first, last = _parse_range(hours, part)
        slots.update(range(day * SLOTS_A_DAY + first, day * SLOTS_A_DAY + last))
    return slots


def _day_number(word: str) -> int | None:
    """Any beginning of an English day name from three letters on: mon, tues, thursday."""
    matches = [number for number, day in enumerate(DAYS) if day.startswith(word)] if len(word) >= 3 else []
    return matches[0] if matches else None


def _parse_range(hours: str, part: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(hours)
    if found is None:
        raise ValueError(gettext("“%(part)s” has hours that cannot be read. Write them like “18-20”.") % {"part": part})
    first = _slot(found[1], found[2], part)
    last = _slot(found[3], found[4], part)
    if last <= first:
        raise ValueError(
            gettext("“%(part)s” ends before it begins. Split a night at midnight: “fri 22-24;sat 0-2”.")
            % {"part": part}
        )
    return first, last


def _slot(hour: str, minute: str | None, part: str) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > 24 * 60 or int(minute or 0) not in (0, 30):
        raise ValueError(gettext("“%(part)s” has a time that is not a full or half hour of a day.") % {"part": part})
    return minutes // 30


def format_week(slots: Iterable[int]) -> str:
    """The shortest text that `parse_week` reads as these slots."""
    wanted = set(slots)
    parts = []
    for day, name in enumerate(DAYS):
        ranges = _ranges({slot - day * SLOTS_A_DAY for slot in wanted if slot // SLOTS_A_DAY == day})
        if ranges:
            parts.append(f"{name[:3]} " + ",".join(f"{_clock(first)}-{_clock(last)}" for first, last in ranges))
    return ";".join(parts)


def _ranges(slots: set[int]) -> list[tuple[int, int]]:
    starts = sorted(slot for slot in slots if slot - 1 not in slots)
    ends = sorted(slot + 1 for slot in slots if slot + 1 not in slots)
    return list(zip(starts, ends, strict=True))


def _clock(slot: int) -> str:
    return f"{slot // 2}:30" if slot % 2 else str(slot // 2)


def shift_to_utc(slots: Iterable[int], offset_min: int) -> frozenset[int]:
    """Local slots as slots of the UTC week; `offset_min` is minutes east of UTC. Sunday night may become Monday.

    A quarter-hour zone (Nepal) counts as its half hour before: 15 minutes do not decide a meeting.
    """
    return frozenset((slot - offset_min // 30) % SLOTS_A_WEEK for slot in slots)
