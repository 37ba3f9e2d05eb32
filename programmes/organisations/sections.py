"""What this area shows on a person's page and on the desk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.access.permissions import Permission
from programmes.access.roles import ROLES
from programmes.access.tenancy import platform_permissions
from programmes.organisations.models import Membership, Organisation
from programmes.organisations.queries import WAITING, in_state, memberships_by_organisation
from programmes.people.models import User
from programmes.people.registry import Entry, Section


def list_own_organisations(user: User) -> Section | None:
    rows = memberships_by_organisation(user)
    if not rows:
        return None
    return Section(
        heading=_("Your organisations"),
        entries=[_entry(*row) for row in rows],
        url=reverse("desk"),
        link_text=_("Your desk"),
    )


def list_desk_organisations(user: User) -> Section:
    return Section(
        heading=_("Your organisations"),
        entries=[_entry(*row) for row in memberships_by_organisation(user)],
        url=reverse("organisation-register"),
        link_text=_("Register an organisation"),
        empty=(
            _("You work for no organisation here yet."),
            _("Register yours, or ask its owner to invite you. An invitation comes by e-mail."),
        ),
    )


def _entry(organisation: Organisation, memberships: list[Membership]) -> Entry:
    return Entry(
        title=organisation.name,
        url=reverse("organisation-overview", args=[organisation.slug]),
        text=", ".join(str(ROLES[membership.role].name) for membership in memberships),
        badge=state_badge(organisation),
    )


def state_badge(organisation: Organisation) -> tuple[str, str]:
    if organisation.is_verified:
        return "done", _("Verified")
    if organisation.refused_at is not None:
        return "attention", _("Not verified")
    return "waiting", _("Waits to be verified")


def list_staff_work(user: User) -> list[Section]:
    """Only for those who verify organisations."""
    if Permission.ORGANISATION_VERIFY not in platform_permissions(user):
        return []
    waiting = in_state(Organisation.objects.filter(is_platform=False), WAITING).count()
    text = ngettext("%(number)s waits to be verified", "%(number)s wait to be verified", waiting) % {"number": waiting}
    badge = ("attention", _("To do")) if waiting else ("done", _("Nothing to do"))
    entry = Entry(title=_("Organisations"), url=reverse("staff-organisations"), text=text, badge=badge)
    return [Section(heading=_("For IWiM"), entries=[entry])]
