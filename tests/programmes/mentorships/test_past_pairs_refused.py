"""Rows of past pairs that stay out: each once, with all its reasons, and as a sheet to mend."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.mentorships.domain.past_pairs import (
    apply_past_pairs,
    forget_in_past_pairs,
    prepare_past_pairs,
)
from programmes.mentorships.models import PastPair, PastPairImport
from programmes.people.models import User
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
HEADINGS = "mentor e-mail,mentee e-mail,start date,notes\n"
GOOD = "mara@example.org,ana@example.org,2026-02-03,\n"
STRANGERS = 'no@example.org,nor@example.org,,"=HYPERLINK(""https://example.org"")"\n'
SELF = "mara@example.org,mara@example.org,,@SUM(1)\n"


@pytest.fixture
def cohort() -> Cohort:
    cohort = make_cohort()
    apply_as(cohort, "Ana Rojas", email="ana@example.org")
    apply_as(cohort, "Mara Luna", email="mara@example.org", role="mentor")
    return cohort


def prepare(cohort: Cohort, text: str) -> PastPairImport:
    data = text.encode()
    table = read_table(io.BytesIO(data), "pairs.csv")
    return prepare_past_pairs(cohort=cohort, table=table, data=data, file_name="pairs.csv", by=SYSTEM)


def download(client: Client, cohort: Cohort, past: PastPairImport) -> list[list[str]]:
    answer: Any = client.get(address("past-pairs-refused", cohort, pk=past.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_refused_rows_come_back_with_their_reasons_and_no_formula(cohort: Cohort) -> None:
    past = prepare(cohort, HEADINGS + GOOD + STRANGERS + SELF)
    unknown = "Nobody with this address has applied to your organisation, in any cohort."

    rows = download(sign_in(cohort), cohort, past)

    assert rows == [
        ["mentor e-mail", "mentee e-mail", "start date", "notes", "Why it was refused"],
        [
            *("no@example.org", "nor@example.org", "", '\'=HYPERLINK("https://example.org")'),
            f"mentor e-mail: {unknown} mentee e-mail: {unknown}",
        ],
        [
            *("mara@example.org", "mara@example.org", "", "'@SUM(1)"),
            "mentee e-mail: Mentor and mentee are the same person.",
        ],
    ]
    assert AuditEvent.objects.filter(verb="past_pairs.refused_downloaded").count() == 1


def test_the_reasons_are_in_the_language_of_whoever_downloads_them(cohort: Cohort) -> None:
    past = prepare(cohort, HEADINGS + SELF)
    client = sign_in(cohort)
    english = download(client, cohort, past)
    User.objects.filter(email="rosa@example.org").update(language="es")

    spanish = download(client, cohort, past)

    assert spanish[0][:-1] == english[0][:-1]
    assert spanish[0][-1] == "Por qué se rechazó"
    assert spanish[1][-1].startswith("mentee e-mail: ")
    assert spanish[1][-1] != english[1][-1]


def test_the_page_shows_a_row_once_with_both_reasons_and_its_counts_add_up(cohort: Cohort) -> None:
    past = prepare(cohort, HEADINGS + GOOD + STRANGERS + GOOD)

    page = sign_in(cohort).get(address("past-pairs-preview", cohort, pk=past.pk)).content.decode()

    assert "3 rows read: 1 new, 2 refused." in page
    assert page.count("Nobody with this address has applied") == 1
    assert "mentor e-mail, mentee e-mail" in page
    assert address("past-pairs-refused", cohort, pk=past.pk) in page


def test_pairs_that_somebody_else_brought_in_meanwhile_are_counted_as_refused(cohort: Cohort) -> None:
    waiting, second = [prepare(cohort, HEADINGS + GOOD)], prepare(cohort, HEADINGS + GOOD + SELF)

    def be_second(execute: Any, sql: str, *rest: Any) -> Any:
        if waiting and sql.startswith("INSERT") and "pastpair" in sql:
            first = waiting.pop()
            apply_past_pairs(past=first, version=first.version, by=SYSTEM)
        return execute(sql, *rest)

    with connection.execute_wrapper(be_second):
        done = apply_past_pairs(past=second, version=second.version, by=SYSTEM)

    assert (done.rows_read, done.rows_created, done.rows_refused) == (2, 0, 2)
    assert PastPair.objects.count() == 1


def test_once_the_pairs_are_in_there_is_nothing_to_download(cohort: Cohort) -> None:
    past = prepare(cohort, HEADINGS + GOOD + SELF)
    apply_past_pairs(past=past, version=past.version, by=SYSTEM)

    answer = sign_in(cohort).get(address("past-pairs-refused", cohort, pk=past.pk))

    assert (answer.status_code, "The file is not kept any more." in answer.content.decode()) == (409, True)


def test_only_who_may_import_downloads_and_another_organisations_answers_like_a_missing_one(cohort: Cohort) -> None:
    past, theirs = prepare(cohort, HEADINGS + SELF), prepare(make_cohort("wim-andes"), HEADINGS + SELF)
    client = sign_in(cohort)

    reviewer = sign_in(cohort, "reads@example.org", "reviewer").get(address("past-pairs-refused", cohort, pk=past.pk))
    foreign = client.get(address("past-pairs-refused", cohort, pk=theirs.pk))
    missing = client.get(address("past-pairs-refused", cohort, pk=999_999_999))

    assert reviewer.status_code == 403
    assert (foreign.status_code, foreign.content) == (404, missing.content)


def test_an_address_with_a_name_before_it_is_hers_too_when_she_withdraws(cohort: Cohort) -> None:
    prepare(cohort, HEADINGS + "mara@example.org,Ana Rojas <ANA@example.org>,,\n")

    forget_in_past_pairs(Application.objects.get(email="ana@example.org"))

    assert PastPairImport.objects.count() == 0
