"""Pairs that were made elsewhere: only of people who are known here, as digests, and out again at any time."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from programmes.applications.domain import apply_import, prepare_import, withdraw_application
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.mentorships.domain.past_pairs import (
    apply_past_pairs,
    expire_past_pair_files,
    plan_past_pairs,
    prepare_past_pairs,
    remove_past_pairs,
    reopen_pairs,
)
from programmes.mentorships.models import PastPair, PastPairImport
from programmes.people.erasure import erase_person
from programmes.people.models import User
from tests.conftest import Clock
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from tests.programmes.applications.imports import kept_files
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.clock import now
from wimmentor.base.digests import key_of_email
from wimmentor.base.errors import Conflict
from wimmentor.base.spreadsheets import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
PAIRS = "mentor e-mail,mentee e-mail,start date\nmara@example.org,ana@example.org,2026-02-03\n"
TWO = PAIRS + "mara@example.org,berta@example.org,\n"


@pytest.fixture
def cohort() -> Cohort:
    cohort = make_cohort()
    apply_as(cohort, "Ana Rojas", email="ana@example.org")
    apply_as(cohort, "Berta Cano", email="berta@example.org")
    apply_as(cohort, "Mara Luna", email="mara@example.org", role="mentor")
    return cohort


def prepare(cohort: Cohort, text: str | bytes, name: str = "pairs.csv") -> PastPairImport:
    data = text.encode() if isinstance(text, str) else text
    table = read_table(io.BytesIO(data), name)
    return prepare_past_pairs(cohort=cohort, table=table, data=data, file_name=name, by=SYSTEM)


def bring_in(cohort: Cohort, text: str) -> PastPairImport:
    past = prepare(cohort, text)
    return apply_past_pairs(past=past, version=past.version, by=SYSTEM)


def notes(past: PastPairImport) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    plan = plan_past_pairs(past, reopen_pairs(past))
    return [(note.row, note.column, str(note.reason)) for note in plan.refused], [
        (note.row, note.column) for note in plan.flagged
    ]


def upload(client: Client, cohort: Cohort, text: str, name: str = "pairs.csv") -> Any:
    return client.post(address("past-pairs", cohort), {"file": SimpleUploadedFile(name, text.encode())})


def test_the_sample_comes_in_as_its_readme_says() -> None:
    cohort = make_cohort()
    for name, role in (
        ("google_forms_mentees_es.csv", "mentee"),
        ("google_forms_mentors_es.csv", "mentor"),
        ("ms_forms_mentees_mentors_en.xlsx", "column"),
    ):
        data = (SAMPLES / name).read_bytes()
        batch = prepare_import(
            cohort=cohort,
            table=read_table(io.BytesIO(data), name),
            file_name=name,
            role=role,
            accept=True,
            consent_attested=True,
            by=SYSTEM,
        )
        apply_import(batch=batch, by=SYSTEM)
    past = prepare(cohort, (SAMPLES / "existing_pairs.csv").read_bytes())

    refused, flagged = notes(past)
    days = {entry.row: entry.started_on for entry in plan_past_pairs(past, reopen_pairs(past)).new}
    done = apply_past_pairs(past=past, version=past.version, by=SYSTEM)

    assert [(row, column) for row, column, _reason in refused] == [
        (11, "mentor e-mail"),
        (12, "mentee e-mail"),
        (13, "mentee e-mail"),
        (14, "start date"),
        (16, "mentee e-mail"),
    ]
    assert "Nobody with this address has applied" in refused[0][2]
    assert flagged == [(15, "start date")]
    assert (done.rows_read, done.rows_created, done.rows_refused) == (15, 10, 5)
    assert days[15] == date(2026, 4, 13)
    assert sorted(PastPair.objects.values_list("started_on", flat=True)) == sorted(days.values())


def test_what_is_kept_is_digests_and_the_file_goes_once_it_is_in(cohort: Cohort, committing: Any) -> None:
    with committing():
        past = bring_in(cohort, TWO)

    assert list(PastPair.objects.values_list("mentor_key", "mentee_key", "started_on")) == [
        (key_of_email("mara@example.org"), key_of_email("ana@example.org"), date(2026, 2, 3)),
        (key_of_email("mara@example.org"), key_of_email("berta@example.org"), None),
    ]
    assert (past.stored_file, past.mapping, kept_files("past-pairs")) == ("", {}, [])
    everything = str([list(model.objects.values()) for model in (PastPair, PastPairImport, AuditEvent)])
    assert "@example.org" not in everything


def test_only_people_of_this_organisation_are_known(cohort: Cohort) -> None:
    other = make_cohort("wim-andes")
    apply_as(other, "Elsewhere Only", email="else@example.org", role="mentor")
    apply_as(cohort, "Not Confirmed", email="stranger@example.org", role="mentor", email_confirmed_at=None)
    text = PAIRS + "else@example.org,ana@example.org,\nstranger@example.org,ana@example.org,\nno@x.org,nor@x.org,\n"

    refused, flagged = notes(prepare(cohort, text))

    assert [(row, column) for row, column, _reason in refused] == [
        (3, "mentor e-mail"),
        (4, "mentor e-mail"),
        (5, "mentor e-mail"),
        (5, "mentee e-mail"),
    ]
    assert flagged == []


def test_the_wrong_way_round_is_doubted_and_known_pairs_are_refused(cohort: Cohort) -> None:
    bring_in(cohort, PAIRS)

    refused, flagged = notes(prepare(cohort, PAIRS + "berta@example.org,mara@example.org,\n"))

    assert refused == [(2, "mentee e-mail", "This pair is known already, from an earlier file.")]
    assert flagged == [(3, "mentor e-mail"), (3, "mentee e-mail")]


def test_a_pair_is_kept_once_and_never_with_herself(cohort: Cohort) -> None:
    past = bring_in(cohort, PAIRS)
    pair = PastPair.objects.get()

    for mentor, mentee in ((pair.mentor_key, pair.mentee_key), (pair.mentor_key, pair.mentor_key)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PastPair.objects.create(
                organisation_id=pair.organisation_id, mentor_key=mentor, mentee_key=mentee, brought_in=past
            )


def test_upload_columns_bring_in_and_remove(cohort: Cohort) -> None:
    client = sign_in(cohort)
    answer = upload(client, cohort, "who,with,x\nmara@example.org,ana@example.org,2026-02-03\n")
    path = answer["Location"]
    unread = client.get(path).content.decode()
    columns = {"version": "1", "step": "columns", "mentor_email": "0", "mentee_email": "1", "started_on": "2"}
    chosen = client.post(path, columns)
    read = client.get(path).content.decode()
    done = client.post(path, {"version": "2", "step": "apply"})
    listed = client.get(done["Location"]).content.decode()
    past = PastPairImport.objects.get()
    asked = client.get(address("past-pairs-remove", cohort, pk=past.pk)).content.decode()
    client.post(address("past-pairs-remove", cohort, pk=past.pk))

    assert "1 row read: 0 new, 1 refused." in unread
    assert chosen["Location"] == path
    assert "1 row read: 1 new, 0 refused." in read
    assert "3 February 2026" in read
    assert "Bring in the pair" in read
    assert "1 pair is in. It is not matched again." in listed
    assert "1 pair came in with it." in asked
    assert (PastPair.objects.count(), PastPairImport.objects.count()) == (0, 0)
    assert list(AuditEvent.objects.filter(verb__startswith="past_pairs").values_list("verb", flat=True)) == [
        "past_pairs.prepared",
        "past_pairs.columns_chosen",
        "past_pairs.applied",
        "past_pairs.removed",
    ]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"mentor_email": "", "mentee_email": "1"}, "Say which column it is."),
        ({"mentor_email": "1", "mentee_email": "1"}, "This column is chosen twice."),
        ({"mentor_email": "99", "mentee_email": "1"}, "There is no such column."),
    ],
)
def test_columns_that_make_no_sense_are_said(cohort: Cohort, columns: dict[str, str], sentence: str) -> None:
    client = sign_in(cohort)
    path = upload(client, cohort, PAIRS)["Location"]

    answer = client.post(path, {"version": "1", "step": "columns", **columns})

    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert PastPairImport.objects.get().mapping == {}


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "This file is empty."), ("%PDF-1.7", "We read CSV and XLSX files.")]
)
def test_uploads_that_are_not_read_say_why(cohort: Cohort, text: str, sentence: str) -> None:
    assert sentence in upload(sign_in(cohort), cohort, text).content.decode()
    assert sentence not in sign_in(cohort, "second@example.org").get(address("past-pairs", cohort)).content.decode()
    assert PastPairImport.objects.count() == 0


def test_stale_pages_and_second_presses_are_conflicts_or_nothing(cohort: Cohort) -> None:
    client = sign_in(cohort)
    path = upload(client, cohort, PAIRS)["Location"]
    past = PastPairImport.objects.get()

    broken = client.post(path, {"step": "apply", "version": "9" * 30})
    stale = client.post(path, {"step": "apply", "version": "7"})
    first = client.post(path, {"step": "apply", "version": "1"})
    second = client.post(path, {"step": "apply", "version": "1"})
    remove_past_pairs(past=past, by=SYSTEM)

    assert (broken.status_code, stale.status_code, first.status_code, second.status_code) == (302, 409, 302, 302)
    with pytest.raises(Conflict):
        remove_past_pairs(past=past, by=SYSTEM)
    assert client.get(path).status_code == 404


def test_another_organisations_pairs_answer_like_missing_ones(cohort: Cohort) -> None:
    theirs = prepare(make_cohort("wim-andes"), PAIRS)
    client = sign_in(cohort)

    for name in ("past-pairs-preview", "past-pairs-remove"):
        foreign = client.post(address(name, cohort, pk=theirs.pk), {"step": "apply", "version": "1"})
        missing = client.post(address(name, cohort, pk=999_999_999), {"step": "apply", "version": "1"})
        assert (foreign.status_code, foreign.content) == (404, missing.content)


def test_a_file_left_lying_goes_after_a_day_and_with_a_person_in_it_at_once(
    cohort: Cohort, clock: Clock, committing: Any
) -> None:
    prepare(cohort, PAIRS)
    with committing():
        withdraw_application(application=Application.objects.get(email="ana@example.org"), by=Actor.link("test"))
    after_her = (PastPairImport.objects.count(), kept_files("past-pairs"))
    prepare(cohort, TWO)
    orphan = kept_files("past-pairs")[0].with_name("orphan")
    orphan.write_bytes(b"x")
    clock.shift(timedelta(hours=23))
    early = expire_past_pair_files(now() - timedelta(days=1), False)
    clock.shift(timedelta(hours=2))
    asked = expire_past_pair_files(now() - timedelta(days=1), True)
    with committing():
        done = expire_past_pair_files(now() - timedelta(days=1), False)

    assert after_her == (0, [])
    assert (early, asked, done, expire_past_pair_files(now() - timedelta(days=1), False)) == (0, 1, 1, 0)
    assert [file.name for file in kept_files("past-pairs")] == ["orphan"]


def test_a_strangers_form_with_her_address_throws_no_file_away(cohort: Cohort, committing: Any) -> None:
    prepare(cohort, PAIRS)
    begun = apply_as(cohort, "Somebody Else", email="ana@example.org", status="draft", email_confirmed_at=None)

    with committing():
        withdraw_application(application=begun, by=Actor.link("test"))

    assert (PastPairImport.objects.count(), len(kept_files("past-pairs"))) == (1, 1)


def test_with_her_account_goes_a_file_of_an_organisation_that_she_had_left(cohort: Cohort, committing: Any) -> None:
    withdraw_application(application=Application.objects.get(email="ana@example.org"), by=Actor.link("test"))
    prepare(cohort, PAIRS)
    kept = prepare(cohort, PAIRS.replace("ana@", "eva@"))

    with committing():
        erase_person(user=User.objects.create_user("ana@example.org"), by=SYSTEM)

    assert list(PastPairImport.objects.all()) == [kept]
    assert [file.name for file in kept_files("past-pairs")] == [kept.stored_file]


def test_after_an_erasure_nothing_of_her_is_left_and_the_pair_still_counts(cohort: Cohort) -> None:
    bring_in(cohort, PAIRS)

    withdraw_application(application=Application.objects.get(email="ana@example.org"), by=Actor.link("test"))

    assert PastPair.objects.count() == 1
    assert "ana@" not in str(list(PastPair.objects.values())) + str(list(PastPairImport.objects.values()))


def test_the_list_costs_the_same_for_one_and_three(cohort: Cohort, django_assert_num_queries: Any) -> None:
    client = sign_in(cohort)
    path = address("past-pairs", cohort)
    bring_in(cohort, PAIRS)
    client.get(path)
    with django_assert_num_queries(5):
        client.get(path)
    bring_in(cohort, TWO)
    prepare(cohort, TWO)

    with django_assert_num_queries(5):
        client.get(path)
