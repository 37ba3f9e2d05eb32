"""Fills the registries of lower rooms with what higher rooms do. Called once, when all models are loaded."""

from programmes.access import checks, tenancy
from programmes.jobs.registry import register_sweep
from programmes.organisations.models import Membership
from programmes.outbox.domain import send_due_emails

__all__ = ["checks", "register"]


def register() -> None:
    tenancy.register_membership_source(lambda user_id: Membership.objects.filter(user_id=user_id))
    register_sweep("outbox", send_due_emails)
