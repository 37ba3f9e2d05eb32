"""The rules that exclude a pair: one predicate each, in order of precedence. True = excluded."""

from collections.abc import Callable, Mapping
from typing import Final

from .codes import RULES, SWITCHABLE
from .model import Mentee, Mentor, Person, Settings
from .rosters import SLOT_MIN, measure_minutes


def _is_same_person(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return bool(mentee.person_key) and mentee.person_key == mentor.person_key


def _is_forbidden(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return (mentee.id, mentor.id) in settings.forbidden


def _refuses(one: Person, other: Person) -> bool:
    names = {other.person_key, other.name_key} - {""}
    return bool(names & one.not_with_people) or bool(other.employer and other.employer in one.not_with_employers)


def _is_not_wanted(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return _refuses(mentee, mentor) or _refuses(mentor, mentee)


def _was_paired_before(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return _names(mentee.past_partner_keys, mentor) or _names(mentor.past_partner_keys, mentee)


def _is_reporting_line(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return _names(mentee.line_manager_keys, mentor) or _names(mentor.line_manager_keys, mentee)


def _names(keys: frozenset[str], person: Person) -> bool:
    return bool(person.person_key) and person.person_key in keys


def breaks_strict_gender(one: Person, other: Person) -> bool:
    """An unknown gender never meets a strict preference."""
    return one.preferred_gender_strict and bool(one.preferred_gender) and one.preferred_gender != other.gender


def _breaks_gender(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return breaks_strict_gender(mentee, mentor) or breaks_strict_gender(mentor, mentee)


def _is_minor_with_adult(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return (mentee.adult is False) != (mentor.adult is False)


def _shares_no_language(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return not mentee.spoken & mentor.spoken


def _is_same_employer(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    return bool(mentee.employer) and mentee.employer == mentor.employer


def _is_gap_too_small(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    if mentee.experience_months is None or mentor.experience_months is None:
        return False
    return mentor.experience_months - mentee.experience_months < settings.min_gap_months


def _is_overlap_too_small(mentee: Mentee, mentor: Mentor, settings: Settings) -> bool:
    if not mentee.availability or not mentor.availability:
        return False
    return measure_minutes(mentee, mentor) < SLOT_MIN * settings.min_overlap_slots


_PREDICATES: Final[Mapping[str, Callable[[Mentee, Mentor, Settings], bool]]] = {
    "same_person": _is_same_person,
    "forbidden": _is_forbidden,
    "not_with": _is_not_wanted,
    "paired_before": _was_paired_before,
    "reporting_line": _is_reporting_line,
    "gender_strict": _breaks_gender,
    "minor": _is_minor_with_adult,
    "language": _shares_no_language,
    "employer": _is_same_employer,
    "seniority_gap": _is_gap_too_small,
    "overlap": _is_overlap_too_small,
}


def find_broken_rules(mentee: Mentee, mentor: Mentor, settings: Settings) -> tuple[str, ...]:
    """Every rule in force that excludes the pair, in order of precedence; empty = admissible."""
    return tuple(
        rule
        for rule in RULES[1:]
        if (rule not in SWITCHABLE or rule in settings.hard) and _PREDICATES[rule](mentee, mentor, settings)
    )
