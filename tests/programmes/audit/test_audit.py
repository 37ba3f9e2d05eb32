"""Who did what, when, to which row."""

from datetime import UTC, datetime, timedelta

import pytest

from programmes.audit.domain import record_event
from programmes.audit.models import AuditEvent
from programmes.people.models import User
from wimmentor.base.actors import COMMAND, SYSTEM, Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return User.objects.create_user("rosa@example.org", name="Rosa Mamani")


def test_event_names_actor_verb_row_and_tenant(rosa: User) -> None:
    before = datetime.now(UTC)

    event = record_event("offers.published", by=Actor.of(rosa), subject=rosa, organisation_id=3, cohort_id=4, offers=12)

    row = AuditEvent.objects.get(pk=event.pk)
    assert (row.verb, row.actor, row.subject_type, row.subject_id) == (
        "offers.published",
        rosa,
        "programmes.user",
        rosa.pk,
    )
    assert (row.organisation_id, row.cohort_id, row.details) == (3, 4, {"offers": 12})
    assert before <= row.at <= before + timedelta(seconds=5)


@pytest.mark.parametrize("actor", [SYSTEM, COMMAND, Actor.link("offer.mentee")])
def test_actor_without_an_account_is_kept_by_kind(rosa: User, actor: Actor) -> None:
    event = record_event("offer.answered", by=actor, subject=rosa)

    row = AuditEvent.objects.get(pk=event.pk)
    assert (row.actor_id, row.actor_kind, row.actor_label) == (None, actor.kind, actor.label)


def test_events_outlive_the_account(rosa: User) -> None:
    record_event("cohort.opened", by=Actor.of(rosa), subject=rosa, cohort_id=4)
    subject_id = rosa.pk

    rosa.delete()

    row = AuditEvent.objects.get(verb="cohort.opened")
    assert (row.actor_id, row.actor_kind, row.subject_id) == (None, "user", subject_id)


def test_event_holds_no_name_and_no_address(rosa: User) -> None:
    event = record_event("cohort.opened", by=Actor.of(rosa), subject=rosa)

    written = " ".join(str(value) for value in AuditEvent.objects.filter(pk=event.pk).values().get().values())
    assert "rosa" not in written.casefold()
    assert "mamani" not in written.casefold()
