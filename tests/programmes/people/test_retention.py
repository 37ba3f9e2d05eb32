"""The table of what is kept how long: the notice prints it, the command does it."""

import hashlib
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from programmes.access.links import create_link
from programmes.access.models import PurposeLink
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.jobs.domain import dispatch_due
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from programmes.people.retention import (
    Rule,
    Term,
    _rules,
    all_rules,
    expire_daily,
    expire_personal_data,
    notice_rules,
    register_rules,
)
from tests.conftest import Clock
from tests.programmes.applications.applicants import LUCIA, make_cohort, make_confirmed, make_draft, make_sent
from wimmentor.base import clock as site_clock
from wimmentor.base.actors import SYSTEM
from wimmentor.base.backup.tables import read_lines, stored_models

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def digest() -> str:
    sha = hashlib.sha256()
    for model in stored_models():
        for line in read_lines(model):
            sha.update(line)
    return sha.hexdigest()


def counts(*, dry_run: bool = False) -> dict[str, int]:
    return {rule.name: count for rule, count in expire_personal_data(by=SYSTEM, dry_run=dry_run) if count}


def status_of(application: Application) -> tuple[str, str, bool]:
    application.refresh_from_db()
    return application.status, application.email, application.erased_at is not None


def test_terms_go_back_by_the_calendar() -> None:
    end_of_march = datetime(2028, 3, 31, 12, tzinfo=UTC)
    found = [Term(months=number).before(end_of_march).date().isoformat() for number in (1, 3, 12, 24)]
    assert found == ["2028-02-29", "2027-12-31", "2027-03-31", "2026-03-31"]
    assert Term(days=30).before(end_of_march).date().isoformat() == "2028-03-01"


def test_the_privacy_notice_prints_the_table(client: Client, cohort: Cohort) -> None:
    for address in (reverse("privacy"), reverse("organisation-privacy", args=["wim-atacama"])):
        text = client.get(address).content.decode()
        for rule in notice_rules():
            assert f"<dt>{rule.what}</dt><dd>{rule.says}</dd>" in text
    assert [rule.says for rule in notice_rules()][:3] == [
        "30 days",
        "12 months after the decision; if you withdraw, your answers are erased at once",
        "24 months after the programme ends",
    ]


def test_forms_that_were_not_sent_go_after_thirty_days(cohort: Cohort, clock: Clock) -> None:
    make_draft(cohort)
    make_sent(cohort, email="ana@example.org")
    confirmed = make_confirmed(cohort, email="ines@example.org")

    clock.shift(timedelta(days=29))
    early = counts()
    clock.shift(timedelta(days=2))

    assert (early, counts()["unsent"]) == ({}, 2)
    assert list(Application.objects.all()) == [confirmed]
    assert not OutboxEmail.objects.filter(recipient__in=[LUCIA, "ana@example.org"]).exists()


def test_no_place_twelve_months_after_the_decision(cohort: Cohort, clock: Clock) -> None:
    declined, other = make_confirmed(cohort), make_confirmed(cohort, email="ana@example.org")
    instant = site_clock.now()
    Application.objects.filter(pk=declined.pk).update(status="declined", decided_at=instant)
    Application.objects.filter(pk=other.pk).update(status="declined", decided_at=instant + 3 * MONTH)

    clock.shift(timedelta(days=364))
    early = counts().get("without_place", 0)
    clock.shift(timedelta(days=3))

    assert (early, counts()["without_place"]) == (0, 1)
    assert status_of(declined) == ("declined", "", True)
    assert status_of(other)[1:] == ("ana@example.org", False)


def test_the_waiting_list_and_participants_go_with_the_end_of_the_cohort(cohort: Cohort, clock: Clock) -> None:
    waiting, took_part = make_confirmed(cohort), make_confirmed(cohort, email="ana@example.org")
    Application.objects.filter(pk=waiting.pk).update(status="waitlisted")
    Application.objects.filter(pk=took_part.pk).update(status="accepted")
    Cohort.objects.filter(pk=cohort.pk).update(closing_on=site_clock.now().date() + timedelta(days=200))

    clock.shift(timedelta(days=200 + 360))
    early = counts()
    clock.shift(timedelta(days=10))
    first = counts()
    clock.shift(timedelta(days=370))
    second = counts()

    assert "without_place" not in early
    assert (first["without_place"], first.get("participants", 0)) == (1, 0)
    assert second["participants"] == 1
    assert status_of(took_part) == ("accepted", "", True)
    assert Application.objects.filter(cohort=cohort, status="accepted").count() == 1
    assert not User.objects.filter(email="ana@example.org").exists()


def test_letters_links_traces_and_unused_accounts(cohort: Cohort, clock: Clock) -> None:
    user = User.objects.create_user("nobody@example.org")
    create_link(purpose="account.sign_in", subject_id=user.pk)
    queue_email(event_key="account:1", recipient=user.email, kind="login_code", subject="Code", body="Hello")
    queue_email(event_key="x:1", recipient="ana@example.org", kind="x", subject="S", body="B", cohort_id=cohort.pk)
    OutboxEmail.objects.update(state="sent", sent_at=site_clock.now())

    clock.shift(timedelta(days=31))
    month = counts()
    clock.shift(timedelta(days=365))
    year = counts()
    clock.shift(timedelta(days=365))
    two = counts()

    assert month == {"sign_in_letters": 1}
    assert {name: year[name] for name in ("letters", "links", "accounts")} == {"letters": 1, "links": 1, "accounts": 1}
    assert two["traces"] > 0
    assert not User.objects.filter(pk=user.pk).exists()
    assert not PurposeLink.objects.exists()
    kept = OutboxEmail.objects.get(event_key="x:1")
    assert (kept.recipient, kept.body, kept.state) == ("ana@example.org", "", "sent")


def run(*arguments: str) -> dict[str, int]:
    call_command("expire_personal_data", *arguments, stdout=(said := StringIO()))
    lines = said.getvalue().splitlines()
    return {line.split(" ")[0]: int(line.rpartition(": ")[2]) for line in lines}


def test_the_command_counts_first_and_changes_nothing(cohort: Cohort, clock: Clock) -> None:
    make_draft(cohort)
    clock.shift(timedelta(days=800))
    before = digest()

    counted = run("--dry-run")

    assert set(counted) == {rule.name for rule in all_rules()}
    assert counted["unsent"] == 1
    assert digest() == before
    assert run()["unsent"] == 1
    event = AuditEvent.objects.get(verb="retention.applied")
    assert event.details["unsent"] == 1


def test_the_second_time_nothing_is_left(cohort: Cohort, clock: Clock) -> None:
    make_draft(cohort)
    Application.objects.filter(pk=make_confirmed(cohort, email="ana@example.org").pk).update(status="waitlisted")
    clock.shift(timedelta(days=1500))
    first = counts()

    assert {"unsent", "without_place"} <= set(first)
    # Events are dated by the real clock, so what the first round wrote down is old to this one at once.
    assert set(counts()) <= {"traces"}


def test_the_dispatcher_does_it_once_a_day(cohort: Cohort, clock: Clock) -> None:
    make_draft(cohort)
    clock.shift(timedelta(days=40))
    dispatch_due()
    first = AuditEvent.objects.filter(verb="retention.applied").count()
    make_draft(cohort, email="ana@example.org")
    Application.objects.update(changed_at=site_clock.now() - timedelta(days=40))
    dispatch_due()

    assert (first, AuditEvent.objects.filter(verb="retention.applied").count()) == (1, 1)
    assert Application.objects.count() == 1


def test_more_rows_than_a_chunk_all_go(cohort: Cohort, clock: Clock, monkeypatch: Any) -> None:
    monkeypatch.setattr("programmes.people.retention.CHUNK", 2)
    for number in range(5):
        make_draft(cohort, email=f"p{number}@example.org")
    clock.shift(timedelta(days=31))

    assert counts()["unsent"] == 5
    assert Application.objects.count() == 0


def test_a_rule_that_fails_holds_up_no_other(cohort: Cohort, clock: Clock, settings: Any, tmp_path: Path) -> None:
    """Also not the ledger, where its file cannot be read."""
    (tmp_path / "directory").mkdir()
    settings.ERASURE_LEDGER = tmp_path / "directory"
    broken = Rule("broken", Term(), lambda before, dry_run: 1 // 0)
    make_draft(cohort)
    clock.shift(timedelta(days=31))
    rules = all_rules()
    _rules.clear()
    register_rules(broken, *rules)
    try:
        with pytest.raises(CommandError, match=r"Failed, as the log says: broken\. The others are done\."):
            run("--dry-run")
        removed = expire_daily()
    finally:
        _rules.clear()
        register_rules(*rules)

    assert removed >= 1
    assert Application.objects.count() == 0
