"""Fills the registries of lower rooms with what higher rooms do. Called once, when all models are loaded."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.access import checks, tenancy
from programmes.access.links import Purpose, register_purpose
from programmes.access.renewals import register_renewal
from programmes.applications import expiry as application_expiry
from programmes.applications import personal_data as applications
from programmes.applications.accounts import list_account_applications
from programmes.applications.domain import follow_address as follow_applicant
from programmes.applications.domain.import_files import forget_left_imports
from programmes.applications.domain.language import follow_language
from programmes.applications.importing import FIELD_NAMES, field_label
from programmes.applications.queries import count_cohort, count_readers
from programmes.applications.registry import on_withdrawn, register_held, register_letters_about
from programmes.applications.renewal import APPLICATION_RENEWAL
from programmes.audit.changes import tell_change_of
from programmes.cohorts.guards import load_cohort
from programmes.cohorts.registry import register_cohort_counts, register_readers
from programmes.cohorts.sections import list_desk_cohorts, list_programmes
from programmes.jobs.domain import resume_after_restore, sweep_after_restore
from programmes.jobs.registry import register_sweep
from programmes.mentorships import personal_data as mentorships
from programmes.mentorships.domain import end_for_withdrawn
from programmes.mentorships.domain.past_pairs import forget_in_past_pairs, forget_left_past_pairs
from programmes.mentorships.emails import letters_about as letters_of_pairs_about
from programmes.mentorships.pages import account_pairs
from programmes.mentorships.queries import paired
from programmes.mentorships.renewals import renewal_for as pair_renewal
from programmes.mentorships.sharing import SIDES
from programmes.organisations import personal_data as organisations
from programmes.organisations.domain import follow_address as follow_invited
from programmes.organisations.emails import INVITATION
from programmes.organisations.models import Membership
from programmes.organisations.registry import register_desk_section, register_overview_section
from programmes.organisations.renewal import INVITATION_RENEWAL
from programmes.organisations.sections import list_own_organisations, list_staff_work
from programmes.outbox.domain import dispatch_emails, hold_after_restore
from programmes.outbox.registry import register_cohort_loader
from programmes.people import erasure, expiry, ledger, retention
from programmes.people import personal_data as lower
from programmes.people.domain import SIGN_IN, is_restore_noted, note_restore, revoke_sign_in_links
from programmes.people.holdings import register_not_personal, register_personal_data
from programmes.people.registry import (
    on_address_changed,
    on_language_chosen,
    register_account_need,
    register_account_section,
)
from wimmentor.base.backup.registry import (
    AfterRestore,
    Note,
    register_after_restore,
    register_before_restore,
    register_note,
)
from wimmentor.base.backup.swap import settle_left
from wimmentor.base.changes import register_change_teller
from wimmentor.base.phrases import register_names
from wimmentor.base.weekhours import WEEK, word_week

__all__ = ["checks", "register"]

# Purpose, route that takes the id, days: her own page opens from the first answer to the last letter.
APPLICATION_LINKS = (
    ("application.confirm", "application-confirm", 14),
    ("application.resume", "application-resume", 60),
    ("application.status", "application-status", 180),
)


# The link to sign in stands beside a code, and works as long.
CODE_MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


def register() -> None:
    register_personal_parts()
    register_after_restores()
    tenancy.register_membership_source(lambda user_id: Membership.objects.filter(user_id=user_id))
    register_change_teller(tell_change_of)
    # First: a sweep after it may miss files, or take those of a killed restore for left ones.
    register_sweep("restores.left", settle_left)
    register_sweep("outbox", dispatch_emails)
    register_sweep("imports.left", forget_left_imports)
    register_names(FIELD_NAMES, field_label)
    register_names(WEEK, word_week)
    register_purpose(Purpose(SIGN_IN, lambda pk: reverse("account-sign-in-link", args=[pk]), minutes=CODE_MINUTES))
    register_purpose(Purpose(INVITATION, lambda pk: reverse("invitation-accept", args=[pk])))
    register_renewal(INVITATION, INVITATION_RENEWAL)
    register_account_section(list_own_organisations)
    register_desk_section(list_staff_work)
    for purpose, route, days in APPLICATION_LINKS:
        register_purpose(Purpose(purpose, lambda pk, route=route: reverse(route, args=[pk]), days))  # type: ignore[misc]
        register_renewal(purpose, APPLICATION_RENEWAL)
    register_account_section(list_account_applications)
    on_language_chosen(follow_language)
    on_address_changed(follow_applicant)
    on_address_changed(follow_invited)
    register_cohort_loader(load_cohort)
    register_desk_section(list_desk_cohorts)
    register_overview_section(list_programmes)
    register_cohort_counts(count_cohort)
    register_readers(count_readers)
    for side in SIDES:
        page = lambda pk, side=side: reverse("pair-page", kwargs={"pk": pk, "side": side})  # noqa: E731
        register_purpose(Purpose(f"mentorship.{side}", page, days=240))
        register_renewal(f"mentorship.{side}", pair_renewal(side))
    on_withdrawn(end_for_withdrawn)
    on_withdrawn(forget_in_past_pairs)
    register_sweep("past_pairs.left", forget_left_past_pairs)
    register_held(paired)
    register_account_section(account_pairs)


def register_personal_parts() -> None:
    """What each area holds about people: for the export, the erasure and the retention."""
    for area in (lower, organisations, applications, mentorships):
        register_personal_data(*area.HOLDINGS)
    register_not_personal({**lower.NOT_PERSONAL, **applications.NOT_PERSONAL, **mentorships.NOT_PERSONAL})
    erasure.register_hold(applications.hold_her_cohorts)  # the first of all locks, as in an import
    erasure.register_hold(organisations.hold_organisations)
    erasure.register_hindrance(organisations.hinder_last_owner)
    erasure.register_hindrance(organisations.hinder_contact)
    erasure.register_erasure(applications.withdraw_all)
    erasure.register_erasure(mentorships.forget_files)
    erasure.register_erasure(organisations.leave_organisations)
    erasure.register_erase_again(applications.withdraw_again)
    register_letters_about(letters_of_pairs_about)
    register_account_need(application_expiry.leave_out_applicants)
    # The order in which they run: what an application leaves behind comes after it.
    retention.register_rules(*application_expiry.RULES, *mentorships.RULES, *organisations.RULES, *expiry.RULES)
    register_sweep("retention", retention.expire_daily)


def register_after_restores() -> None:
    """First who must not come back, then what goes on, last what must not go twice."""
    register_before_restore(ledger.secure_ledger)
    for name, what, run in (
        ("erased", _("Erased again, since they were erased after this backup"), erasure.erase_again),
        ("sign_in", _("Sign-in links that no longer work"), revoke_sign_in_links),
        ("jobs", _("Jobs that go on by themselves"), resume_after_restore),
        ("due", _("What became due meanwhile and is done now"), lambda: sweep_after_restore(but=("outbox",))),
        ("letters", _("E-mails held for a person to look at, since they may have gone before"), hold_after_restore),
    ):
        register_after_restore(AfterRestore(name, what, run))
    register_note(Note(note_restore, is_restore_noted))
