"""What this area shows on the desk and on an organisation's page."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programmes.access.permissions import Permission
from programmes.access.roles import roles_with
from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.wording import next_dates
from programmes.organisations.models import Membership, Organisation
from programmes.people.models import User
from programmes.people.registry import Entry, Section
from wimmentor.base import clock

_BADGES = {Cohort.Phase.DRAFT.value: "waiting", Cohort.Phase.CLOSED.value: "done"}


def list_desk_cohorts(user: User) -> list[Section]:
    """Cohorts of all organisations in which the person may see them; closed ones are on the programme's page."""
    memberships = Membership.objects.filter(user=user, role__in=roles_with(Permission.COHORT_VIEW))
    cohorts = (
        Cohort.objects.filter(programme__organisation__in=memberships.values("organisation"))
        .exclude(phase=Cohort.Phase.CLOSED)
        .select_related("programme__organisation")
        .order_by("-opens_at", "-pk")
    )
    instant = clock.now()
    return [Section(heading=_("Cohorts"), entries=[_cohort_entry(cohort, instant) for cohort in cohorts])]


def _cohort_entry(cohort: Cohort, instant: datetime) -> Entry:
    programme = cohort.programme
    phase = Cohort.Phase(cohort.phase_at(instant))
    return Entry(
        title=f"{programme.name} · {cohort.name}",
        url=reverse("cohort-overview", args=[programme.organisation.slug, programme.slug, cohort.slug]),
        text=programme.organisation.name,
        badge=(_BADGES.get(phase.value, "now"), str(phase.label).capitalize()),
        next_step=_say_next(cohort, instant),
    )


def _say_next(cohort: Cohort, instant: datetime) -> str:
    dates = next_dates(cohort, instant)
    if not dates:
        return ""
    day = date_format(dates[0].day, pgettext("date format", "l j F"))
    return _("%(what)s: %(day)s") % {"what": dates[0].what, "day": day}


def list_programmes(organisation: Organisation, permissions: frozenset[Permission]) -> Section | None:
    if Permission.COHORT_VIEW not in permissions:
        return None
    may_edit = Permission.PROGRAMME_EDIT in permissions
    programmes = organisation.programmes.prefetch_related("cohorts").order_by("name", "pk")
    return Section(
        heading=_("Programmes"),
        entries=[_programme_entry(organisation, programme) for programme in programmes],
        url=reverse("programme-new", args=[organisation.slug]) if may_edit else "",
        link_text=_("Register a programme") if may_edit else "",
        empty=(
            _("No programme yet."),
            _("Register one: its calendar, forms and letters come ready, and you change what does not suit."),
        ),
    )


def _programme_entry(organisation: Organisation, programme: Programme) -> Entry:
    count = len(programme.cohorts.all())
    return Entry(
        title=programme.name,
        url=reverse("programme-overview", args=[organisation.slug, programme.slug]),
        text=str(programme.get_format_display()),
        next_step=ngettext("%(n)d cohort", "%(n)d cohorts", count) % {"n": count} if count else _("No cohort yet"),
    )
