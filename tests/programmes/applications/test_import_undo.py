"""A whole import back within a day: what it made goes, what it changed is as before, whoever moved since stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from programmes.applications.domain import decide_applications
from programmes.applications.domain.import_files import forget_left_imports
from programmes.applications.domain.import_undo import can_undo, plan_undo, undo_import
from programmes.applications.models import Application, ApplicationConsent, ImportBatch, ImportLine
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.outbox.domain import queue_email
from tests.conftest import Clock
from tests.programmes.applications.coordinators import SENT, address, make_cohort, sign_in
from tests.programmes.applications.imports import GOOD, bring_in, kept_files
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ANA, BERTA = "ana@example.org", "berta@example.org"
UNTOLD = {"version", "changed_at"}


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def undo(batch: ImportBatch) -> Any:
    return undo_import(batch=batch, seal=plan_undo(batch).seal, by=SYSTEM)


def columns_of(email: str) -> dict[str, Any]:
    row = Application.objects.filter(email=email).values().get()
    return {name: value for name, value in row.items() if name not in UNTOLD}


def reasons(batch: ImportBatch) -> dict[str, str]:
    return {application.email: reason for application, reason in plan_undo(batch).kept}


def test_what_it_made_goes_with_its_consents_and_the_audit_stays(
    cohort: Cohort, django_capture_on_commit_callbacks: Any
) -> None:
    batch = bring_in(cohort, GOOD, accept=True)
    kept_before = len(kept_files())

    with django_capture_on_commit_callbacks(execute=True):
        plan = undo(batch)

    assert (len(plan.removed), len(plan.restored), len(plan.kept)) == (2, 0, 0)
    assert (Application.objects.count(), ApplicationConsent.objects.count(), ImportLine.objects.count()) == (0, 0, 0)
    assert (kept_before, kept_files()) == (1, [])
    event = AuditEvent.objects.get(verb="import.undone")
    assert event.details == {"removed": 2, "restored": 0, "kept": 0}
    assert AuditEvent.objects.filter(verb="import.applied").count() == 1


def test_what_it_changed_gets_back_every_column(cohort: Cohort) -> None:
    first = bring_in(cohort, GOOD + "eva@example.org,Eva Luna,BO,1\n")
    Application.objects.filter(email=ANA).update(
        availability="mon 18-20", languages=("es", "Aymara of the lake"), answers={"import_country": "Chile, sur"}
    )
    before = {email: columns_of(email) for email in (ANA, BERTA)}
    text = (
        "email,name,country,years_experience,languages,goals,submitted_at,capacity,notes,function,availability\n"
        "ana@example.org,Anna Roja,BO,9,es;en,leadership,2026-12-01T10:00:00,2,new,hse,tue 8-9\n"
        "berta@example.org,Berta Cano,PE,4,,,,,,,\n"
    )
    second = bring_in(cohort, text, accept=True)
    changed = {email: columns_of(email) for email in (ANA, BERTA)}

    plan = undo(second)

    assert (len(plan.removed), len(plan.restored)) == (0, 2)
    assert changed[ANA] != before[ANA]
    assert {email: columns_of(email) for email in (ANA, BERTA)} == before
    assert Application.objects.get(email="eva@example.org").import_batch_id == first.pk
    # The import before it can be undone as if there had been no second one.
    assert len(undo(first).removed) == 3


def test_consents_that_only_the_undone_import_granted_go_and_earlier_ones_stay(cohort: Cohort) -> None:
    bring_in(cohort, GOOD)
    ApplicationConsent.objects.filter(application__email=ANA, purpose="contact_email").delete()

    undo(bring_in(cohort, GOOD.replace("CL", "BO")))

    found = ApplicationConsent.objects.filter(application__email=ANA).values_list("purpose", flat=True)
    assert sorted(found) == ["privacy", "shown_to_pair"]


def test_who_confirmed_was_decided_about_or_written_to_stays_and_is_named(cohort: Cohort) -> None:
    rows = "".join(f"{name}@example.org,{name.title()} Luna,BO,1\n" for name in ("carla", "dora", "eva"))
    batch = bring_in(cohort, GOOD + rows)
    Application.objects.filter(email=ANA).update(email_confirmed_at=SENT)
    decide_applications(
        cohort=cohort,
        seen={Application.objects.get(email=BERTA).pk: "submitted"},
        to="accepted",
        letters=None,
        by=SYSTEM,
    )
    queue_email(
        event_key="x:1", recipient="carla@example.org", kind="offer_mentee", subject="x", body="x", cohort_id=cohort.pk
    )
    bring_in(cohort, GOOD.splitlines()[0] + "\ndora@example.org,Dora Luna,BO,2\n")

    plan = undo(batch)

    assert {application.email: reason for application, reason in plan.kept} == {
        ANA: "She has confirmed her address: the application is hers now.",
        BERTA: "She was decided about, or her answers were changed, since.",
        "carla@example.org": "A letter to her was written since.",
        "dora@example.org": "A later spreadsheet changed her answers.",
    }
    assert [application.email for application in plan.removed] == ["eva@example.org"] or plan.removed[0].pk is None
    assert not Application.objects.filter(email="eva@example.org").exists()
    assert Application.objects.count() == 4


def test_undone_twice_is_a_conflict_and_changes_nothing_more(cohort: Cohort) -> None:
    batch = bring_in(cohort, GOOD)
    seal = plan_undo(batch).seal
    undo_import(batch=ImportBatch.objects.get(pk=batch.pk), seal=seal, by=SYSTEM)

    with pytest.raises(Conflict) as refusal:
        undo_import(batch=batch, seal=seal, by=SYSTEM)

    assert refusal.value.code == "undone"
    assert AuditEvent.objects.filter(verb="import.undone").count() == 1


def test_somebody_accepted_while_the_page_was_open_is_a_conflict_and_nothing_is_undone(cohort: Cohort) -> None:
    client = sign_in(cohort)
    batch = bring_in(cohort, GOOD)
    seal = plan_undo(batch).seal
    seen = {Application.objects.get(email=ANA).pk: "submitted"}
    decide_applications(cohort=cohort, seen=seen, to="accepted", letters=None, by=SYSTEM)

    answer = client.post(address("import-undo", cohort, pk=batch.pk), {"seal": seal})

    batch.refresh_from_db()
    assert (answer.status_code, batch.undone_at) == (409, None)
    assert "Something changed while you were looking." in answer.content.decode()
    assert Application.objects.count() == 2


def test_whoever_decides_about_undone_applications_is_told(cohort: Cohort) -> None:
    batch = bring_in(cohort, GOOD)
    seen = dict(Application.objects.values_list("pk", "status"))
    undo(batch)

    with pytest.raises(Conflict) as refusal:
        decide_applications(cohort=cohort, seen=seen, to="accepted", letters=None, by=SYSTEM)

    assert refusal.value.code == "gone"


def test_it_can_be_undone_for_a_day_and_what_restores_is_kept_no_longer(cohort: Cohort, clock: Clock) -> None:
    bring_in(cohort, GOOD)
    batch = bring_in(cohort, GOOD.replace("CL", "BO"))
    seal = plan_undo(batch).seal

    clock.shift(timedelta(hours=23))
    forget_left_imports()
    early = (can_undo(batch), ImportLine.objects.filter(before__isnull=True).count())
    clock.shift(timedelta(hours=2))
    forget_left_imports()

    assert early == (True, 2)
    assert (can_undo(batch), ImportLine.objects.filter(before__isnull=False).count()) == (False, 0)
    with pytest.raises(Conflict) as refusal:
        undo_import(batch=batch, seal=seal, by=SYSTEM)
    assert refusal.value.code == "too_late"
    assert Application.objects.get(email=ANA).country == "BO"


def test_the_page_asks_first_and_says_afterwards_who_stayed(cohort: Cohort) -> None:
    client = sign_in(cohort)
    batch = bring_in(cohort, GOOD)
    Application.objects.filter(email=ANA).update(email_confirmed_at=SENT)
    path = address("import-undo", cohort, pk=batch.pk)

    asked = client.get(path).content.decode()
    nothing = client.post(path, {})
    answer = client.post(path, {"seal": plan_undo(batch).seal})
    after = client.get(answer["Location"]).content.decode()
    again = client.get(path)

    assert "1 application that it made goes." in asked
    assert "1 application stays as it is." in asked
    assert "Berta Cano" in asked
    assert nothing.status_code == 200
    assert answer["Location"] == address("import-preview", cohort, pk=batch.pk)
    assert "This import was undone" in after
    assert "Ana Rojas" in after
    assert "the application is hers now" in after
    assert again["Location"] == answer["Location"]


def test_a_dry_run_cannot_be_undone(cohort: Cohort, client: Client) -> None:
    signed_in = sign_in(cohort)
    batch = bring_in(cohort, GOOD)
    ImportBatch.objects.filter(pk=batch.pk).update(applied_at=None, rows=[{"read": 0, "entries": []}])

    with pytest.raises(Conflict):
        undo_import(batch=batch, seal="x", by=SYSTEM)

    assert signed_in.get(address("import-undo", cohort, pk=batch.pk)).status_code == 302
