"""The three steps in the browser, and every way to leave them."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from programmes.applications.domain.import_columns import choose_columns, recall_columns
from programmes.applications.models import Application, ImportBatch, RememberedColumn
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from tests.programmes.applications.imports import (
    GOOD,
    MIXED,
    bring_in,
    choose,
    kept_files,
    prepare,
    press,
    upload,
)
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import Conflict
from wimmentor.base.spreadsheets import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ODD = "Contact,Person,Shoe\nana@example.org,Ana Rojas,38\nberta@example.org,Berta Cano,39\n"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return sign_in(cohort)


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_file_columns_dry_run_result(cohort: Cohort, client: Client) -> None:
    answer = upload(client, cohort, MIXED)
    batch = ImportBatch.objects.get()
    columns = page(client, answer["Location"])
    chosen = choose(client, cohort, batch, "email", "name", "country", "years_experience")
    preview = page(client, chosen["Location"])
    before = Application.objects.count()
    first = press(client, cohort, batch, "good")
    second = press(client, cohort, batch, "good")
    result = page(client, first["Location"])

    assert answer["Location"] == address("import-columns", cohort, pk=batch.pk)
    assert "Column A" in columns
    assert "ana@example.org" in columns
    assert chosen["Location"] == address("import-preview", cohort, pk=batch.pk)
    assert "3 rows read: 2 new, 0 changed, 1 refused." in preview
    assert "An e-mail address is needed." in preview
    assert "Add only the 2 good rows" in preview
    assert 'value="all"' not in preview
    assert before == 0
    assert (Application.objects.count(), second.status_code) == (2, 302)
    assert "What came in" in result
    assert "Undo this import" in result
    assert "ana@example.org" not in result


def test_all_rows_good_come_in_as_a_whole(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, GOOD)
    batch = ImportBatch.objects.get()

    preview = page(client, address("import-preview", cohort, pk=batch.pk))
    press(client, cohort, batch, "all")

    assert "Add all 2 rows" in preview
    assert Application.objects.count() == 2


def test_as_a_whole_is_refused_once_a_row_is_bad(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, GOOD)
    batch = ImportBatch.objects.get()
    apply_as(cohort, "Ana Own", email="ana@example.org")

    answer = press(client, cohort, batch, "all")

    assert answer.status_code == 409
    assert "Some rows cannot come in." in answer.content.decode()
    assert list(Application.objects.values_list("source", flat=True)) == ["form"]
    assert "Add only the good row" in page(client, address("import-preview", cohort, pk=batch.pk))


def test_the_role_is_asked_where_the_file_does_not_say_it(cohort: Cohort, client: Client) -> None:
    answer = upload(client, cohort, GOOD, role="guess")
    batch = ImportBatch.objects.get()

    preview = client.get(address("import-preview", cohort, pk=batch.pk))
    unsaid = choose(client, cohort, batch, "email", "name", "country", "years_experience", role="")
    choose(client, cohort, batch, "email", "name", "country", "years_experience", role="mentor")
    press(client, cohort, batch, "all")

    assert preview["Location"] == answer["Location"] == address("import-columns", cohort, pk=batch.pk)
    assert "Say who is in this file." in unsaid.content.decode()
    assert set(Application.objects.values_list("role", flat=True)) == {"mentor"}


def test_a_column_says_who_is_what(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, "email,name,role\nana@example.org,Ana Rojas,mentor\n", role="guess")

    assert ImportBatch.objects.get().role == "column"


def test_correcting_a_column_reads_the_file_again(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, ODD)
    batch = ImportBatch.objects.get()

    choose(client, cohort, batch, "email", "name", "")
    press(client, cohort, batch, "all")

    assert list(Application.objects.values_list("email", "first_name")) == [
        ("ana@example.org", "Ana"),
        ("berta@example.org", "Berta"),
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("", "name", ""), "Say which column holds the e-mail addresses."),
        (("email", "", ""), "Say which column holds the names."),
        (("email", "name", "email"), "“E-mail” is read from “Contact” already."),
        (("email", "name", "shoe_size"), "There is no such field."),
        (("email", "name", "id"), "There is no such field."),
    ],
)
def test_columns_that_make_no_sense_are_said(
    cohort: Cohort, client: Client, fields: tuple[str, ...], sentence: str
) -> None:
    upload(client, cohort, ODD)
    batch = ImportBatch.objects.get()

    answer = choose(client, cohort, batch, *fields)

    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    batch.refresh_from_db()
    assert batch.mapping == {}


def test_a_role_column_is_needed_where_both_are_in_the_file(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, ODD)

    answer = choose(client, cohort, ImportBatch.objects.get(), "email", "name", "", role="column")

    assert "Say which column tells mentees from mentors" in answer.content.decode()


def test_two_columns_may_feed_one_list(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, "a,b,c,d\nana@example.org,Ana Rojas,Leadership,I like rocks\n")
    batch = ImportBatch.objects.get()

    answer = choose(client, cohort, batch, "email", "name", "notes", "notes")

    assert answer.status_code == 302


def test_what_was_changed_is_shown_before_it_is(cohort: Cohort, client: Client) -> None:
    bring_in(cohort, GOOD)
    batch = prepare(cohort, GOOD.replace("PE,2", "PE,3").replace("CL", "BO"))

    preview = page(client, address("import-preview", cohort, pk=batch.pk))

    assert "0 new, 2 changed" in preview
    assert "Years of experience: 2 → 3" in preview
    assert "Country: Chile → Bolivia" in preview


def test_the_same_file_again_changes_nobody(cohort: Cohort, client: Client) -> None:
    """Also where its moments are in another zone than the database's."""
    file = (
        "email,name,country,years_experience,submitted_at\nana@example.org,Ana Rojas,CL,4.5,2026-10-01T08:48:00-05:00\n"
    )
    bring_in(cohort, file)
    batch = prepare(cohort, file)

    preview = page(client, address("import-preview", cohort, pk=batch.pk))

    assert "0 new, 0 changed, 1 as before" in preview
    assert "→" not in preview


def test_repeated_answers_stand_side_by_side(cohort: Cohort, client: Client) -> None:
    batch = prepare(cohort, GOOD + "ANA@example.org,Ana Rojas,CL,9\n")

    preview = page(client, address("import-preview", cohort, pk=batch.pk))

    assert "Row 2 is replaced by row 4." in preview
    assert '<td role="cell" data-l="Earlier">4,5</td>' in preview
    assert '<td role="cell" data-l="Later">9</td>' in preview
    assert "stands again in row" not in preview


def test_what_was_recognised_of_the_file_is_shown(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, "email;name\nana@example.org;José Ñandú\n".encode("cp1252"), name="gente.csv")
    batch = ImportBatch.objects.get()

    shown = page(client, address("import-columns", cohort, pk=batch.pk))

    assert all(word in shown for word in ("gente.csv", "CSV", "cp1252", "semicolon", "Rows below the headings"))


def test_throwing_away_leaves_nothing(cohort: Cohort, client: Client, django_capture_on_commit_callbacks: Any) -> None:
    upload(client, cohort, GOOD)
    batch = ImportBatch.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        over = press(client, cohort, batch, "discard")

    assert over["Location"] == address("import-new", cohort)
    assert (ImportBatch.objects.count(), Application.objects.count(), kept_files()) == (0, 0, [])


def test_throwing_away_what_is_in_is_a_conflict(cohort: Cohort, client: Client) -> None:
    batch = bring_in(cohort, GOOD)

    answer = press(client, cohort, batch, "discard")

    assert answer.status_code == 409
    assert len(kept_files()) == 1


@pytest.mark.parametrize(
    ("fields", "text", "sentence"),
    [
        ({"consent_attested": ""}, GOOD, "Without their agreement we cannot keep their answers."),
        ({}, "", "This file is empty."),
        ({}, "<html></html>", "This is a web page, not a spreadsheet."),
        ({"role": "nobody"}, GOOD, "Choose one of those that are offered."),
    ],
)
def test_uploads_that_are_not_read_say_why(
    cohort: Cohort, client: Client, fields: dict[str, str], text: str, sentence: str
) -> None:
    answer = upload(client, cohort, text, **fields)

    assert sentence in answer.content.decode()
    assert (ImportBatch.objects.count(), kept_files()) == (0, [])


def test_no_file_is_said(cohort: Cohort, client: Client) -> None:
    answer = client.post(address("import-new", cohort), {"role": "mentee", "accept": "no", "consent_attested": "on"})

    assert "Choose a file." in answer.content.decode()


@pytest.mark.parametrize("name", ["import-preview", "import-columns", "import-undo", "import-forget"])
def test_another_cohorts_import_answers_like_a_missing_one(cohort: Cohort, client: Client, name: str) -> None:
    theirs = prepare(make_cohort("wim-andes"), GOOD)

    foreign = client.post(address(name, cohort, pk=theirs.pk), {"step": "good", "version": "1"})
    missing = client.post(address(name, cohort, pk=999_999_999), {"step": "good", "version": "1"})

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    assert Application.objects.count() == 0


@pytest.mark.parametrize(
    "data", [{}, {"step": "good"}, {"step": "good", "version": "x"}, {"step": "x", "version": "1"}]
)
def test_a_button_that_is_none_changes_nothing(cohort: Cohort, client: Client, data: dict[str, str]) -> None:
    batch = prepare(cohort, GOOD)

    answer = client.post(address("import-preview", cohort, pk=batch.pk), data, follow=True)

    assert "This page was not complete." in answer.content.decode()
    assert Application.objects.count() == 0


def test_of_two_coordinators_the_second_is_told_what_the_first_did(cohort: Cohort, client: Client) -> None:
    upload(client, cohort, ODD)
    batch = ImportBatch.objects.get()
    seen = str(batch.version)
    choose(client, cohort, batch, "email", "name", "")

    stale_columns = choose(client, cohort, batch, "email", "name", "notes", version=seen)
    stale_apply = press(client, cohort, batch, "all", version=seen)
    press(client, cohort, batch, "all")
    late_columns = choose(client, cohort, batch, "email", "name", "notes")

    assert (stale_columns.status_code, stale_apply.status_code) == (409, 409)
    assert "Somebody else changed" in stale_apply.content.decode()
    assert late_columns["Location"] == address("import-preview", cohort, pk=batch.pk)
    assert Application.objects.filter(notes="").count() == 2


def test_columns_of_an_import_that_is_in_cannot_be_chosen(cohort: Cohort) -> None:
    batch = bring_in(cohort, ODD, mapping={"Contact": "email", "Person": "name"})
    table = read_table(io.BytesIO(ODD.encode()), "people.csv")

    with pytest.raises(Conflict):
        choose_columns(batch=batch, table=table, role="mentee", mapping=batch.mapping, version=batch.version, by=SYSTEM)

    assert AuditEvent.objects.filter(verb="import.columns_chosen").count() == 0


def test_the_refused_rows_come_back_with_their_reasons_and_go_in_when_mended(cohort: Cohort, client: Client) -> None:
    batch = bring_in(cohort, MIXED)

    answer = client.get(address("import-refused", cohort, pk=batch.pk))
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(sheet)))
    mended = sheet.replace("\n,Carla", "\ncarla@example.org,Carla")
    upload(client, cohort, mended)
    again = ImportBatch.objects.latest("pk")

    assert answer["Content-Disposition"].startswith("attachment")
    assert rows == [
        ["email", "name", "country", "years_experience", "Why it was refused"],
        ["", "Carla Soto", "PE", "2", "email: An e-mail address is needed."],
    ]
    assert (again.rows_created, again.rows_refused, again.report["flagged"]) == (1, 0, [])


def test_what_a_coordinator_chose_is_remembered_in_every_cohort_and_can_be_forgotten(
    cohort: Cohort, client: Client
) -> None:
    other = make_cohort("wim-andes")
    upload(client, cohort, ODD)
    choose(client, cohort, ImportBatch.objects.get(), "email", "name", "notes")
    looked_at = RememberedColumn.objects.count()
    press(client, cohort, ImportBatch.objects.get(), "all")
    recalled = [recall_columns(each, ["CONTACT", "Shoe"]) for each in (cohort, other)]

    upload(client, cohort, ODD.upper().replace("@EXAMPLE.ORG", "@example.org").replace("ANA", "eva"))
    batch = ImportBatch.objects.latest("pk")
    shown = page(client, address("import-columns", cohort, pk=batch.pk))
    forgot = client.post(address("import-forget", cohort, pk=batch.pk), {"version": str(batch.version)})
    afresh = page(client, forgot["Location"])

    assert looked_at == 0
    assert recalled == [{"CONTACT": "email", "Shoe": "notes"}, {}]
    assert shown.count("remembered from an earlier file") == 3
    assert batch.rows_created == 1
    assert "remembered from an earlier file" not in afresh
    assert RememberedColumn.objects.count() == 0


def test_the_last_choice_for_a_heading_counts(cohort: Cohort) -> None:
    bring_in(cohort, ODD, mapping={"Contact": "email", "Person": "name", "Shoe": "notes"})
    bring_in(cohort, ODD, mapping={"Contact": "email", "Person": "name", "Shoe": None})

    found = dict(RememberedColumn.objects.values_list("heading_folded", "field"))
    assert found == {"contact": "email", "person": "name", "shoe": ""}


def test_the_list_of_imports_costs_the_same_for_one_and_three(
    cohort: Cohort, client: Client, django_assert_num_queries: Any
) -> None:
    bring_in(cohort, GOOD)
    path = address("import-new", cohort)
    client.get(path)
    with django_assert_num_queries(6):
        client.get(path)
    prepare(cohort, GOOD)
    bring_in(cohort, GOOD)

    with django_assert_num_queries(6):
        shown = client.get(path).content.decode()

    assert shown.count("brought in") - shown.count("not brought in") == 2
    assert shown.count("looked at, not brought in") == 1


def test_an_import_whose_file_is_gone_says_so(cohort: Cohort, client: Client) -> None:
    batch = prepare(cohort, GOOD)
    kept_files()[0].unlink()

    answers = [client.get(address(name, cohort, pk=batch.pk)) for name in ("import-columns", "import-file")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "The file is not kept any more." in answers[0].content.decode()
    assert client.get(address("import-preview", cohort, pk=batch.pk)).status_code == 200
