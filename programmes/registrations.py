"""Fills the registries of lower rooms with what higher rooms do. Called once, when all models are loaded."""

from django.urls import reverse

from programmes.access import checks, tenancy
from programmes.access.links import Purpose, register_purpose
from programmes.access.renewals import register_renewal
from programmes.jobs.registry import register_sweep
from programmes.organisations.emails import INVITATION
from programmes.organisations.models import Membership
from programmes.organisations.renewal import INVITATION_RENEWAL
from programmes.organisations.sections import list_own_organisations
from programmes.outbox.domain import send_due_emails
from programmes.people.domain import SIGN_IN
from programmes.people.registry import register_account_section

__all__ = ["checks", "register"]


def register() -> None:
    tenancy.register_membership_source(lambda user_id: Membership.objects.filter(user_id=user_id))
    register_sweep("outbox", send_due_emails)
    register_purpose(Purpose(SIGN_IN, lambda pk: reverse("account-sign-in-link", args=[pk]), days=1))
    register_purpose(Purpose(INVITATION, lambda pk: reverse("invitation-accept", args=[pk])))
    register_renewal(INVITATION, INVITATION_RENEWAL)
    register_account_section(list_own_organisations)
