"""What one side of a pair shows the other: only what she agreed to; how to reach her only when both said yes."""

import math
from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.applications.consents import CONTACTS
from programmes.applications.models import Application, ApplicationConsent
from wimmentor.base.codes import GOALS, GOALS_MENTOR, MINING_FUNCTION
from wimmentor.base.codes.places import country_name, language_names
from wimmentor.base.phrases import say_fact, say_list

SHOWN = "shown_to_pair"
SIDES = ("mentee", "mentor")
Fact = tuple[str, str]
Grants = dict[int, frozenset[str]]


def other_side(side: str) -> str:
    return "mentor" if side == "mentee" else "mentee"


def grants_of(applications: Iterable[int]) -> Grants:
    """Application id -> what she agrees to now: of several answers to one purpose the latest counts."""
    ids = set(applications)
    latest: dict[int, dict[str, bool]] = {pk: {} for pk in ids}
    rows = ApplicationConsent.objects.filter(application_id__in=ids, purpose__in=[SHOWN, *CONTACTS.values()])
    for pk, purpose, granted in rows.order_by("at", "pk").values_list("application_id", "purpose", "granted"):
        latest[pk][purpose] = granted
    return {pk: frozenset(name for name, granted in said.items() if granted) for pk, said in latest.items()}


def contact_of(application: Application, grants: Grants, kind: str) -> str:
    """Her e-mail address or telephone number, if she agreed that her pair has it. `kind`: email or phone."""
    allowed = CONTACTS[kind] in grants.get(application.pk, frozenset())
    return str(getattr(application, kind)) if allowed else ""


def facts_of(application: Application, grants: Grants) -> list[Fact]:
    """Without what she has not said; empty if she has not agreed to be shown."""
    if SHOWN not in grants.get(application.pk, frozenset()):
        return []
    facts = [
        (_("Lives in"), country_name(application.country) if application.country else ""),
        (_("Field"), function_of(application)),
        (_("Experience"), years_of(application)),
        (_("Languages"), languages_of(application)),
        (goals_heading(application), goals_of(application)),
    ]
    return [(label, value) for label, value in facts if value]


def about(application: Application, grants: Grants) -> str:
    """The same for a letter."""
    facts = facts_of(application, grants)
    if not facts:
        return ""
    lines = [_("About %(name)s:") % {"name": application.short_name}]
    return "\n".join([*lines, *(say_fact(label, value) for label, value in facts)])


def line_about(application: Application, grants: Grants) -> str:
    """Field, country and languages in one line."""
    if SHOWN not in grants.get(application.pk, frozenset()):
        return ""
    place = country_name(application.country) if application.country else ""
    parts = [application.job_title or function_of(application), place, languages_of(application)]
    return " · ".join(part for part in parts if part)


def function_of(application: Application) -> str:
    return MINING_FUNCTION.label(application.function) if application.function else ""


def years_of(application: Application) -> str:
    years = application.years_experience
    if years is None:
        return ""
    said = number_format(years.normalize() if years % 1 else int(years))
    # A part of a year counts with the next whole one: 1.5 years.
    return ngettext("%(years)s year", "%(years)s years", math.ceil(years)) % {"years": said}


def languages_of(application: Application) -> str:
    return language_names(application.languages)


def goals_heading(application: Application) -> str:
    return _("Can help with") if application.role == Application.Role.MENTOR else _("Wants from it")


def goals_of(application: Application) -> str:
    known = GOALS_MENTOR if application.role == Application.Role.MENTOR else GOALS
    return say_list(known.label(code) for code in application.goals)
