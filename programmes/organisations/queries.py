from django.db.models import F, QuerySet

from programmes.access.permissions import Permission
from programmes.access.roles import roles_with
from programmes.access.tenancy import visible_to
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.people.models import User
from wimmentor.base.text import fold

WAITING, VERIFIED, REFUSED = "waiting", "verified", "refused"


def memberships_by_organisation(user: User) -> list[tuple[Organisation, list[Membership]]]:
    rows = Membership.objects.filter(user=user).select_related("organisation")
    found: dict[Organisation, list[Membership]] = {}
    for row in rows.order_by("organisation__name_folded", "organisation_id", "pk"):
        found.setdefault(row.organisation, []).append(row)
    return list(found.items())


def members(organisation: Organisation) -> QuerySet[Membership]:
    return organisation.memberships.select_related("user").order_by("user__name", "user__email", "pk")


def open_invitations(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return invitations.filter(accepted_at=None, revoked_at=None)


def may_invite(user_id: int | None, organisation_id: int) -> bool:
    inviting = Membership.objects.filter(
        organisation_id=organisation_id, role__in=roles_with(Permission.ORGANISATION_INVITE), user__is_active=True
    )
    return user_id is not None and inviting.filter(user_id=user_id).exists()


def is_open(invitation: Invitation) -> bool:
    """Somebody stands behind it: what a person gave whose own rights are gone is nobody's any more."""
    answered = invitation.accepted_at is not None or invitation.revoked_at is not None
    return not answered and may_invite(invitation.invited_by_id, invitation.organisation_id)


def owners(organisation: Organisation) -> QuerySet[User]:
    return User.objects.filter(
        memberships__organisation=organisation, memberships__role="owner", is_active=True
    ).order_by("pk")


def platform_reviewers() -> QuerySet[User]:
    return User.objects.filter(
        memberships__organisation__is_platform=True, memberships__role="iwim_reviewer", is_active=True
    ).order_by("pk")


def possible_parents(user: User, own: Organisation | None = None) -> QuerySet[Organisation]:
    """Verified organisations and one's own: nobody learns of others that wait."""
    shown = Organisation.objects.filter(verified_at__isnull=False) | visible_to(user, Organisation.objects.all())
    if own is not None:
        shown = shown.exclude(pk=own.pk)
    return shown.distinct()


def in_state(organisations: QuerySet[Organisation], state: str) -> QuerySet[Organisation]:
    if state == WAITING:
        return organisations.filter(verified_at=None, refused_at=None)
    if state == VERIFIED:
        return organisations.filter(verified_at__isnull=False)
    if state == REFUSED:
        return organisations.filter(refused_at__isnull=False)
    return organisations


def search(organisations: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    for word in fold(text).split():
        organisations = organisations.filter(name_folded__contains=word)
    return organisations


def waiting_first(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return organisations.select_related("part_of").order_by(
        F("verified_at").asc(nulls_first=True), F("refused_at").asc(nulls_first=True), "created_at", "pk"
    )


SORTS = {"name": "name_folded", "registered": "created_at"}


def sort_organisations(organisations: QuerySet[Organisation], sort: str) -> QuerySet[Organisation]:
    field = SORTS.get(sort.removeprefix("-"))
    if field is None:
        return waiting_first(organisations)
    sign = "-" if sort.startswith("-") else ""
    return organisations.select_related("part_of").order_by(f"{sign}{field}", "pk")
