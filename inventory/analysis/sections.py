"""What the analysis shows on pages of lower areas."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from inventory.analysis.overview import READ, make_overview
from inventory.analysis.queries import Source
from inventory.analysis.rooms import PUBLIC, STAFF, room_of
from inventory.initiatives.registry import PagePart
from inventory.waves.queries import published_waves
from programmes.access.permissions import Permission
from programmes.access.tenancy import platform_permissions
from programmes.organisations.models import Organisation
from programmes.people.models import User
from programmes.people.registry import Entry, Section


def show_overview(request: HttpRequest) -> PagePart | None:
    """Above the directory, while nobody looks for something in it."""
    if request.GET:
        return None
    source = Source(published_waves().first())
    survey = source.survey("public", READ)
    if not survey.initiatives:
        return None
    context = {"overview": make_overview(survey), "over": source.label, "analysis_url": PUBLIC.page_url}
    return PagePart("inventory/analysis/_overview.html", context)


def link_analysis(request: HttpRequest, organisation: Organisation) -> PagePart | None:
    """On the organisation's inventory page, for its members: the link of a wave opens its answers alone."""
    if getattr(request, "by_link", False):
        return None
    return PagePart("inventory/analysis/_link.html", {"url": room_of(organisation).page_url})


def list_analysis(user: User) -> list[Section]:
    """Only for those who review."""
    if Permission.INVENTORY_REVIEW not in platform_permissions(user):
        return []
    text = _("Counts, gaps, ways of matching, lessons and funding, with every answer")
    return [
        Section(
            heading=_("What the inventory says"),
            entries=[Entry(title=_("Analysis of the inventory"), url=STAFF.page_url, text=text)],
        )
    ]
