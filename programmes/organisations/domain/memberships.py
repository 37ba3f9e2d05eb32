from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.access import links
from programmes.audit.domain import record_event
from programmes.organisations.domain.invitations import revoke_invitations_of
from programmes.organisations.models import Membership, Organisation
from programmes.people.domain import SIGN_IN, find_or_make_user
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold

PLATFORM = {"name": "International Women in Mining", "slug": "iwim", "type": "iwim"}
STAFF_ROLES = ("owner", "iwim_reviewer")


@transaction.atomic
def remove_membership(*, membership: Membership, by: Actor) -> None:
    """An organisation keeps an owner: of two owners who remove each other, one is refused."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    other_owners = Membership.objects.filter(organisation_id=membership.organisation_id, role="owner")
    if membership.role == "owner" and not other_owners.exclude(user_id=membership.user_id).exists():
        raise DomainError(_("An organisation needs an owner. Invite another one first."), code="last_owner")
    record_event(
        "organisation.membership_removed",
        by=by,
        subject=membership,
        organisation_id=membership.organisation_id,
        role=membership.role,
        user=membership.user_id,
    )
    membership.delete()
    # Else a link that she sent to herself would bring her rights back.
    revoke_invitations_of(user=membership.user, organisation_id=membership.organisation_id, by=by)


@transaction.atomic
def appoint_staff(*, email: str, by: Actor) -> tuple[User, str]:
    """The person, and an address that signs her in once. Makes the platform's own organisation where it is missing."""
    user = find_or_make_user(email=email, by=by)
    organisation = Organisation.objects.filter(is_platform=True).first() or Organisation.objects.create(
        **PLATFORM,
        name_folded=fold(PLATFORM["name"]),
        contact_email=user.email,
        is_platform=True,
        verified_at=clock.now(),
    )
    for role in STAFF_ROLES:
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    record_event("organisation.staff_appointed", by=by, subject=user, organisation_id=organisation.pk)
    return user, links.create_link(purpose=SIGN_IN, subject_id=user.pk, user_id=user.pk, days=1)
