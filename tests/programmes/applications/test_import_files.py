"""The file is private, and goes: after a month, with a person in it, with its row."""

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from programmes.applications.domain import withdraw_application
from programmes.applications.domain.import_files import forget_left_imports
from programmes.applications.models import Application, ImportBatch, ImportLine
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.people.retention import all_rules
from tests.conftest import Clock
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from tests.programmes.applications.imports import GOOD, bring_in, kept_files, prepare, press
from wimmentor.base.actors import Actor
from wimmentor.base.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ANA, BERTA = "ana@example.org", "berta@example.org"
HER = Actor.link("test")
REPEATED = GOOD + "ANA@example.org,Ana Rojas,CL,three and a bit\nberta@example.org,Berta Cano,PE,about 2\n"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def age(file: Path, days: int) -> None:
    then = file.stat().st_mtime - days * 24 * 3600
    os.utime(file, (then, then))


def test_the_file_is_kept_as_it_was_sent_under_a_random_name_for_the_owner_alone(cohort: Cohort) -> None:
    batch = prepare(cohort, GOOD, file_name="people of 2027.csv")

    [file] = kept_files()
    assert (file.name, file.read_bytes()) == (batch.stored_file, GOOD.encode())
    assert len(file.name) == 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_it_is_downloaded_by_whoever_may_import_and_never_shown(cohort: Cohort) -> None:
    batch = prepare(cohort, "<script>alert(1)</script>,email\n", file_name='a"b\r\nX: y 🪨.csv')
    path = address("import-file", cohort, pk=batch.pk)

    answer = sign_in(cohort).get(path)
    reviewer = sign_in(cohort, "reader@example.org", "reviewer").get(path)
    stranger = sign_in(make_cohort("wim-andes"), "stranger@example.org").get(path)

    assert answer.content.startswith(b"<script>")
    headers = {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert headers == {
        "Content-Type": "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert (reviewer.status_code, stranger.status_code, Client().get(path).status_code) == (403, 404, 302)
    assert AuditEvent.objects.filter(verb="import.downloaded").count() == 1


def test_nothing_below_the_media_root_is_served(cohort: Cohort, client: Client) -> None:
    batch = prepare(cohort, GOOD)

    for path in (f"/media/imports/{batch.stored_file}", f"/imports/{batch.stored_file}", f"/static/imports/{batch.pk}"):
        assert client.get(path).status_code == 404
    assert django_settings.MEDIA_URL == "/"


def expire(*, dry_run: bool = False) -> int:
    rule = next(rule for rule in all_rules() if rule.name == "import_files")
    return rule.expire(rule.term.before(now()), dry_run)


def test_after_a_month_the_file_goes_with_what_its_report_quotes(cohort: Cohort, clock: Clock, committing: Any) -> None:
    batch = bring_in(cohort, REPEATED)
    clock.shift(timedelta(days=29))
    with committing():
        early = expire()
    clock.shift(timedelta(days=2))
    asked = expire(dry_run=True)
    still = len(kept_files())
    with committing():
        done = expire()
        repeated = expire()

    batch.refresh_from_db()
    assert (early, asked, still, done, repeated) == (0, 1, 1, 1, 0)
    assert (batch.stored_file, kept_files()) == ("", [])
    assert {kind: batch.report[kind] for kind in ("refused", "flagged", "replaced", "people")} == {
        "refused": [],
        "flagged": [],
        "replaced": [],
        "people": [],
    }
    assert (batch.rows_read, batch.rows_created) == (4, 2)
    assert Application.objects.count() == 2
    assert AuditEvent.objects.filter(verb="import.file_expired").count() == 1


def test_files_without_rows_go_and_rows_without_files_break_nothing(
    cohort: Cohort, clock: Clock, committing: Any
) -> None:
    lost, kept = bring_in(cohort, GOOD), prepare(cohort, GOOD)
    folder = kept_files()[0].parent
    (folder / lost.stored_file).unlink()
    young, old = folder / "young", folder / "old"
    for file in (young, old):
        file.write_bytes(b"x")
    age(old, 1)

    with committing():
        done = expire()
    after = {file.name for file in kept_files()}
    clock.shift(timedelta(days=31))
    with committing():
        expire()

    assert done == 1
    assert after == {kept.stored_file, "young"}
    assert [file.name for file in kept_files()] == ["young"]
    assert list(ImportBatch.objects.values_list("pk", "stored_file")) == [(lost.pk, "")]


def test_without_any_file_there_is_nothing_to_do() -> None:
    assert (expire(dry_run=True), expire()) == (0, 0)


def test_what_was_looked_at_and_left_goes_after_a_day_with_its_file(
    cohort: Cohort, clock: Clock, committing: Any
) -> None:
    prepare(cohort, GOOD)
    applied = bring_in(cohort, GOOD)
    clock.shift(timedelta(hours=25))

    with committing():
        gone = forget_left_imports()

    assert gone == 1
    assert [file.name for file in kept_files()] == [applied.stored_file]


def test_a_transaction_that_fails_keeps_its_file(cohort: Cohort) -> None:
    batch = bring_in(cohort, GOOD)

    withdraw_application(application=Application.objects.get(email=ANA), by=HER)

    # Nothing was committed here, so nothing was run.
    assert len(kept_files()) == 1
    batch.refresh_from_db()
    assert batch.stored_file == ""


def test_with_a_person_go_the_file_her_report_lines_and_what_an_undo_would_restore(
    cohort: Cohort, committing: Any
) -> None:
    first = bring_in(cohort, REPEATED)
    second = bring_in(cohort, GOOD.replace("CL", "BO"))
    other = bring_in(make_cohort("wim-andes"), GOOD)
    rows = [note["row"] for note in first.report["flagged"]]

    with committing():
        withdraw_application(application=Application.objects.get(email=ANA, cohort=cohort), by=HER)

    first.refresh_from_db()
    second.refresh_from_db()
    assert {2, 3, 4, 5} == set(rows)
    assert {note["row"] for note in first.report["flagged"]} == {3, 5}
    assert [each["row"] for each in first.report["replaced"]] == [3]
    assert (first.stored_file, second.stored_file) == ("", "")
    assert [file.name for file in kept_files()] == [other.stored_file]
    lines = ImportLine.objects.filter(batch__cohort=cohort)
    assert set(lines.exclude(application=None).values_list("application__email", flat=True)) == {BERTA}
    assert "Ana" not in str(list(lines.values())) + str([first.report, second.report])
    assert "ana@example.org" not in str([first.report, second.report]).casefold()


def test_a_dry_run_with_her_in_it_is_emptied(cohort: Cohort, committing: Any) -> None:
    client = sign_in(cohort)
    apply_as(cohort, "Ana Own", email=ANA)
    waiting, other = prepare(cohort, GOOD), prepare(cohort, "email,name\neva@example.org,Eva Luna\n")

    with committing():
        withdraw_application(application=Application.objects.get(email=ANA), by=HER)
    answer = client.get(address("import-preview", cohort, pk=waiting.pk))
    pressed = press(client, cohort, waiting, "good")

    waiting.refresh_from_db()
    assert (waiting.rows, waiting.report, waiting.stored_file) == ([], {}, "")
    assert [file.name for file in kept_files()] == [other.stored_file]
    assert (answer.status_code, pressed.status_code) == (409, 409)
    assert "The rows of this file are not kept any more." in answer.content.decode()
    assert Application.objects.filter(source="import").count() == 0


def test_who_stayed_out_of_an_import_is_found_in_its_file_all_the_same(cohort: Cohort, committing: Any) -> None:
    apply_as(cohort, "Ana Own", email=ANA)
    batch = bring_in(cohort, GOOD)
    refused = [note["row"] for note in batch.report["refused"]]

    with committing():
        withdraw_application(application=Application.objects.get(email=ANA), by=HER)

    batch.refresh_from_db()
    assert (refused, batch.report["refused"], batch.stored_file, kept_files()) == ([2], [], "", [])
