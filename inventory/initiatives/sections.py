"""What the inventory shows on an organisation's page and on the desk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.initiatives.models import Record
from inventory.initiatives.queries import living_records
from inventory.initiatives.registry import read_here
from programmes.access.permissions import Permission
from programmes.access.tenancy import platform_permissions
from programmes.organisations.models import Organisation
from programmes.people.models import User
from programmes.people.registry import Entry, Section

Review = Record.Review


def list_entries(organisation: Organisation, permissions: frozenset[Permission]) -> Section | None:
    if Permission.INVENTORY_VIEW not in permissions:
        return None
    found = living_records().filter(organisation=organisation, initiative__isnull=False)
    rows = list(found.values_list("initiative", "review"))
    number = len({initiative for initiative, _review in rows})
    public = sum(review == Review.PUBLISHED for _initiative, review in rows)
    text = ngettext("%(number)s entry, %(public)s public", "%(number)s entries, %(public)s public", number)
    entry = Entry(
        title=_("Our inventory entries"),
        url=reverse("initiatives-list", args=[organisation.slug]),
        text=text % {"number": number, "public": public} if number else _("No entry yet"),
        badge=("attention", _("IWiM asks")) if any(review == Review.RETURNED for _i, review in rows) else None,
    )
    return Section(
        heading=_("Inventory"), entries=[entry], url=reverse("inventory-directory"), link_text=_("The public inventory")
    )


def list_review_work(user: User) -> list[Section]:
    """Only for those who review entries."""
    if Permission.INVENTORY_REVIEW not in platform_permissions(user):
        return []
    states = [Review.SUBMITTED, Review.IN_REVIEW]
    waiting = read_here(Record.objects.filter(initiative__isnull=False, review__in=states)).count()
    text = ngettext("%(number)s entry waits to be read", "%(number)s entries wait to be read", waiting)
    badge = ("attention", _("To do")) if waiting else ("done", _("Nothing to do"))
    entry = Entry(
        title=_("Inventory review"), url=reverse("staff-initiatives"), text=text % {"number": waiting}, badge=badge
    )
    return [Section(heading=_("The inventory"), entries=[entry])]
