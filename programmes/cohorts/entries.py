"""A programme as a line of a list: what it is, and where its applications stand."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.queries import shown_cohort
from wimmentor.base.clock import wall_of
from wimmentor.base.codes import REGION_SCOPE
from wimmentor.base.codes.places import country_name, language_names


@dataclass(frozen=True)
class Entry:
    """`badge`: a kind of the badge tag."""

    programme: Programme
    cohort: Cohort
    is_open: bool
    is_coming: bool
    badge: str
    state: str
    facts: str
    places: str


def make_entry(programme: Programme, cohorts: list[Cohort], instant: datetime) -> Entry | None:
    """None where no cohort is public."""
    cohort = shown_cohort(cohorts, instant)
    if cohort is None:
        return None
    is_open = cohort.takes_applications(instant)
    is_coming = cohort.phase == Cohort.Phase.OPEN and cohort.opens_at > instant
    return Entry(
        programme=programme,
        cohort=cohort,
        is_open=is_open,
        is_coming=is_coming,
        badge="now" if is_open else "waiting",
        state=say_state(cohort, instant),
        facts=" · ".join(
            part
            for part in (
                programme.organisation.name,
                name_languages(programme),
                name_countries(programme),
                str(programme.get_format_display()),
            )
            if part
        ),
        places=say_places(cohort) if is_open or is_coming else "",
    )


def say_state(cohort: Cohort, instant: datetime) -> str:
    if cohort.takes_applications(instant):
        return _("Open until %(day)s") % {"day": name_day(cohort.closes_at, cohort.time_zone, instant)}
    if cohort.phase == Cohort.Phase.OPEN and cohort.opens_at > instant:
        return _("Opens %(day)s") % {"day": name_day(cohort.opens_at, cohort.time_zone, instant)}
    return _("Closed since %(day)s") % {"day": name_day(cohort.closes_at, cohort.time_zone, instant)}


def name_day(when: datetime, zone: str, instant: datetime) -> str:
    """The day as it is there; the year only where it is not this one."""
    day = wall_of(when, zone)
    same_year = day.year == wall_of(instant, zone).year
    return date_format(day, pgettext("date format", "j F") if same_year else pgettext("date format", "j F Y"))


def say_places(cohort: Cohort) -> str:
    if not cohort.mentee_places:
        return ""
    return ngettext("%(count)d place for a mentee", "%(count)d places for mentees", cohort.mentee_places) % {
        "count": cohort.mentee_places
    }


def name_languages(programme: Programme) -> str:
    return language_names(programme.languages)


def name_countries(programme: Programme) -> str:
    if programme.countries:
        return ", ".join(map(country_name, programme.countries))
    if programme.regions or programme.reach != "global":
        return programme.regions or REGION_SCOPE.label(programme.reach)
    return _("any country")
