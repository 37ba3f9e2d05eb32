"""Everything that makes a cohort impossible to match, found before anything is computed."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from .codes import ALWAYS_ON, SWITCHABLE
from .model import (
    DEFAULT_WEIGHTS,
    FAIRNESS,
    GENDERS,
    OWN_KINDS,
    OWN_PREFIX,
    RANKINGS,
    SLOTS_PER_WEEK,
    CohortError,
    Mentee,
    Mentor,
    Person,
    Problem,
    Roster,
    Settings,
)
from .rules import find_broken_rules

MAX_CAPACITY: Final = 50
TOP_POINTS: Final = 10_000
MAX_BANDS: Final = 10
MAX_MONTHS: Final = 1200
MAX_OFFSET_MIN: Final = 1440
MAX_ROSTER_DAYS: Final = 60
MAX_EXTRA: Final = 50
_LAST_DAY: Final = 3_652_059  # date.max.toordinal()
# keeps every cost of the flow far below 2**62, see flow.py
MAX_PEOPLE: Final = 20_000
_SLOTS: Final = frozenset(range(SLOTS_PER_WEEK))


def refuse_unsound(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, *, locks: bool = True
) -> None:
    """Raise CohortError with every problem. `locks=False` leaves the locked pairs unexamined."""
    problems = [*find_people_problems(mentees), *find_people_problems(mentors), *find_settings_problems(settings)]
    if locks:
        # the rules can be asked only of sound people and settings
        problems += find_lock_problems(mentees, mentors, settings, with_rules=not problems)
    if problems:
        raise CohortError(problems)


def find_people_problems(people: Sequence[Person]) -> Iterator[Problem]:
    if len(people) > MAX_PEOPLE:
        yield Problem("", "people", "too_many_people", f"{len(people)} people on one side; at most {MAX_PEOPLE} fit.")
    for person_id, count in Counter(person.id for person in people).items():
        if not person_id:
            yield Problem("", "id", "missing", "A person has no id.")
        if count > 1:
            yield Problem(person_id, "id", "duplicate_id", f"The id {person_id!r} stands {count} times on one side.")
    for person in people:
        yield from _find_number_problems(person)
        if person.roster is not None:
            yield from _find_roster_problems(person.id, person.roster)
        yield from _find_wish_problems(person)


def _find_roster_problems(person_id: str, roster: Roster) -> Iterator[Problem]:
    bounds = [("days_on", roster.days_on, MAX_ROSTER_DAYS), ("days_off", roster.days_off, MAX_ROSTER_DAYS)]
    if roster.first_day_on is not None:
        bounds.append(("first_day_on", roster.first_day_on, _LAST_DAY))
    for name, value, high in bounds:
        if not _is_whole(value, 1, high):
            message = f"{name} {value!r} of the roster is no whole number from 1 to {high}."
            yield Problem(person_id, "roster", "out_of_range", message)
    if roster.free not in ("off", "on"):
        message = f"The free part {roster.free!r} of the roster is neither 'off' nor 'on'."
        yield Problem(person_id, "roster", "unknown_choice", message)


def _find_wish_problems(person: Person) -> Iterator[Problem]:
    for name in ("gender", "preferred_gender"):
        value = getattr(person, name)
        if value is not None and value not in GENDERS:
            yield Problem(person.id, name, "unknown_choice", f"{name} {value!r} is none of {', '.join(GENDERS)}.")
    for name in ("languages", "goals", "interests"):
        if "" in getattr(person, name):
            yield Problem(person.id, name, "missing", f"{name} holds an empty word.")
    if len(set(person.ranking)) < len(person.ranking):
        yield Problem(person.id, "ranking", "ranked_twice", f"{person.id!r} ranks somebody twice.")
    top = person.top_criterion if isinstance(person, Mentee) else None
    if top is not None and top not in DEFAULT_WEIGHTS and top not in RANKINGS and not top.startswith(OWN_PREFIX):
        yield Problem(person.id, "top_criterion", "unknown_choice", f"{top!r} is no criterion.")


def _find_number_problems(person: Person) -> Iterator[Problem]:
    bounds: list[tuple[str, Any, int, int]] = [
        ("experience_months", person.experience_months, 0, MAX_MONTHS),
        ("utc_offset_min", person.utc_offset_min, -MAX_OFFSET_MIN, MAX_OFFSET_MIN),
    ]
    if isinstance(person, Mentor):
        bounds.append(("capacity", person.capacity, 0, MAX_CAPACITY))
        if person.capacity is None:
            yield Problem(person.id, "capacity", "missing", "A mentor has no capacity.")
    for name, value, low, high in bounds:
        if value is not None and not _is_whole(value, low, high):
            yield Problem(person.id, name, "out_of_range", f"{name} {value!r} is no whole number from {low} to {high}.")
    if not person.availability <= _SLOTS or bool in map(type, person.availability):
        message = f"availability holds a slot outside 0 to {SLOTS_PER_WEEK - 1}."
        yield Problem(person.id, "availability", "out_of_range", message)


def _is_whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def find_settings_problems(settings: Settings) -> Iterator[Problem]:
    yield from _find_weight_problems(settings)
    for rule in sorted(settings.hard - set(SWITCHABLE)):
        message = f"{rule!r} is no rule that can be switched; those are {', '.join(SWITCHABLE)}."
        yield Problem("", "hard", "unknown_rule", message)
    yield from _find_fairness_problems(settings)
    low, high = settings.ideal_gap_months
    gaps = (("min_gap_months", settings.min_gap_months), ("ideal_gap_months", low), ("ideal_gap_months", high))
    for name, value in gaps:
        if not _is_whole(value, -MAX_MONTHS, MAX_MONTHS):
            message = f"{name} {value!r} is no whole number from -{MAX_MONTHS} to {MAX_MONTHS}."
            yield Problem("", name, "out_of_range", message)
    if low > high:
        yield Problem("", "ideal_gap_months", "out_of_range", f"The ideal gap begins at {low} but ends at {high}.")
    if not _is_whole(settings.min_overlap_slots, 0, SLOTS_PER_WEEK):
        message = f"min_overlap_slots {settings.min_overlap_slots!r} is no whole number from 0 to {SLOTS_PER_WEEK}."
        yield Problem("", "min_overlap_slots", "out_of_range", message)


def _find_fairness_problems(settings: Settings) -> Iterator[Problem]:
    if settings.fairness not in FAIRNESS:
        message = f"Fairness {settings.fairness!r} is none of {', '.join(FAIRNESS)}."
        yield Problem("", "fairness", "unknown_choice", message)
    bands = settings.bands
    if not all(_is_whole(band, 1, 100) for band in bands):
        yield Problem("", "bands", "out_of_range", "A band is a whole number from 1 to 100.")
    elif not 1 <= len(bands) <= MAX_BANDS or list(bands) != sorted(set(bands)):
        yield Problem("", "bands", "out_of_range", f"There are 1 to {MAX_BANDS} bands, each greater than the last.")


def _find_weight_problems(settings: Settings) -> Iterator[Problem]:
    weights = settings.weights
    for key, kind in sorted(settings.own_criteria.items()):
        if kind not in OWN_KINDS or not key.startswith(OWN_PREFIX):
            message = f"{key!r} must begin with {OWN_PREFIX!r} and be one of {', '.join(OWN_KINDS)}, not {kind!r}."
            yield Problem("", "own_criteria", "unknown_choice", message)
    if not _is_whole(settings.top_criterion_extra, 0, MAX_EXTRA):
        message = f"top_criterion_extra {settings.top_criterion_extra!r} is no whole number from 0 to {MAX_EXTRA}."
        yield Problem("", "top_criterion_extra", "out_of_range", message)
    for key in sorted(weights.keys() - DEFAULT_WEIGHTS.keys() - set(RANKINGS) - settings.own_criteria.keys()):
        yield Problem("", "weights", "weights_unknown", f"{key!r} is no criterion.")
    for key in sorted(DEFAULT_WEIGHTS.keys() - weights.keys()):
        yield Problem("", "weights", "weights_missing", f"The weight of {key!r} is missing.")
    wrong = [key for key, value in sorted(weights.items()) if not _is_whole(value, 0, 10**6)]
    for key in wrong:
        message = f"The weight of {key!r} is {weights[key]!r}; it must be a whole number, 0 or more."
        yield Problem("", "weights", "weights_negative", message)
    if not wrong and sum(weights.values()) != 100:
        yield Problem("", "weights", "weights_sum", f"The weights add up to {sum(weights.values())}, not to 100.")


def find_lock_problems(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, *, with_rules: bool
) -> Iterator[Problem]:
    mentee_by_id = {mentee.id: mentee for mentee in mentees}
    mentor_by_id = {mentor.id: mentor for mentor in mentors}
    for mentee_id, mentor_id in sorted(settings.locked):
        mentee, mentor = mentee_by_id.get(mentee_id), mentor_by_id.get(mentor_id)
        if mentee is None:
            message = f"The locked mentee {mentee_id!r} is not in the cohort."
            yield Problem(mentee_id, "locked", "lock_unknown_mentee", message)
        if mentor is None:
            message = f"The locked mentor {mentor_id!r} is not in the cohort."
            yield Problem(mentor_id, "locked", "lock_unknown_mentor", message)
        if (mentee_id, mentor_id) in settings.forbidden:
            message = f"The pair {mentee_id!r} and {mentor_id!r} is both locked and forbidden."
            yield Problem(mentee_id, "locked", "lock_forbidden", message)
        if with_rules and mentee is not None and mentor is not None:
            for rule in find_broken_rules(mentee, mentor, settings):
                if rule in ALWAYS_ON and rule != "forbidden":
                    message = f"The locked pair {mentee_id!r} and {mentor_id!r} breaks the rule {rule!r}."
                    yield Problem(mentee_id, "locked", f"lock_breaks.{rule}", message)
    yield from _find_lock_counts(mentor_by_id, settings.locked)


def _find_lock_counts(mentor_by_id: dict[str, Mentor], locked: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for mentee_id, count in sorted(Counter(mentee_id for mentee_id, _ in locked).items()):
        if count > 1:
            message = f"The mentee {mentee_id!r} is locked to {count} mentors."
            yield Problem(mentee_id, "locked", "lock_twice", message)
    for mentor_id, count in sorted(Counter(mentor_id for _, mentor_id in locked).items()):
        mentor = mentor_by_id.get(mentor_id)
        if mentor is not None and count > mentor.capacity:
            message = f"The mentor {mentor_id!r} has {count} locked mentees and {mentor.capacity} places."
            yield Problem(mentor_id, "locked", "lock_over_capacity", message)
