"""What a spreadsheet holds about her goes with her, wherever it is; and never because of a stranger's form."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes.applications import domain
from programmes.applications.domain.import_undo import plan_undo, undo_import
from programmes.applications.models import Application, ImportBatch, ImportLine
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from programmes.people.erasure import erase_person
from programmes.people.models import User
from programmes.people.retention import expire_personal_data
from tests.conftest import Clock
from tests.programmes.applications.applicants import HER, make_cohort, make_draft, make_sent, post_start
from tests.programmes.applications.imports import bring_in, kept_files, prepare
from wimmentor.base.actors import SYSTEM
from wimmentor.base.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ANA = "ana@example.org"
PEOPLE = "email,name,country,languages\nana@example.org,Ana Rojas,Nowhere,es\n,Carla Soto,CL,es\n"
CONSENT = "email,name,country,consent\nana@example.org,Ana Rojas,CL,no\nberta@example.org,Berta Cano,PE,yes\n"
SHIFTED = "email,name,country\nAna Rojas,ana@example.org,CL\nberta@example.org,Berta Cano,PE\n"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def traces() -> dict[str, Any]:
    return {
        "files": len(kept_files()),
        "reports": [sorted(note["row"] for note in each.report["flagged"]) for each in ImportBatch.objects.all()],
        "rows": [len(batch.rows) for batch in ImportBatch.objects.all()],
        "lines": ImportLine.objects.count(),
        "imported": Application.objects.filter(source="import", erased_at=None).count(),
    }


def withdraw_by_the_page(cohort: Cohort) -> None:
    client = Client()
    begun = post_start(client, cohort, email=ANA)
    assert client.post(reverse("application-withdraw", args=[begun.pk])).status_code == 302
    assert Application.objects.get(pk=begun.pk).erased_at is not None


def let_it_expire(cohort: Cohort) -> None:
    begun = make_draft(cohort, email=ANA)
    # As if it had been begun a month ago: what the import keeps is younger.
    Application.objects.filter(pk=begun.pk).update(changed_at=now() - timedelta(days=31))
    expire_personal_data(by=SYSTEM)
    assert not Application.objects.filter(pk=begun.pk).exists()


def keep_the_earlier_answers(cohort: Cohort) -> None:
    domain.confirm_email(application=make_sent(cohort, email=ANA), choice="keep", by=HER)


def replace_the_earlier_answers(cohort: Cohort) -> None:
    domain.confirm_email(application=make_sent(cohort, email=ANA), choice="replace", by=HER)


@pytest.mark.parametrize(
    "end", [withdraw_by_the_page, let_it_expire, keep_the_earlier_answers, replace_the_earlier_answers]
)
def test_a_form_that_ends_unconfirmed_leaves_imports_alone(
    cohort: Cohort, committing: Any, end: Callable[[Cohort], None]
) -> None:
    bring_in(cohort, PEOPLE)
    prepare(cohort, PEOPLE)
    before = traces()
    assert before == {"files": 2, "reports": [[2], [2]], "rows": [1, 0], "lines": 1, "imported": 1}

    with committing():
        end(cohort)

    assert traces() == before


def test_a_strangers_form_takes_no_letters_but_its_own(cohort: Cohort) -> None:
    make_sent(cohort, email=ANA)
    strangers = make_sent(cohort, email=ANA)

    domain.withdraw_application(application=strangers, by=HER)

    letters = OutboxEmail.objects.order_by("pk").values_list("recipient", "state")
    assert [state for recipient, state in letters if recipient == ANA] == ["queued"]
    assert [state for recipient, state in letters if recipient != ANA] == ["held"]


def erase_ana() -> None:
    erase_person(user=User.objects.create_user(ANA), by=SYSTEM)


def test_an_account_goes_with_a_row_that_came_after_she_had_withdrawn(cohort: Cohort, committing: Any) -> None:
    with committing():
        bring_in(cohort, PEOPLE)
        domain.withdraw_application(application=Application.objects.get(email=ANA), by=HER)
        again = bring_in(cohort, PEOPLE)
    assert ([note["row"] for note in again.report["refused"]], len(kept_files())) == ([2, 3], 1)

    with committing():
        erase_ana()

    again.refresh_from_db()
    assert [note["row"] for note in again.report["refused"]] == [3]
    assert (again.stored_file, kept_files(), ImportLine.objects.count()) == ("", [], 0)


@pytest.mark.parametrize("text", [CONSENT, SHIFTED], ids=["said no", "shifted"])
def test_an_account_goes_with_rows_that_were_refused_in_cohorts_she_never_joined(
    cohort: Cohort, committing: Any, text: str
) -> None:
    with committing():
        brought, waiting = bring_in(cohort, text), prepare(cohort, text)
        other = bring_in(cohort, text.replace("ana@", "eva@"))

    with committing():
        erase_ana()

    brought.refresh_from_db()
    waiting.refresh_from_db()
    assert ([note["row"] for note in brought.report["refused"]], brought.stored_file) == ([], "")
    assert (waiting.rows, waiting.report, waiting.stored_file) == ([], {}, "")
    assert [file.name for file in kept_files()] == [other.stored_file]
    assert ImportLine.objects.filter(application=None).count() == 1


def test_rows_are_found_after_the_secret_key_was_changed(cohort: Cohort, committing: Any, settings: Any) -> None:
    with committing():
        batch = bring_in(cohort, CONSENT)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another " * 8

    with committing():
        erase_ana()

    batch.refresh_from_db()
    assert (batch.report["refused"], batch.stored_file, kept_files()) == ([], "", [])


def test_an_account_goes_with_a_file_whose_columns_nobody_has_chosen_yet(cohort: Cohort, committing: Any) -> None:
    with committing():
        waiting, other = prepare(cohort, PEOPLE, role=""), prepare(cohort, PEOPLE.replace("ana@", "eva@"), role="")

    with committing():
        erase_ana()

    waiting.refresh_from_db()
    assert (waiting.stored_file, [file.name for file in kept_files()]) == ("", [other.stored_file])


def test_who_stayed_out_is_not_remembered_longer_than_her_row_is(cohort: Cohort, clock: Clock) -> None:
    bring_in(cohort, CONSENT)
    undone = bring_in(cohort, CONSENT)
    stayed_out = ImportLine.objects.filter(application=None)
    first = stayed_out.count()

    undo_import(batch=undone, seal=plan_undo(undone).seal, by=SYSTEM)
    second = stayed_out.count()
    clock.shift(timedelta(days=31))
    expire_personal_data(by=SYSTEM)

    assert (first, second, stayed_out.count()) == (2, 1, 0)
