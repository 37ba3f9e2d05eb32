"""Who may do what, as a table. A coordinator could read it; the permission matrix tests read it too."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.access.permissions import Permission as P  # noqa: N817 - the table below is read across


@dataclass(frozen=True)
class Role:
    code: str
    name: Promise
    description: Promise
    permissions: frozenset[P]
    platform: bool = False


_SEES_COHORT = frozenset({P.ORGANISATION_VIEW, P.COHORT_VIEW, P.APPLICATION_REVIEW})
_KEEPS_INVENTORY = frozenset({P.ORGANISATION_VIEW, P.INVENTORY_VIEW, P.INVENTORY_EDIT})
_RUNS_COHORT = (
    _SEES_COHORT
    | _KEEPS_INVENTORY
    | {
        P.PROGRAMME_EDIT,
        P.COHORT_EDIT,
        P.APPLICATION_DECIDE,
        P.APPLICATION_EXPORT,
        P.APPLICATION_IMPORT,
        P.MATCHING_VIEW,
        P.MATCHING_RUN,
        P.BOARD_EDIT,
        P.OFFER_VIEW,
        P.OFFER_EDIT,
        P.MENTORSHIP_VIEW,
        P.MENTORSHIP_EDIT,
        P.OUTBOX_VIEW,
        P.OUTBOX_SEND,
    }
)

OWNER = Role(
    "owner",
    _("Owner"),
    _("Does all that a coordinator does, edits the organisation and invites people."),
    _RUNS_COHORT | {P.ORGANISATION_EDIT, P.ORGANISATION_INVITE},
)
COORDINATOR = Role(
    "coordinator",
    _("Coordinator"),
    _("Runs programmes: applications, matching, offers, pairs, and the organisation's inventory entries."),
    _RUNS_COHORT,
)
REVIEWER = Role("reviewer", _("Reviewer"), _("Reads applications. Decides nothing and exports nothing."), _SEES_COHORT)
INVENTORY_EDITOR = Role(
    "inventory_editor",
    _("Inventory editor"),
    _("Keeps the organisation's entries in the inventory. Sees no applications."),
    _KEEPS_INVENTORY,
)
IWIM_REVIEWER = Role(
    "iwim_reviewer",
    _("IWiM reviewer"),
    _("Verifies organisations and reviews the inventory. Sees no names of participants."),
    frozenset({P.ORGANISATION_VIEW, P.ORGANISATION_VERIFY, P.INVENTORY_VIEW, P.INVENTORY_REVIEW}),
    platform=True,
)

ROLES: dict[str, Role] = {role.code: role for role in (OWNER, COORDINATOR, REVIEWER, INVENTORY_EDITOR, IWIM_REVIEWER)}
ROLE_CHOICES = [(role.code, role.name) for role in ROLES.values()]


def permissions_of_roles(codes: set[str]) -> frozenset[P]:
    return frozenset().union(*(ROLES[code].permissions for code in codes if code in ROLES))


def roles_with(permission: P) -> list[str]:
    return sorted(role.code for role in ROLES.values() if permission in role.permissions)
