"""An invitation whose link ran out is sent again on request."""

from programmes.access.renewals import Renewal
from programmes.organisations.domain import renew_invitation
from programmes.organisations.emails import INVITATION
from programmes.organisations.models import Invitation
from programmes.organisations.queries import is_open
from wimmentor.base.actors import Actor


def _address(subject_id: int) -> str:
    found = Invitation.objects.filter(pk=subject_id).first()
    return found.email if found and is_open(found) else ""


def _send(subject_id: int) -> None:
    renew_invitation(invitation=Invitation.objects.get(pk=subject_id), by=Actor.link(INVITATION))


INVITATION_RENEWAL = Renewal(address=_address, send=_send)
