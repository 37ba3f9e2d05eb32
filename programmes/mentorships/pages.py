"""What the pages of pairs show."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from programmes.applications.models import Application
from programmes.mentorships.calendars import fixed_days, suggest_meeting
from programmes.mentorships.models import Mentorship
from programmes.mentorships.queries import mentee_of, mentorships_of_user, person_of
from programmes.mentorships.registry import reasons_of
from programmes.mentorships.sharing import SIDES, contact_of, facts_of, grants_of, line_about, other_side
from programmes.people.models import User
from programmes.people.registry import Entry, Section
from wimmentor.base.templatetags.wim import in_zone

ACTIVE = Mentorship.State.ACTIVE


@dataclass(frozen=True)
class PairLine:
    mentorship: Mentorship
    mentee: Application
    mentor: Application


def pair_lines(mentorships: list[Mentorship]) -> list[PairLine]:
    return [PairLine(mentorship, mentee_of(mentorship), mentorship.mentor) for mentorship in mentorships]


def pair_page(mentorship: Mentorship, side: str) -> dict[str, Any]:
    """One side's page. Once the pair has ended it shows nobody's contact."""
    person, other = person_of(mentorship, side), person_of(mentorship, other_side(side))
    grants = grants_of([other.pk])
    return {
        "mentorship": mentorship,
        "cohort": mentorship.cohort,
        "organisation": mentorship.cohort.programme.organisation,
        "side": side,
        "person": person,
        "other": other,
        "active": mentorship.state == ACTIVE,
        "line": line_about(other, grants),
        "facts": facts_of(other, grants),
        "reasons": reasons_of(mentorship, side),
        "contacts": contacts_of(other, grants),
        "days": day_rows(mentorship, person),
        "period": period_of(mentorship),
    }


def contacts_of(other: Application, grants: dict[int, frozenset[str]]) -> list[tuple[str, str]]:
    kinds = [(_("E-mail"), "email"), (_("Telephone"), "phone")]
    return [(label, contact_of(other, grants, kind)) for label, kind in kinds]


def day_rows(mentorship: Mentorship, person: Application) -> list[tuple[str, str]]:
    rows = [(words, _day(day)) for _name, words, day in fixed_days(mentorship)]
    meeting = suggest_meeting(mentorship)
    zone = person.time_zone or mentorship.cohort.time_zone
    when = in_zone(meeting, zone) if isinstance(meeting, datetime) else _day(meeting)
    place = 1 if mentorship.cohort.kickoff_on else 0
    suggestion = (_("First meeting"), _("Our suggestion: %(when)s") % {"when": when})
    return [*rows[:place], suggestion, *rows[place:]]


def period_of(mentorship: Mentorship) -> str:
    cohort = mentorship.cohort
    if cohort.kickoff_on is None or cohort.closing_on is None:
        return cohort.name
    return _("%(first)s to %(last)s") % {"first": _short_day(cohort.kickoff_on), "last": _short_day(cohort.closing_on)}


def _day(day: date) -> str:
    return date_format(day, pgettext("date format", "l j F Y"))


def _short_day(day: date) -> str:
    return date_format(day, pgettext("date format", "j F Y"))


def account_pairs(user: User) -> Section | None:
    """For the person's own page."""
    entries = [
        _entry(mentorship, side)
        for mentorship in mentorships_of_user(user.pk)
        for side in SIDES
        if person_of(mentorship, side).user_id == user.pk
    ]
    return Section(heading=gettext_lazy("Your pairs"), entries=entries)


def _entry(mentorship: Mentorship, side: str) -> Entry:
    active = mentorship.state == ACTIVE
    other = person_of(mentorship, other_side(side))
    return Entry(
        title=_("You and %(name)s") % {"name": other.short_name} if active else _("A pair that has ended"),
        url=reverse("pair-page", kwargs={"pk": mentorship.pk, "side": side}),
        text=f"{mentorship.cohort.programme.name} · {mentorship.cohort.name}",
        badge=("now" if active else "done", mentorship.get_state_display()),
    )
