"""The wave on an organisation's page, on its inventory page and on the desk of IWiM."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.initiatives.registry import PagePart
from inventory.waves.models import Wave, WaveResponse
from inventory.waves.pages import wave_link
from inventory.waves.queries import WAITING, standing_wave
from programmes.access.permissions import Permission
from programmes.access.tenancy import platform_permissions
from programmes.organisations.models import Organisation
from programmes.people.models import User
from programmes.people.registry import Entry, Section
from wimmentor.base import clock
from wimmentor.base.templatetags.wim import in_zone

State = WaveResponse.State


def show_wave(request: HttpRequest, organisation: Organisation) -> PagePart | None:
    """Above the organisation's own entries, as long as its answer stands."""
    response = standing_wave(organisation)
    if response is None or response.state == State.PUBLISHED:
        return None
    context = {"response": response, "url": wave_link(response), "takes": response.takes_answers(clock.now())}
    return PagePart("inventory/waves/_own.html", context)


def find_open_wave(organisation: Organisation) -> str | None:
    response = standing_wave(organisation)
    return wave_link(response) if response is not None and response.takes_answers(clock.now()) else None


def list_wave(organisation: Organisation, permissions: frozenset[Permission]) -> Section | None:
    if Permission.INVENTORY_EDIT not in permissions:
        return None
    response = standing_wave(organisation)
    if response is None or not response.takes_answers(clock.now()):
        return None
    closes = in_zone(response.wave.closes_at, response.wave.time_zone)
    text = _("Until %(time)s. Ten short questions are enough.") % {"time": closes}
    badge = ("attention", _("IWiM asks")) if response.state == State.RETURNED else ("now", _("open"))
    entry = Entry(title=response.wave.name, url=wave_link(response), text=text, badge=badge)
    return Section(heading=_("The Alliance's survey"), entries=[entry])


def list_wave_work(user: User) -> list[Section]:
    """Only for those who review."""
    if Permission.INVENTORY_REVIEW not in platform_permissions(user):
        return []
    waves = Wave.objects.filter(state=Wave.State.OPEN).order_by("-opens_at", "-pk")
    entries = [_work_entry(wave) for wave in waves[:3]]
    return [Section(heading=_("Survey waves"), entries=entries, url=reverse("staff-waves"), link_text=_("All waves"))]


def _work_entry(wave: Wave) -> Entry:
    waiting = wave.responses.filter(state__in=WAITING).count()
    text = ngettext("%(number)s response waits to be read", "%(number)s responses wait to be read", waiting)
    badge = ("attention", _("To do")) if waiting else ("done", _("Nothing to do"))
    return Entry(
        title=wave.name, url=reverse("staff-wave", args=[wave.code]), text=text % {"number": waiting}, badge=badge
    )
