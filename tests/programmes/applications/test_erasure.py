"""What is kept beside an application goes with it: reports of imports, letters to others, mail of her account."""

import io
from datetime import timedelta
from typing import Any

import pytest

from programmes.applications import domain
from programmes.applications.domain.import_files import forget_left_imports
from programmes.applications.domain.imports import prepare_import
from programmes.applications.import_wording import word_report
from programmes.applications.models import Application, ImportBatch
from programmes.cohorts.models import Cohort
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.programmes.applications.applicants import HER, LUCIA, make_cohort, make_confirmed, make_sent
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table

pytestmark = pytest.mark.django_db
PEOPLE = (
    "first_name,email,country,years_experience\n"
    "Lucía,lucia.paredes@example.org,Land of canaries,many\n"
    "Ana,ana@example.org,Nowhere,few\n"
)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def prepare(cohort: Cohort, text: str = PEOPLE) -> ImportBatch:
    table = read_table(io.BytesIO(text.encode()), "people.csv")
    chosen: dict[str, Any] = {"role": "mentee", "accept": False, "consent_attested": True, "by": SYSTEM}
    return prepare_import(cohort=cohort, table=table, file_name="people.csv", **chosen)


def bring_in(cohort: Cohort, text: str = PEOPLE) -> ImportBatch:
    return domain.apply_import(batch=prepare(cohort, text), by=SYSTEM)


def test_notes_about_her_row_leave_the_report_of_the_import(cohort: Cohort) -> None:
    batch = bring_in(cohort)
    assert [note["row"] for note in batch.report["flagged"]] == [2, 2, 3, 3]

    domain.withdraw_application(application=Application.objects.get(email=LUCIA), by=HER)

    batch.refresh_from_db()
    assert [note["row"] for note in batch.report["flagged"]] == [3, 3]
    assert "canaries" not in str(batch.report)


@pytest.mark.parametrize("changes_key", [False, True])
def test_a_spreadsheet_does_not_bring_back_who_withdrew(cohort: Cohort, changes_key: bool, settings: Any) -> None:
    bring_in(cohort)
    domain.withdraw_application(application=Application.objects.get(email=LUCIA), by=HER)
    if changes_key:
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key, longer than fifty characters, of nobody"

    report = word_report(bring_in(cohort).report)

    assert (report["created"], report["updated"]) == (0, 1)
    assert [note["reason"] for note in report["refused"]] == ["She has withdrawn. Only she can apply again."]
    assert not Application.objects.filter(email=LUCIA).exists()


def test_withdrawing_a_form_that_nobody_confirmed_keeps_nobody_out(cohort: Cohort) -> None:
    domain.withdraw_application(application=make_sent(cohort), by=HER)

    assert bring_in(cohort).report["created"] == 2


def test_rows_that_were_left_lying_go_after_a_day(cohort: Cohort, clock: Clock) -> None:
    applied, left = bring_in(cohort), prepare(cohort)

    clock.shift(timedelta(hours=23))
    early = forget_left_imports()
    clock.shift(timedelta(hours=2))

    assert (early, forget_left_imports()) == (0, 1)
    assert list(ImportBatch.objects.all()) == [applied]
    assert not ImportBatch.objects.filter(pk=left.pk).exists()


def test_mail_of_an_account_that_nobody_used_goes_with_it(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    queue_email(
        event_key="account:1", recipient=LUCIA, kind="login_code", subject="Code", body="Hello Lucía", is_private=True
    )

    domain.withdraw_application(application=application, by=HER)

    assert not OutboxEmail.objects.filter(recipient=LUCIA).exists()
    assert not OutboxEmail.objects.filter(body__contains="Lucía").exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00", "2200-01-01"])
def test_moments_at_the_ends_of_the_calendar_are_left_out(cohort: Cohort, moment: str) -> None:
    report = word_report(bring_in(cohort, f"first_name,email,submitted_at\nAna,ana@example.org,{moment}\n").report)

    assert report["created"] == 1
    assert "is no date like" in report["flagged"][0]["reason"]


def test_a_number_of_thousands_of_digits_is_no_number_of_places(cohort: Cohort) -> None:
    report = word_report(bring_in(cohort, f"first_name,email,capacity\nAna,ana@example.org,{'9' * 5000}+\n").report)

    assert report["created"] == 1
    assert "is no number of places" in report["flagged"][0]["reason"]
