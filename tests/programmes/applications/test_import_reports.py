"""What an import says, said to whoever reads it, in her language, also where another coordinator sent the file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from programmes.applications.import_wording import word_report
from programmes.applications.importing import Note, merge_refusals
from programmes.applications.models import ImportBatch
from programmes.cohorts.models import Cohort
from programmes.people.models import User
from tests.programmes.applications.coordinators import address, make_cohort, sign_in
from tests.programmes.applications.imports import bring_in, prepare
from wimmentor.base.languages import speak
from wimmentor.base.phrases import Phrase

pytestmark = pytest.mark.django_db
DOUBTFUL = (
    "Answers to our form,,\nemail,name,country\n,Carla Soto,PE\n"
    "ana@example.org,Ana Rojas,Perru\nberta@example.org,Berta Cano,PE\n"
)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def sign_in_speaking(cohort: Cohort, language: str) -> Client:
    client = sign_in(cohort, f"{language}@example.org")
    User.objects.filter(email=f"{language}@example.org").update(language=language)
    return client


@pytest.mark.parametrize("step", ["looked at", "brought in"])
def test_another_coordinator_reads_it_in_her_language(cohort: Cohort, step: str) -> None:
    with speak("fr"):
        batch = (prepare if step == "looked at" else bring_in)(cohort, DOUBTFUL)
    path = address("import-preview", cohort, pk=batch.pk)

    english, spanish = (sign_in_speaking(cohort, language).get(path).content.decode() for language in ("en", "es"))

    assert "An e-mail address is needed." in english
    assert "The headings were found in row 2." in english
    with speak("es"):
        said = [
            str(Phrase("An e-mail address is needed.")),
            str(Phrase("The headings were found in row %(row)d. What stands above them was left out.", {"row": 2})),
        ]
    assert [sentence in spanish for sentence in said] == [True, True]
    assert "is needed" not in spanish


def test_the_download_of_refused_rows_gives_the_reasons_in_her_language(cohort: Cohort) -> None:
    with speak("fr"):
        batch = bring_in(cohort, DOUBTFUL)
    path = address("import-refused", cohort, pk=batch.pk)

    last = []
    for language in ("en", "es"):
        answer: Any = sign_in_speaking(cohort, language).get(path)
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        last.append([row[-1] for row in rows])
    english, spanish = last

    assert english == ["Why it was refused", "email: An e-mail address is needed."]
    assert len(spanish) == 2
    assert spanish[0] != english[0]
    assert "needed" not in spanish[1]


def test_reports_that_were_kept_as_text_are_still_read(cohort: Cohort) -> None:
    batch = bring_in(cohort, DOUBTFUL)
    old = {"row": 3, "column": "email", "reason": "Hace falta un correo."}
    ImportBatch.objects.filter(pk=batch.pk).update(
        report={**batch.report, "refused": [old]}, recognised={**batch.recognised, "warnings": ["Dos filas."]}
    )

    page = sign_in(cohort).get(address("import-preview", cohort, pk=batch.pk)).content.decode()

    assert "Hace falta un correo." in page
    assert "Dos filas." in page


def test_an_emptied_report_is_worded() -> None:
    assert word_report({}) == {"refused": [], "flagged": []}


def test_a_row_that_is_refused_twice_stands_once_with_both_reasons() -> None:
    notes = [
        Note(5, "mentor", Phrase("A name is needed.")),
        Note(3, "mentee", Phrase("Consent was refused.")),
        Note(5, "mentee", Phrase("Consent was refused.")),
        Note(7, "mentor", Phrase("A name is needed.")),
        Note(7, "mentee", Phrase("A name is needed.")),
    ]

    assert merge_refusals(notes) == [
        Note(3, "mentee", "Consent was refused."),
        Note(5, "mentor, mentee", "mentor: A name is needed. mentee: Consent was refused."),
        Note(7, "mentor, mentee", "A name is needed."),
    ]
