"""Retention of accounts and letters: nobody who takes part is touched, nobody's address is left over."""

from datetime import timedelta

import pytest

from programmes.applications import domain
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.organisations.emails import send_invitation
from programmes.organisations.models import Invitation
from programmes.outbox.models import OutboxEmail
from programmes.people.models import Erasure, User
from programmes.people.retention import expire_personal_data
from tests.conftest import Clock
from tests.programmes.applications.applicants import HER, make_cohort, make_draft
from tests.programmes.applications.imports import bring_in
from wimmentor.base import clock as site_clock
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"
YEAR = timedelta(days=367)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def expire(*, dry_run: bool = False) -> dict[str, int]:
    return {rule.name: count for rule, count in expire_personal_data(by=SYSTEM, dry_run=dry_run) if count}


def import_ana(cohort: Cohort) -> Application:
    """Taking part in a cohort that goes on for long; she has never been here herself."""
    bring_in(cohort, f"email,name,country,languages\n{ANA},Ana Rojas,CL,es\n")
    ana = Application.objects.get(email=ANA)
    Application.objects.filter(pk=ana.pk).update(status="accepted")
    closing = site_clock.now().date() + timedelta(days=600)
    Cohort.objects.filter(pk=cohort.pk).update(phase="running", closing_on=closing)
    return ana


def test_who_takes_part_by_a_spreadsheet_keeps_her_place_whatever_account_has_her_address(
    cohort: Cohort, clock: Clock
) -> None:
    ana, account = import_ana(cohort), User.objects.create_user(ANA)
    clock.shift(YEAR)

    counted, done = expire(dry_run=True), expire()

    ana.refresh_from_db()
    assert ("accounts" in counted, "accounts" in done) == (False, False)
    assert (ana.status, ana.email, ana.erased_at) == ("accepted", ANA, None)
    assert User.objects.filter(pk=account.pk).exists()


def test_a_form_that_she_sent_as_well_makes_no_account_until_she_chooses(cohort: Cohort) -> None:
    import_ana(cohort)
    Cohort.objects.filter(pk=cohort.pk).update(phase="open")
    draft = make_draft(Cohort.objects.get(pk=cohort.pk), email=ANA)

    sent = domain.submit_application(application=draft, address_proven=True, by=HER)
    before = User.objects.filter(email=ANA).count()
    kept = domain.confirm_email(application=sent, choice="keep", by=HER)

    assert (sent.status, before) == ("submitted", 0)
    assert kept.user == User.objects.get(email=ANA)


def test_only_the_account_goes_and_a_restore_withdraws_nobody_for_it(cohort: Cohort, clock: Clock) -> None:
    """A form that she began since then is hers to go on with; and an address in the ledger would, after a restore,
    take back an application that she made later."""
    account = User.objects.create_user(ANA)
    AuditEvent.objects.create(verb="x", actor=account, actor_kind="user", subject_type="x")
    clock.shift(YEAR)
    draft = make_draft(make_cohort_of_now(), email=ANA)
    Application.objects.update(changed_at=site_clock.now())

    done = expire()

    draft.refresh_from_db()
    assert (done["accounts"], User.objects.filter(email=ANA).exists()) == (1, False)
    assert (draft.status, draft.email) == ("draft", ANA)
    assert Erasure.objects.count() == 0
    assert AuditEvent.objects.get(verb="x").actor_label.startswith("erased-")


def make_cohort_of_now() -> Cohort:
    cohort = Cohort.objects.get()
    now = site_clock.now()
    Cohort.objects.filter(pk=cohort.pk).update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))
    cohort.refresh_from_db()
    return cohort


def test_the_address_of_an_invitation_goes_with_its_letter(cohort: Cohort, clock: Clock) -> None:
    invitation = Invitation.objects.create(
        organisation_id=cohort.programme.organisation_id, email="someone@example.org", role="coordinator"
    )
    send_invitation(invitation)
    OutboxEmail.objects.update(state="sent", sent_at=site_clock.now())
    clock.shift(timedelta(days=360))
    early = expire()
    clock.shift(timedelta(days=10))

    counted, done, again = expire(dry_run=True), expire(), expire()

    letter = OutboxEmail.objects.get(organisation_id=cohort.programme.organisation_id)
    assert ("letters" in early, counted["letters"], done["letters"], "letters" in again) == (False, 1, 1, False)
    assert (letter.recipient, letter.body, letter.state) == (f"erased-{letter.pk}", "", "sent")
