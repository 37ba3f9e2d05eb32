from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import Mentee, Mentor, Part, Roster, Settings, find_broken_rules, score_pair
from matching.engine.rosters import measure_minutes
from tests.matching.engine.cohorts import make_mentee, make_mentor

# An hour at noon UTC on each day of the week.
DAILY = frozenset(48 * day + slot for day in range(7) for slot in (24, 25))
MONDAY = date(2027, 1, 4).toordinal()
ROSTER_14_7 = Roster(days_on=14, days_off=7, first_day_on=MONDAY)


def pair(mentee: dict[str, Any], mentor: dict[str, Any]) -> tuple[Mentee, Mentor]:
    return make_mentee(**{"availability": DAILY, **mentee}), make_mentor(**{"availability": DAILY, **mentor})


def part_of(mentee: dict[str, Any], mentor: dict[str, Any]) -> Part:
    score = score_pair(*pair(mentee, mentor), Settings())
    return {part.criterion: part for part in score.parts}["availability"]


def walk_days(mentee: Mentee, mentor: Mentor, days: Iterable[int]) -> Fraction:
    """Minutes of an average week, looked up half-hour by half-hour on each UTC day (as ordinals)."""
    shared, days = 0, list(days)
    for day in days:
        for slot in (mentee.availability & mentor.availability) & set(
            range((day - 1) % 7 * 48, (day - 1) % 7 * 48 + 48)
        ):
            shared += all(_is_free(person, day, slot % 48) for person in (mentee, mentor))
    return Fraction(30 * 7 * shared, len(days))


def _is_free(person: Mentee | Mentor, day: int, slot: int) -> bool:
    roster = person.roster
    if roster is None or roster.first_day_on is None:
        return True
    own_day = day + (30 * slot + (person.utc_offset_min or 0)) // 1440
    is_on = (own_day - roster.first_day_on) % (roster.days_on + roster.days_off) < roster.days_on
    return is_on == (roster.free == "on")


@pytest.mark.parametrize(
    ("mentee", "mentor", "minutes"),
    [
        (None, None, 420),
        (ROSTER_14_7, None, 140),
        (Roster(days_on=14, days_off=7, first_day_on=MONDAY, free="on"), None, 280),
        (ROSTER_14_7, ROSTER_14_7, 140),
        (ROSTER_14_7, Roster(days_on=14, days_off=7, first_day_on=MONDAY + 7), 0),
        (ROSTER_14_7, Roster(days_on=14, days_off=7, first_day_on=MONDAY + 3), 80),
        # free on 7 days of 21 and on 7 of 14: together on 7 of the 42 days of the joint cycle
        (ROSTER_14_7, Roster(days_on=7, days_off=7, first_day_on=MONDAY), 70),
        (Roster(days_on=14, days_off=7), None, 140),
        (Roster(days_on=14, days_off=7), Roster(days_on=14, days_off=7), 47),
        (Roster(days_on=14, days_off=7), ROSTER_14_7, 47),
    ],
)
def test_minutes_of_an_average_week(mentee: Roster | None, mentor: Roster | None, minutes: int) -> None:
    assert measure_minutes(*pair({"roster": mentee}, {"roster": mentor})) == minutes


def test_days_begin_at_her_own_midnight() -> None:
    """Sunday 21:00 in Lima is Monday 02:00 UTC: it is the last evening of a roster that ends on Sunday."""
    fri_to_sun = Roster(days_on=4, days_off=3, first_day_on=MONDAY)
    sunday_evening = frozenset({4, 5})

    minutes = [
        measure_minutes(
            *pair(
                {"roster": fri_to_sun, "utc_offset_min": offset, "availability": sunday_evening},
                {"availability": sunday_evening},
            )
        )
        for offset in (-300, 0)
    ]

    assert minutes == [60, 0]


ROSTERS = st.none() | st.builds(
    Roster,
    days_on=st.integers(1, 9),
    days_off=st.integers(1, 9),
    first_day_on=st.integers(MONDAY, MONDAY + 20),
    free=st.sampled_from(["on", "off"]),
)
PEOPLE = st.fixed_dictionaries(
    {
        "roster": ROSTERS,
        "utc_offset_min": st.none() | st.sampled_from([-1440, -720, -300, 0, 345, 840, 1440]),
        "availability": st.frozensets(st.sampled_from([0, 1, 5, 24, 47, 48, 95, 300, 335]), min_size=1),
    }
)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(PEOPLE, PEOPLE)
def test_minutes_are_those_of_a_walk_through_the_joint_cycle(one: dict[str, Any], other: dict[str, Any]) -> None:
    mentee, mentor = pair(one, other)
    length = 7
    for roster in (mentee.roster, mentor.roster):
        length *= roster.days_on + roster.days_off if roster else 1

    exact = walk_days(mentee, mentor, range(MONDAY, MONDAY + length))

    assert measure_minutes(mentee, mentor) == int(exact + Fraction(1, 2))


def test_messages_tell_the_truth() -> None:
    unknown = Roster(days_on=14, days_off=7)

    parts = [part_of({"roster": ROSTER_14_7}, {}), part_of({"roster": ROSTER_14_7}, {"roster": unknown})]

    rosters = {"minutes": 140, "named": 420, "rosters": ["mentee"]}
    assumed = {"minutes": 47, "named": 420, "rosters": ["mentee", "mentor"], "assumed": ["mentor"]}
    assert parts == [
        Part("availability", 6, 58, 348, "availability.rosters", rosters),
        Part("availability", 6, 20, 120, "availability.rosters_assumed", assumed),
    ]


def test_hours_that_never_meet_and_hours_that_are_not_named() -> None:
    opposite = Roster(days_on=14, days_off=7, first_day_on=MONDAY + 7)

    never = part_of({"roster": ROSTER_14_7}, {"roster": opposite})
    other_hours = part_of({"roster": ROSTER_14_7}, {"availability": frozenset({0})})
    unnamed = part_of({"roster": ROSTER_14_7, "availability": frozenset()}, {})

    assert (never.score, never.code, never.values["minutes"]) == (0, "availability.rosters", 0)
    assert (other_hours.score, other_hours.code) == (0, "availability.none")
    assert (unnamed.score, unnamed.code) == (50, "availability.unknown")


def test_rule_counts_the_average_week() -> None:
    """Two hours are asked for; seven a week are named, of which 140 minutes remain, and 47 with a second roster."""
    rules = Settings(hard=frozenset({"overlap"}))
    unknown = Roster(days_on=14, days_off=7)

    one = find_broken_rules(*pair({"roster": unknown}, {}), rules)
    both = find_broken_rules(*pair({"roster": unknown}, {"roster": unknown}), rules)

    assert (one, both) == ((), ("overlap",))


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.integers(2, 30), st.booleans(), st.none() | st.just(MONDAY), ROSTERS)
def test_fewer_free_days_never_score_more(cycle: int, on_site: bool, first: int | None, other: Roster | None) -> None:
    """The same cycle with more and more free days, of one who is free at home or on site; then free every day."""
    free = "on" if on_site else "off"
    turns = [(n, cycle - n) if on_site else (cycle - n, n) for n in range(1, cycle)]
    rosters = [Roster(days_on=on, days_off=off, first_day_on=first, free=free) for on, off in turns]

    scores = [part_of({"roster": roster}, {"roster": other}).score for roster in [*rosters, None]]

    assert scores == sorted(scores)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(ROSTERS, ROSTERS, st.integers(0, 12))
def test_less_time_never_scores_more_under_rosters(one: Roster | None, other: Roster | None, hours: int) -> None:
    named = sorted(DAILY)

    scores = [
        part_of({"roster": one, "availability": frozenset(named[: n + 1])}, {"roster": other}).score
        for n in range(hours + 1)
    ]

    assert scores == sorted(scores)
