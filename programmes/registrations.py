"""Fills the registries of lower rooms with what higher rooms do. Called once, when all models are loaded."""

from django.urls import reverse

from programmes.access import checks, tenancy
from programmes.access.links import Purpose, register_purpose
from programmes.access.renewals import register_renewal
from programmes.applications.accounts import list_account_applications
from programmes.applications.domain.import_files import forget_left_imports
from programmes.applications.queries import count_cohort
from programmes.applications.registry import on_withdrawn, register_held
from programmes.applications.renewal import APPLICATION_RENEWAL
from programmes.cohorts.guards import load_cohort
from programmes.cohorts.registry import register_cohort_counts
from programmes.cohorts.sections import list_desk_cohorts, list_programmes
from programmes.jobs.registry import register_sweep
from programmes.mentorships.domain import end_for_withdrawn
from programmes.mentorships.domain.past_pairs import forget_in_past_pairs, forget_left_past_pairs
from programmes.mentorships.pages import account_pairs
from programmes.mentorships.queries import paired
from programmes.mentorships.renewals import renewal_for as pair_renewal
from programmes.mentorships.sharing import SIDES
from programmes.organisations.emails import INVITATION
from programmes.organisations.models import Membership
from programmes.organisations.registry import register_desk_section, register_overview_section
from programmes.organisations.renewal import INVITATION_RENEWAL
from programmes.organisations.sections import list_own_organisations, list_staff_work
from programmes.outbox.domain import send_due_emails
from programmes.outbox.registry import register_cohort_loader
from programmes.people.domain import SIGN_IN
from programmes.people.registry import register_account_section

__all__ = ["checks", "register"]

# Purpose, route that takes the id, days: her own page opens from the first answer to the last letter.
APPLICATION_LINKS = (
    ("application.confirm", "application-confirm", 14),
    ("application.resume", "application-resume", 60),
    ("application.status", "application-status", 180),
)


def register() -> None:
    tenancy.register_membership_source(lambda user_id: Membership.objects.filter(user_id=user_id))
    register_sweep("outbox", send_due_emails)
    register_sweep("imports.left", forget_left_imports)
    register_purpose(Purpose(SIGN_IN, lambda pk: reverse("account-sign-in-link", args=[pk]), days=1))
    register_purpose(Purpose(INVITATION, lambda pk: reverse("invitation-accept", args=[pk])))
    register_renewal(INVITATION, INVITATION_RENEWAL)
    register_account_section(list_own_organisations)
    register_desk_section(list_staff_work)
    for purpose, route, days in APPLICATION_LINKS:
        register_purpose(Purpose(purpose, lambda pk, route=route: reverse(route, args=[pk]), days))  # type: ignore[misc]
        register_renewal(purpose, APPLICATION_RENEWAL)
    register_account_section(list_account_applications)
    register_cohort_loader(load_cohort)
    register_desk_section(list_desk_cohorts)
    register_overview_section(list_programmes)
    register_cohort_counts(count_cohort)
    for side in SIDES:
        page = lambda pk, side=side: reverse("pair-page", kwargs={"pk": pk, "side": side})  # noqa: E731
        register_purpose(Purpose(f"mentorship.{side}", page, days=240))
        register_renewal(f"mentorship.{side}", pair_renewal(side))
    on_withdrawn(end_for_withdrawn)
    on_withdrawn(forget_in_past_pairs)
    register_sweep("past_pairs.left", forget_left_past_pairs)
    register_held(paired)
    register_account_section(account_pairs)
