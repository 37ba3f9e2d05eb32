import uuid

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.access import links
from programmes.access.roles import ROLES
from programmes.audit.domain import record_event
from programmes.organisations import emails
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.organisations.queries import is_open, may_invite, open_invitations
from programmes.people.domain import confirm_address, find_or_make_user
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.text import fold_email

_NOT_OPEN = _("This invitation is not open any more.")


@transaction.atomic
def invite_person(*, organisation: Organisation, email: str, role: str, by: Actor) -> Invitation:
    if role not in ROLES or (ROLES[role].platform and not organisation.is_platform):
        raise DomainError(_("This role cannot be given here."), code="no_such_role", field="role")
    address = fold_email(email)
    if Membership.objects.filter(organisation=organisation, user__email=address, role=role).exists():
        raise DomainError(_("This person has this role already."), code="member_already", field="email")
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=organisation, email=address, role=role, invited_by_id=by.user_id
            )
    except IntegrityError as error:
        raise DomainError(
            _("This person is invited already. Take the invitation back first to send a new one."),
            code="invited_already",
            field="email",
        ) from error
    record_event("organisation.invited", by=by, subject=invitation, organisation_id=organisation.pk, role=role)
    emails.send_invitation(invitation)
    return invitation


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: Actor) -> Invitation:
    """The link ran out: a new one goes to the same address."""
    if not is_open(invitation):
        raise Conflict(_NOT_OPEN, code="invitation_closed")
    record_event("organisation.invited_again", by=by, subject=invitation, organisation_id=invitation.organisation_id)
    emails.send_invitation(invitation, again=f":{uuid.uuid4()}")
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Actor) -> Invitation:
    _close(invitation, revoked_at=clock.now())
    links.revoke_links(purpose=emails.INVITATION, subject_id=invitation.pk)
    record_event(
        "organisation.invitation_revoked", by=by, subject=invitation, organisation_id=invitation.organisation_id
    )
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Actor) -> Membership:
    """The role goes to the account of the invited address, which is made and confirmed where needed."""
    # Whoever takes the inviter's rights away meanwhile waits here, or is seen.
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=invitation.organisation_id).values_list("pk"))
    if not may_invite(invitation.invited_by_id, invitation.organisation_id):
        raise Conflict(_NOT_OPEN, code="invitation_closed")
    _close(invitation, accepted_at=clock.now())
    user = find_or_make_user(email=invitation.email, language=emails.language_of_invited(invitation), by=by)
    confirm_address(user=user, by=by)
    membership, _made = Membership.objects.get_or_create(
        user=user, organisation_id=invitation.organisation_id, role=invitation.role
    )
    record_event(
        "organisation.joined",
        by=by,
        subject=membership,
        organisation_id=invitation.organisation_id,
        role=invitation.role,
    )
    return membership


def revoke_invitations_of(*, user: User, organisation_id: int, by: Actor) -> None:
    """After her rights went: what she may give no more, and, once she has no role at all, what was offered to her."""
    invitations = open_invitations(Invitation.objects.filter(organisation_id=organisation_id))
    gone = Q(pk__in=())
    if not may_invite(user.pk, organisation_id):
        gone |= Q(invited_by=user)
    if not Membership.objects.filter(user=user, organisation_id=organisation_id).exists():
        gone |= Q(email=user.email)
    # Locked: one that is answered at this moment is no reason to refuse what goes on here.
    for invitation in invitations.filter(gone).order_by("pk").select_for_update():
        revoke_invitation(invitation=invitation, by=by)


def _close(invitation: Invitation, **values: object) -> None:
    open_one = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not open_one.update(**values):
        raise Conflict(_NOT_OPEN, code="invitation_closed")
    invitation.refresh_from_db()
