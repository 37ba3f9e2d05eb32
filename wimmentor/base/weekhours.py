"""Hours of a week, kept as `mon 18-20;sat 9-12`, as half-hour slots: Monday 00:00 is 0, the last is 335.

They are read as people write them, in five languages: "lunes a viernes de 18:00 a 20:00", "Mon–Fri 6pm-8pm". A figure
that says neither a.m. nor p.m. is one of 24 hours.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.dates import WEEKDAYS_ABBR

from wimmentor.base.phrases import Named, Phrase
from wimmentor.base.phrases import phrase as _
from wimmentor.base.weekwords import Time, Words, read_words

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOTS_A_DAY = 48
SLOTS_A_WEEK = 7 * SLOTS_A_DAY
# The kind under which a phrase says hours in the reader's language.
WEEK = "week"

_SAID = 60
_JOINED = r"[,&]{0,2}"
_SOME_DAYS = rf"(?:E|D(?:[-T]D)?(?:{_JOINED}D(?:[-T]D)?)*)(?!D)"
_SOME_HOURS = rf"(?:H[-T]H|BH&H)(?:{_JOINED}(?:H[-T]H|BH&H))*"
_GROUP = re.compile(rf"{_JOINED}(?P<days>{_SOME_DAYS}),?(?P<hours>{_SOME_HOURS})")
_HOURS_FIRST = re.compile(rf"(?P<hours>{_SOME_HOURS}),?(?P<days>{_SOME_DAYS})")
_BEGINS_WITH_DAYS = re.compile(_SOME_DAYS)
# Figures that many would write for an evening.
_EARLY, _EARLY_END = range(1, 8), 11


class Week(NamedTuple):
    """`is_doubtful`: some hours may be meant for the evening, as in "6-8"."""

    slots: frozenset[int]
    is_doubtful: bool


class UnreadWeek(ValueError):
    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_week(text: str) -> frozenset[int]:
    """UnreadWeek: a sentence that names the part which cannot be read."""
    return read_week(text).slots


@lru_cache(maxsize=2000)
def read_week(text: str) -> Week:
    slots: set[int] = set()
    is_doubtful = False
    for part in re.split(r"[;\n]", text):
        if part.strip():
            found, doubtful = _read_part(part.strip())
            slots |= found
            is_doubtful |= doubtful
    return Week(frozenset(slots), is_doubtful)


def _read_part(part: str) -> tuple[set[int], bool]:
    said = part if len(part) <= _SAID else f"{part[: _SAID - 1]}…"
    words = read_words(part)
    slots: set[int] = set()
    is_doubtful = False
    for group in _find_groups(words.signs, said):
        days = _list_days(words, *group.span("days"), said)
        for first, last in _list_times(words, *group.span("hours")):
            begin, end = _read_range(first, last, said)
            slots.update(day * SLOTS_A_DAY + slot for day in days for slot in range(begin, end))
            is_doubtful |= first.is_bare and last.is_bare and first.hour in _EARLY and last.hour <= _EARLY_END
    return slots, is_doubtful


def _find_groups(signs: str, said: str) -> list[re.Match[str]]:
    """Days with their hours, the days first; hours first only where it is all."""
    if first := _HOURS_FIRST.fullmatch(signs):
        return [first]
    groups: list[re.Match[str]] = []
    end = 0
    while end < len(signs):
        group = _GROUP.match(signs, end)
        if group is None and (groups or _BEGINS_WITH_DAYS.match(signs)):
            reason = _("“%(part)s” has hours that cannot be read. Write them like “18-20”.")
            raise UnreadWeek(reason % {"part": said})
        if group is None:
            example = {"part": said, "example": Named(WEEK, "mon 18-20")}
            raise UnreadWeek(_("“%(part)s” is not a day with hours. Write it like “%(example)s”.") % example)
        groups.append(group)
        end = group.end()
    return groups


def _list_days(words: Words, start: int, end: int, said: str) -> list[int]:
    if words.signs[start] == "E":
        return list(range(7))
    found: list[int] = []
    for place in range(start, end):
        day = words.values[place]
        if words.signs[place] != "D" or isinstance(day, Time):
            continue
        if place > start and words.signs[place - 1] in "-T":
            if day == found[-1]:
                raise UnreadWeek(_("“%(part)s” begins and ends on the same day.") % {"part": said})
            found += [(found[-1] + step) % 7 for step in range(1, (day - found[-1]) % 7 + 1)]
        else:
            found.append(day)
    return found


def _list_times(words: Words, start: int, end: int) -> list[tuple[Time, Time]]:
    times = [value for value in words.values[start:end] if isinstance(value, Time)]
    return list(zip(times[::2], times[1::2], strict=True))


def _read_range(first: Time, last: Time, said: str) -> tuple[int, int]:
    if last.half and not first.half:
        first = first._replace(half=last.half)
        if _slot(first, said) >= _slot(last, said, ends=True):
            raise _say_half_day(said)
    elif first.half and not last.half:
        raise _say_half_day(said)
    begin, end = _slot(first, said), _slot(last, said, ends=True)
    if end <= begin:
        example = {"part": said, "example": Named(WEEK, "fri 22-24;sat 0-2")}
        raise UnreadWeek(_("“%(part)s” ends before it begins. Split a night at midnight: “%(example)s”.") % example)
    return begin, end


def _say_half_day(said: str) -> UnreadWeek:
    return UnreadWeek(_("“%(part)s” says a.m. or p.m. for one of two times only.") % {"part": said})


def _slot(time: Time, said: str, *, ends: bool = False) -> int:
    hour = time.hour
    if time.half and hour == 12:
        hour = 12 if time.half == "p" else 24 if ends and not time.minute else 0
    elif time.half == "p" and 0 < hour < 12:
        hour += 12
    is_wrong_half = (time.half == "a" and time.hour > 12) or (time.half == "p" and time.hour == 0)
    minutes = hour * 60 + time.minute
    if is_wrong_half or minutes > 24 * 60 or time.minute not in (0, 30):
        raise UnreadWeek(_("“%(part)s” has a time that is not a full or half hour of a day.") % {"part": said})
    return minutes // 30


def format_week(slots: Iterable[int]) -> str:
    """The shortest text that `parse_week` reads as these slots."""
    return ";".join(f"{DAYS[day]} {','.join(ranges)}" for day, ranges in _list_ranges(slots))


def word_week(text: str) -> str:
    """Hours as they are kept, with the reader's names of days: so may she write them, too."""
    return "; ".join(f"{WEEKDAYS_ABBR[day]} {', '.join(ranges)}" for day, ranges in _list_ranges(parse_week(text)))


def _list_ranges(slots: Iterable[int]) -> list[tuple[int, list[str]]]:
    wanted = set(slots)
    by_day = [(day, {slot - day * SLOTS_A_DAY for slot in wanted if slot // SLOTS_A_DAY == day}) for day in range(7)]
    return [(day, [f"{_clock(first)}-{_clock(last)}" for first, last in _ranges(own)]) for day, own in by_day if own]


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
