"""What an import says, said to whoever reads it, in her language, also where another coordinator sent the file."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.applications.domain import apply_import, withdraw_application
from programmes.applications.domain.import_columns import reason_heading
from programmes.applications.domain.import_files import drop_files
from programmes.applications.domain.import_sheets import refused_sheet
from programmes.applications.import_wording import import_rows, word_report
from programmes.applications.importing import Note, merge_refusals, name_columns
from programmes.applications.models import Application, ImportBatch
from programmes.applications.queries import imports_of
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.people import retention
from programmes.people.models import User
from tests.conftest import Clock
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from tests.programmes.applications.imports import GOOD, bring_in, prepare
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.clock import now
from wimmentor.base.languages import speak
from wimmentor.base.phrases import Phrase
from wimmentor.base.spreadsheets import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
DOUBTFUL = (
    "Answers to our form,,\nemail,name,country\n,Carla Soto,PE\n"
    "ana@example.org,Ana Rojas,Perru\nberta@example.org,Berta Cano,PE\n"
)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


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


def test_people_who_are_in_the_file_as_they_are_here_are_not_said_to_be_changed(cohort: Cohort) -> None:
    client, text = sign_in(cohort), "email,name,country,languages,years_experience\n"
    ana, berta = "ana@example.org,Ana Rojas,CL,es;en;es,2\n", "berta@example.org,Berta Cano,PE,es,3\n"
    bring_in(cohort, text + ana + berta)

    waiting = prepare(cohort, text + ana + berta.replace("PE", "BO") + "eva@example.org,Eva Luna,CL,es,1\n")
    preview = client.get(address("import-preview", cohort, pk=waiting.pk)).content.decode()
    batch = apply_import(batch=waiting, by=SYSTEM)
    result = client.get(address("import-preview", cohort, pk=batch.pk)).content.decode()
    [row, earlier] = import_rows(imports_of(cohort))

    for page in (preview, result):
        assert "3 rows read: 1 new, 1 changed, 1 as before, 0 refused." in page
    assert (batch.rows_updated, row.changed, earlier.changed) == (2, 1, 0)


def test_accepting_people_who_are_here_changes_them(cohort: Cohort) -> None:
    bring_in(cohort, GOOD)

    reports = [bring_in(cohort, GOOD, accept=True).report for _time in range(2)]

    assert [report["unchanged"] for report in reports] == [0, 2]


def test_an_emptied_report_is_worded() -> None:
    assert word_report({}) == {"refused": [], "flagged": []}


def test_a_row_that_is_refused_twice_stands_once_with_both_reasons() -> None:
    notes = [
        Note(5, "mentor", Phrase("A name is needed.")),
        Note(3, "mentee", Phrase("Consent was refused.")),
        Note(5, "mentee", Phrase("Consent was refused.")),
        Note(7, "mentor", Phrase("A name is needed.")),
        Note(7, "mentee", Phrase("A name is needed.")),
        Note(8, "email", Phrase("A name is needed.")),
        Note(8, "email", Phrase("Consent was refused.")),
    ]

    assert merge_refusals(notes) == [
        Note(3, "mentee", "Consent was refused."),
        Note(5, "mentor, mentee", "mentor: A name is needed. mentee: Consent was refused."),
        Note(7, "mentor, mentee", "A name is needed."),
        Note(8, "email", "A name is needed. Consent was refused."),
    ]


def test_who_stays_out_in_each_role_for_another_reason_is_one_refused_row(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(both_roles_allowed=True)
    cohort.refresh_from_db()
    apply_as(cohort, "Ana Rojas", email="ana@example.org", role="mentee")
    mentor = apply_as(cohort, "Ana Rojas", email="ana@example.org", role="mentor")
    withdraw_application(application=mentor, by=Actor.link("test"))

    batch = bring_in(cohort, "email,name,role\nana@example.org,Ana Rojas,both\n", role="column")

    assert (batch.rows_read, batch.rows_created, batch.rows_updated, batch.rows_refused) == (1, 0, 0, 1)
    [note] = word_report(batch.report)["refused"]
    assert note["reason"].startswith("She applied by the form herself.")
    assert note["reason"].endswith(" She has withdrawn. Only she can apply again.")


def test_reasons_that_another_coordinator_downloaded_are_nobodys_notes(cohort: Cohort) -> None:
    """ "Pourquoi …" would be a question to her."""
    with speak("fr"):
        heading = reason_heading()
    batch = bring_in(cohort, f"email,name,{heading}\nana@example.org,Ana Rojas,email: une adresse\n")

    assert heading.startswith("Pourquoi")
    assert Application.objects.get(import_batch=batch).notes == ""
    assert word_report(batch.report)["flagged"] == []


def test_cells_beyond_the_headings_come_back_with_their_row(cohort: Cohort) -> None:
    table = read_table(io.BytesIO(b"email,name\nana@example.org,Rojas,Ana\n"), "people.csv")

    headings, rows = refused_sheet(table, [Note(2, "name", Phrase("A name is needed."))])

    assert headings == ["email", "name", "", "Why it was refused"]
    assert list(rows) == [["ana@example.org", "Rojas", "Ana", "name: A name is needed."]]


def test_a_download_of_refused_rows_is_written_down(cohort: Cohort) -> None:
    batch = bring_in(cohort, DOUBTFUL)

    sign_in(cohort).get(address("import-refused", cohort, pk=batch.pk))

    assert AuditEvent.objects.filter(verb="import.refused_downloaded").count() == 1


def test_the_page_reads_how_long_a_file_is_kept_from_the_table(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    client, batch = sign_in(cohort), bring_in(cohort, DOUBTFUL)
    paths = address("import-new", cohort), address("import-preview", cohort, pk=batch.pk)
    before = [client.get(path).content.decode() for path in paths]
    shorter = replace(retention._rules["import_files"], term=retention.Term(days=7))
    monkeypatch.setitem(retention._rules, "import_files", shorter)

    after = [client.get(path).content.decode() for path in paths]

    assert "The file is kept for 30 days," in before[0]
    assert "It is deleted 30 days after the import" in before[1]
    assert "The file is kept for 7 days," in after[0]
    assert "It is deleted 7 days after the import" in after[1]


def test_the_page_shows_hours_as_its_reader_would_write_them(cohort: Cohort) -> None:
    english, spanish = (
        sign_in_speaking(cohort, language).get(address("import-new", cohort)).content.decode()
        for language in ("en", "es")
    )

    assert "“Mon 18-20; Sat 9-12”" in english
    assert "“lun 18-20; sáb 9-12”" in spanish


def test_after_a_year_a_report_quotes_nothing_also_where_its_file_went_early(cohort: Cohort, clock: Clock) -> None:
    twice = "email,name,country\nana@example.org,Ana Rojas,PE\nana@example.org,Ana Rojas,CL\n,Carla Soto,PE\n"
    batch = bring_in(cohort, twice)
    with transaction.atomic():
        drop_files([batch])
    quoted = len(batch.report["replaced"])
    clock.shift(timedelta(days=366))
    rule = next(rule for rule in retention.all_rules() if rule.name == "import_reports")

    rule.expire(rule.term.before(now()), False)

    batch.refresh_from_db()
    assert quoted == 1
    assert [batch.report[kind] for kind in ("refused", "flagged", "replaced", "people")] == [[], [], [], []]
    assert "A file whose name is not kept" in sign_in(cohort).get(address("import-new", cohort)).content.decode()


def test_what_cannot_be_read_changes_no_wish_that_she_has(cohort: Cohort) -> None:
    rows = "email,name,gender_preference_strict\nana@example.org,Ana Rojas,{}\n"
    bring_in(cohort, rows.format("yes"))
    again = bring_in(cohort, rows.format("perhaps"))

    assert Application.objects.get(email="ana@example.org").gender_preference_strict is True
    assert [note["column"] for note in again.report["flagged"]] == ["gender_preference_strict"]


def test_columns_have_one_name_each_also_where_a_heading_looks_like_a_second_one() -> None:
    table = read_table(io.BytesIO(b"email,name,name (2),name\na@example.org,Ana,Rojas,x\n"), "people.csv")

    assert name_columns(table) == ["email", "name", "name (2)", "name (3)"]


def test_the_pages_of_an_import_cost_the_same_for_one_and_many_rows(cohort: Cohort) -> None:
    client = sign_in(cohort)

    def rows(number: int) -> str:
        return "email,name,country,capacity,consent\n" + "".join(
            f"p{row}@example.org,Person {row},Perru,many,maybe\n" for row in range(number)
        )

    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    looked_at = [count(address("import-preview", cohort, pk=prepare(cohort, rows(number)).pk)) for number in (1, 9)]
    results, undos = [], []
    for number in (1, 9, 9):  # the second brings in what is new and changes one, the third changes all
        batch = bring_in(cohort, rows(number))
        results.append(count(address("import-preview", cohort, pk=batch.pk)))
        undos.append(count(address("import-undo", cohort, pk=batch.pk)))
    changing = count(address("import-preview", cohort, pk=prepare(cohort, rows(9)).pk))

    assert (len(set(looked_at)), len(set(results)), len(set(undos))) == (1, 1, 1), (looked_at, results, undos)
    assert changing == looked_at[0]
