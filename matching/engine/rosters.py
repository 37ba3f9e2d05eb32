"""Hours that hold on some days only: what two people share in an average week over the joint cycle of their rosters.

Where both are known, every day of the joint cycle is looked at; a day begins at midnight of each one's own clock.
Where somebody's first day on site is not known, each day counts for her with her share of free days, as if the two
rosters had nothing to do with each other. All of it is whole numbers; minutes a week are rounded half up, once.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .model import Mentee, Mentor, Person, Roster

DAYS: Final = 7
SLOTS_A_DAY: Final = 48
SLOT_MIN: Final = 30
DAY_MIN: Final = 1440


class FreeDays(NamedTuple):
    """How many of the Mondays, Tuesdays ... of so many weeks are free."""

    days: tuple[int, ...]
    weeks: int


class Layer(NamedTuple):
    """Hours whose day by her own clock is the same number of days off that of UTC, under a roster in days of UTC."""

    roster: Roster | None
    slots: frozenset[int]


def is_phase_known(roster: Roster | None) -> bool:
    return roster is None or roster.first_day_on is not None


def _join_cycles(*cycles: int) -> int:
    """Whole weeks, in days."""
    return int(np.lcm.reduce([*cycles, DAYS]))


def list_free_days(roster: Roster | None, length: int) -> NDArray[np.bool_]:
    """Of `length` days from a Monday on; of a known roster."""
    if roster is None or roster.first_day_on is None:
        return np.ones(length, dtype=np.bool_)
    # day 1, as date.toordinal() counts, is a Monday
    is_on = (np.arange(1, length + 1) - roster.first_day_on) % roster.cycle < roster.days_on
    return is_on if roster.free == "on" else ~is_on


def count_free_days(roster: Roster | None) -> FreeDays:
    if roster is None:
        return FreeDays((1,) * DAYS, 1)
    if roster.first_day_on is None:
        return FreeDays((roster.days_on if roster.free == "on" else roster.days_off,) * DAYS, roster.cycle)
    length = _join_cycles(roster.cycle)
    days = list_free_days(roster, length).reshape(-1, DAYS).sum(axis=0)
    return FreeDays(tuple(days.tolist()), length // DAYS)


@lru_cache(maxsize=4096)
def join_free_days(one: Roster | None, other: Roster | None) -> FreeDays:
    """Days on which both are free."""
    if one is not None and other is not None and is_phase_known(one) and is_phase_known(other):
        length = _join_cycles(one.cycle, other.cycle)
        both = list_free_days(one, length) & list_free_days(other, length)
        return FreeDays(tuple(both.reshape(-1, DAYS).sum(axis=0).tolist()), length // DAYS)
    mine, hers = count_free_days(one), count_free_days(other)
    return FreeDays(tuple(a * b for a, b in zip(mine.days, hers.days, strict=True)), mine.weeks * hers.weeks)


def split_layers(person: Person) -> list[Layer]:
    """One layer, or two where hours lie on both sides of midnight UTC and it matters on which day they are."""
    roster = person.roster
    if roster is None or roster.first_day_on is None:
        return [Layer(roster, person.availability)]
    by_shift: dict[int, set[int]] = {}
    for slot in person.availability:
        shift = (slot % SLOTS_A_DAY * SLOT_MIN + (person.utc_offset_min or 0)) // DAY_MIN
        by_shift.setdefault(shift, set()).add(slot)
    return [Layer(_turn(roster, shift), frozenset(slots)) for shift, slots in sorted(by_shift.items())]


def _turn(roster: Roster, shift: int) -> Roster:
    """The same roster for somebody whose days begin `shift` days earlier; its first day on is in the first cycle."""
    first = ((roster.first_day_on or 0) - shift) % roster.cycle
    return Roster(days_on=roster.days_on, days_off=roster.days_off, first_day_on=first, free=roster.free)


def measure_minutes(mentee: Mentee, mentor: Mentor) -> int:
    """Shared minutes of an average week."""
    if mentee.roster is None and mentor.roster is None:
        return SLOT_MIN * len(mentee.availability & mentor.availability)
    total, weeks = 0, 1
    for one in split_layers(mentee):
        for other in split_layers(mentor):
            # the layers of a person differ in where their days begin, so the number of weeks is the same for all
            days, weeks = join_free_days(one.roster, other.roster)
            total += sum(days[slot // SLOTS_A_DAY] for slot in one.slots & other.slots)
    return round_minutes(total, weeks)


def round_minutes(slots: int, weeks: int) -> int:
    return (2 * SLOT_MIN * slots + weeks) // (2 * weeks)


def tabulate_free_days(
    ones: Sequence[Roster | None], others: Sequence[Roster | None]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """`join_free_days` of all of these: days (ones x others x 7) and weeks (ones x others)."""
    mine, hers = ([count_free_days(roster) for roster in side] for side in (ones, others))
    days = np.array([free.days for free in mine], np.int32)[:, None] * np.array([free.days for free in hers], np.int32)
    weeks = np.array([free.weeks for free in mine], np.int32)[:, None] * np.array(
        [free.weeks for free in hers], np.int32
    )
    for cycle, rows in _group_by_cycle(ones).items():
        for other_cycle, columns in _group_by_cycle(others).items():
            length = _join_cycles(cycle, other_cycle)
            one = np.array([list_free_days(ones[row], length) for row in rows], np.float32)
            other = np.array([list_free_days(others[column], length) for column in columns], np.float32)
            for day in range(DAYS):
                # counts of days are far below 2**24, so that sums of 0 and 1 in float32 are exact
                days[np.ix_(rows, columns, [day])] = (one[:, day::DAYS] @ other[:, day::DAYS].T)[:, :, None]
            weeks[np.ix_(rows, columns)] = length // DAYS
    return days, weeks


def _group_by_cycle(rosters: Sequence[Roster | None]) -> dict[int, list[int]]:
    """Positions of those in which it is known where somebody is, by length."""
    found: dict[int, list[int]] = {}
    for position, roster in enumerate(rosters):
        if roster is not None and roster.first_day_on is not None:
            found.setdefault(roster.cycle, []).append(position)
    return found
