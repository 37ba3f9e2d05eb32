"""Somebody's account has another address: invitations to her go with it."""

import uuid

from django.db import IntegrityError, transaction

from programmes.access import links
from programmes.organisations import emails
from programmes.organisations.models import Invitation
from programmes.organisations.queries import is_open
from programmes.people.models import User
from wimmentor.base import clock


@transaction.atomic
def follow_address(user: User, before: str) -> None:
    """What is open is sent again: the link that went to her former address ends, whoever reads there now."""
    for invitation in Invitation.objects.select_for_update().filter(email=before).order_by("pk"):
        links.revoke_links(purpose=emails.INVITATION, subject_id=invitation.pk)
        if not _move(invitation, user.email):
            Invitation.objects.filter(pk=invitation.pk).update(revoked_at=clock.now(), email=user.email)
        elif is_open(invitation):
            emails.send_invitation(invitation, again=f":{uuid.uuid4()}")


def _move(invitation: Invitation, email: str) -> bool:
    """False where she is invited under her new address already."""
    try:
        with transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(email=email)
    except IntegrityError:
        return False
    invitation.email = email
    return True
