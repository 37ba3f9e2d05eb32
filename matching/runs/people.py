"""Applications -> the engine's people.

The frozen input keeps no name, address or free text: what is only compared for equality goes in as a keyed digest,
so that a run can be checked for years after a person was erased.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from matching.engine import Mentee, Mentor, Roster
from matching.runs.own_questions import read_own_answers
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.codes import GOALS, INTERESTS, MINING_FUNCTION, ROSTER_DAYS
from wimmentor.base.codes.codelist import CodeList
from wimmentor.base.codes.places import match_language, offset_minutes
from wimmentor.base.digests import digest, key_of_email
from wimmentor.base.text import fold
from wimmentor.base.weekhours import parse_week, shift_to_utc

OWN = "own:"
GENDERS = {"female", "male", "nonbinary"}


def key_of_name(name: str) -> str:
    return digest(f"name:{fold(name)}") if fold(name) else ""


def key_of_employer(employer: str) -> str:
    return digest(f"employer:{fold(employer)}") if fold(employer) else ""


def own_word(text: str) -> str:
    return OWN + digest(f"word:{fold(text)}")


def coded(values: Iterable[str], known: CodeList) -> frozenset[str]:
    """Codes as they are, own words by digest: they are compared by folded equality."""
    return frozenset(value if value in known else own_word(value) for value in values if value)


def words_of(applications: Iterable[Application]) -> dict[str, str]:
    """The reverse of `own_word` for the people at hand, to word sentences."""
    words: dict[str, str] = {}
    for application in applications:
        own = (*application.goals, *application.interests, *application.languages, application.function)
        for value in own:
            if value:
                words[own_word(value)] = value
    return words


def person_of(
    application: Application,
    *,
    past_partners: Iterable[str] = (),
    own_criteria: Iterable[str] = (),
    ranking: tuple[str, ...] = (),
) -> Mentee | Mentor:
    """`own_criteria`: keys of the programme's own questions that count; other answers stay out of the frozen input."""
    shared = {
        **_common(application, past_partners),
        "own_answers": read_own_answers(application, own_criteria),
        "ranking": ranking,
    }
    if application.role == Application.Role.MENTOR:
        return Mentor(**shared, capacity=_capacity(application))
    return Mentee(**shared, top_criterion=application.top_criterion or None)


def _capacity(application: Application) -> int:
    if application.capacity is None:
        return application.cohort.default_capacity
    return application.capacity


def _common(application: Application, past_partners: Iterable[str]) -> dict[str, Any]:
    offset = _offset(application)
    people, employers = _not_with(application.not_with)
    wish = application.preferred_mentor_gender
    return {
        "id": str(application.pk),
        "person_key": key_of_email(application.email) or f"application:{application.pk}",
        "name_key": key_of_name(f"{application.first_name} {application.last_name}"),
        "languages": frozenset(map(_language, application.languages)),
        "preferred_language": application.preferred_language or None,
        "employer": key_of_employer(application.employer) or None,
        "country": application.country or None,
        "utc_offset_min": offset,
        "function": _function(application.function),
        "experience_months": _months(application),
        "gender": application.gender if application.gender in GENDERS else None,
        "goals": coded(application.goals, GOALS),
        "interests": coded(application.interests, INTERESTS),
        "availability": _week(application.availability, offset),
        "preferred_gender": wish if wish in GENDERS else None,
        "preferred_gender_strict": application.gender_preference_strict and wish in GENDERS,
        "line_manager_keys": frozenset(filter(None, [key_of_email(application.line_manager_email)])),
        "not_with_people": people,
        "not_with_employers": employers,
        "past_partner_keys": frozenset(past_partners),
        "adult": application.adult,
        "roster": _roster(application),
    }


def _language(language: str) -> str:
    """Spreadsheets also bring languages in somebody's own words."""
    return language if match_language(language) == language else own_word(language)


def _function(function: str) -> str | None:
    if not function:
        return None
    return function if function in MINING_FUNCTION else own_word(function)


def _months(application: Application) -> int | None:
    years = application.years_experience
    return None if years is None else round(years * 12)


def _offset(application: Application) -> int | None:
    """Minutes from UTC on the day of kick-off: that is when the pair will meet."""
    if application.time_zone:
        cohort: Cohort = application.cohort
        when = clock.now()
        if cohort.kickoff_on:
            when = when.replace(year=cohort.kickoff_on.year, month=cohort.kickoff_on.month, day=cohort.kickoff_on.day)
        try:
            return offset_minutes(application.time_zone, when)
        except ValueError:
            return application.utc_offset_min
    return application.utc_offset_min


def _week(text: str, offset: int | None) -> frozenset[int]:
    if not text or offset is None:
        return frozenset()
    try:
        return shift_to_utc(parse_week(text), offset)
    except ValueError:
        return frozenset()


def _roster(application: Application) -> Roster | None:
    """None where her hours hold every week, whatever her pattern of work."""
    days = ROSTER_DAYS.get(application.rotation)
    free = {"at_home": "off", "on_site": "on"}.get(application.roster_hours)
    if days is None or free is None:
        return None
    first = application.on_site_from
    return Roster(days_on=days[0], days_off=days[1], first_day_on=first.toordinal() if first else None, free=free)


def _not_with(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Each line may be an e-mail, a person's name or an employer: it is compared as all three."""
    lines = [line.strip() for part in text.splitlines() for line in part.split(";") if line.strip()]
    people = {key_of_email(line) if "@" in line else key_of_name(line) for line in lines}
    employers = {key_of_employer(line) for line in lines if "@" not in line}
    return frozenset(filter(None, people)), frozenset(filter(None, employers))


def split_sides(
    applications: Iterable[Application],
    past: Mapping[int, set[str]],
    *,
    own_criteria: Iterable[str] = (),
    rankings: Mapping[int, tuple[str, ...]] | None = None,
) -> tuple[list[Mentee], list[Mentor]]:
    """`past`, `rankings`: by application id."""
    mentees: list[Mentee] = []
    mentors: list[Mentor] = []
    for application in applications:
        person = person_of(
            application,
            past_partners=past.get(application.pk, ()),
            own_criteria=own_criteria,
            ranking=(rankings or {}).get(application.pk, ()),
        )
        if isinstance(person, Mentor):
            mentors.append(person)
        else:
            mentees.append(person)
    return mentees, mentors
