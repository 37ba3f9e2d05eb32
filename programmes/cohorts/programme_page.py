"""What a programme's public page says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programmes.cohorts.entries import make_entry, name_countries, name_languages
from programmes.cohorts.models import Cohort, Programme
from wimmentor.base.clock import wall_of
from wimmentor.base.codes import MATCHING_METHOD, MENTOR_TARGET_GENDER, SENIORITY_BAND
from wimmentor.base.templatetags.wim import in_zone


@dataclass(frozen=True)
class TrackStep:
    """For components/track.html."""

    state: str
    title: str
    text: str


def describe_programme(programme: Programme, cohorts: list[Cohort], instant: datetime) -> dict[str, Any]:
    """The page's context. `cohorts`: the public ones."""
    entry = make_entry(programme, cohorts, instant)
    if entry is None:
        raise LookupError(programme.pk)
    return {
        "programme": programme,
        "organisation": programme.organisation,
        "entry": entry,
        "cohort": entry.cohort,
        "places": name_countries(programme),
        "languages": name_languages(programme),
        "conditions": [line.strip() for line in programme.eligibility.splitlines() if line.strip()],
        "dates": trace_dates(entry.cohort, instant),
        "facts": _list_facts(programme, entry.cohort, len(cohorts)),
    }


def trace_dates(cohort: Cohort, instant: datetime) -> list[TrackStep]:
    """In the cohort's zone; the first one to come is where it stands."""
    zone = cohort.time_zone
    today = wall_of(instant, zone).date()
    days = [
        (cohort.decisions_on, _("You hear from us"), _("by %(day)s")),
        (cohort.offers_on, _("You meet each other on paper"), "%(day)s. " + _say_offer_days(cohort)),
        (cohort.kickoff_on, _("Kick-off"), "%(day)s"),
        (cohort.midpoint_on, _("Halfway"), "%(day)s"),
        (cohort.closing_on, _("Closing"), "%(day)s"),
    ]
    rows: list[tuple[bool, str, str]] = [
        (cohort.opens_at <= instant, _("Applications open"), in_zone(cohort.opens_at, zone)),
        (cohort.closes_at <= instant, _("Applications close"), in_zone(cohort.closes_at, zone)),
        *((day < today, title, text % {"day": _name(day)}) for day, title, text in days if day is not None),
    ]
    first_to_come = next((number for number, (past, _title, _text) in enumerate(rows) if not past), len(rows))
    return [
        TrackStep("past" if past else "here" if number == first_to_come else "", title, text)
        for number, (past, title, text) in enumerate(rows)
    ]


def _say_offer_days(cohort: Cohort) -> str:
    return ngettext(
        "You have %(count)d day to say yes or no.", "You have %(count)d days to say yes or no.", cohort.offer_days
    ) % {"count": cohort.offer_days}


def _list_facts(programme: Programme, cohort: Cohort, editions: int) -> list[tuple[str, str]]:
    facts = [
        (_("Format"), str(programme.get_format_display())),
        (_("Meetings"), str(programme.get_delivery_display())),
        (_("Languages"), name_languages(programme)),
        (_("For"), ", ".join(map(SENIORITY_BAND.label, programme.scope))),
        (_("Mentors"), MENTOR_TARGET_GENDER.label(programme.mentor_target)),
        (_("Where"), name_countries(programme)),
        (_("Length"), ngettext("%(n)d month", "%(n)d months", programme.months) % {"n": programme.months}),
        (_("Places"), _("%(n)d for mentees") % {"n": cohort.mentee_places} if cohort.mentee_places else ""),
        (_("Matching"), MATCHING_METHOD.label(programme.matching_method)),
        (_("Edition"), _("%(name)s, number %(n)d here") % {"name": cohort.name, "n": editions}),
    ]
    return [(label, value) for label, value in facts if value]


def _name(day: date) -> str:
    return date_format(day, pgettext("date format", "l j F Y"))
