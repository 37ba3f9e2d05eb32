from programmes.organisations.domain.address import follow_address
from programmes.organisations.domain.invitations import (
    accept_invitation,
    invite_person,
    renew_invitation,
    revoke_invitation,
)
from programmes.organisations.domain.memberships import appoint_staff, remove_membership
from programmes.organisations.domain.registration import edit_organisation, enter_organisation, register_organisation
from programmes.organisations.domain.terms import edit_terms
from programmes.organisations.domain.verification import refuse_organisation, verify_organisation

__all__ = [
    "accept_invitation",
    "appoint_staff",
    "edit_organisation",
    "edit_terms",
    "enter_organisation",
    "follow_address",
    "invite_person",
    "refuse_organisation",
    "register_organisation",
    "remove_membership",
    "renew_invitation",
    "revoke_invitation",
    "verify_organisation",
]
