"""Hostile files through the form: a page that says why, and nothing written."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programmes.applications.models import Application, ApplicationConsent, ImportBatch
from programmes.audit.models import AuditEvent
from programmes.outbox.models import OutboxEmail
from tests.hostile import Case, made
from tests.programmes.applications.coordinators import address, make_cohort, sign_in

# One of each kind that is not larger than an upload may be; all of them are read in tests/base.
NAMES = {
    *("bomb of parts", "overlapping parts", "encrypted parts", "billion laughs in xl/worksheets/sheet1.xml"),
    *("macros", "external links", "a row past the last", "text number '99'", "encrypted workbook", "text as workbook"),
    *("workbook as text", "pdf as csv", "NUL in a cell", "xlsx cut at 50 %", "a million columns", "nothing"),
}
CASES = [case for case in made() if case.name in NAMES]


def counts() -> list[int]:
    return [each.objects.count() for each in (Application, ApplicationConsent, ImportBatch, AuditEvent, OutboxEmail)]


def test_each_of_them_exists() -> None:
    assert {case.name for case in CASES} == NAMES


@pytest.mark.django_db
def test_each_is_answered_with_a_sentence_and_nothing_is_written() -> None:
    cohort = make_cohort()
    client = sign_in(cohort)
    before = counts()

    answers: dict[str, Any] = {case.name: _upload(client, cohort, case) for case in CASES}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(NAMES, 200)
    assert [name for name, answer in answers.items() if "invalid-feedback" not in answer.content.decode()] == []
    assert counts() == before


def _upload(client: Any, cohort: Any, case: Case) -> Any:
    data = {"role": "mentee", "accept": "no", "consent_attested": "on"}
    file = SimpleUploadedFile(case.file_name, case.make())
    return client.post(address("import-new", cohort), {**data, "file": file})
