"""The whole site in one file and back; what is not such a file is refused before anything changes."""

import hashlib
import json
import os
import shutil
import stat
import threading
import tracemalloc
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.test import Client

from inventory.models import EvidenceFile
from matching.runs.domain import launch_run
from programmes.applications.domain import withdraw_application
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.jobs.claims import claim_job
from programmes.jobs.models import Job
from programmes.outbox.domain import queue_email, send_due_emails
from programmes.outbox.models import OutboxEmail
from programmes.people.domain import confirm_address
from programmes.people.erasure import erase_person
from programmes.people.models import Erasure, User
from tests.inventory.cast import make_organisation, make_record
from tests.matching.board.cast import Cast, accept, make_cast
from wimmentor.base.actors import SYSTEM
from wimmentor.base.backup.manifest import seal
from wimmentor.base.backup.sequences import GAP
from wimmentor.base.backup.tables import digest_table, read_lines, stored_models
from wimmentor.base.backup.taking import back_up
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    (settings.MEDIA_ROOT / "imports").mkdir(parents=True)
    (settings.MEDIA_ROOT / "imports" / "people.csv").write_bytes(b"name,email\n")
    return tmp_path


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def digests() -> dict[str, Any]:
    return {model._meta.label_lower: digest_table(model) for model in stored_models()}


def changed(before: dict[str, Any]) -> set[str]:
    after = digests()
    return {label for label in before if before[label] != after[label]}


def save(site: Path, name: str = "site.zip") -> Path:
    back_up(target=site / name)
    return site / name


def restore(file: Path, *options: str) -> str:
    call_command("restore", str(file), *options, stdout=(said := StringIO()))
    return said.getvalue()


def test_of_files_kept_in_the_database_few_are_read_at_once() -> None:
    """A backup of a hundred reports must fit into the memory of a small server."""
    initiative = make_record(make_organisation("andes")).initiative
    size, number = 4_000_000, 16
    for mark in range(number):
        EvidenceFile.objects.create(initiative=initiative, size=size, digest=str(mark), content=bytes(size))

    tracemalloc.start()
    lines = sum(1 for _line in read_lines(EvidenceFile))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (lines, peak < number * size) == (number, True)


def test_what_was_there_is_back(cast: Cast, site: Path) -> None:
    before = digests()
    file = save(site)
    User.objects.create_user("later@example.org")
    Application.objects.filter(first_name="Ana").update(notes="changed")
    (site / "media" / "imports" / "people.csv").unlink()
    (site / "media" / "later.txt").write_bytes(b"later")

    said = restore(file, "--replace")

    # Only the ending of the backup's own traces differs: that the site was restored is written down.
    assert changed(before) == {"programmes.auditevent"}
    assert AuditEvent.objects.latest("pk").verb == "site.restored"
    assert said.startswith("The site of 20")
    files = {path.relative_to(site / "media").as_posix() for path in (site / "media").rglob("*") if path.is_file()}
    assert files == {"imports/people.csv"}
    assert not list((site / "media").glob(".restore-*"))


def test_the_file_is_its_owners_only_and_nothing_is_written_over(cast: Cast, site: Path) -> None:
    file = save(site)
    content = file.read_bytes()

    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(file))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(site / "nowhere" / "site.zip"))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (file.read_bytes(), sorted(path.name for path in site.glob("*.zip*"))) == (content, ["site.zip"])
    assert not list(site.glob(".*.part"))


def test_a_full_site_is_not_replaced_unasked(cast: Cast, site: Path) -> None:
    file, before = save(site), digests()

    with pytest.raises(CommandError, match=r"This site is not empty \(.*With --replace all of it goes"):
        restore(file)

    assert changed(before) == set()


def test_the_backup_sees_one_moment_while_others_write(cast: Cast, site: Path) -> None:
    """Pairs of rows are written together all the time: the backup has both of each or none."""
    stop, written = threading.Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                number = len(written)
                with transaction.atomic():
                    User.objects.create_user(f"a{number}@example.org")
                    queue_email(event_key=f"k:{number}", recipient="x@example.org", kind="x", subject="s", body="b")
                written.append(number)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 3:
            stop.wait(0.01)
        file = save(site)
        during = len(written)
    finally:
        stop.set()
        writer.join()
    with zipfile.ZipFile(file) as archive:
        users = archive.read("tables/programmes.user.jsonl").count(b"@example.org")
        mails = archive.read("tables/programmes.outboxemail.jsonl").count(b'"k:')

    assert users == mails
    assert 3 <= mails <= during + 1


def test_sign_in_works_and_nobody_stays_signed_in(cast: Cast, site: Path) -> None:
    cast.rosa.set_password("a sentence of hers")
    cast.rosa.save()
    confirm_address(user=cast.rosa, by=SYSTEM)
    client = Client()
    client.force_login(cast.rosa)
    file = save(site)

    restore(file, "--replace")

    assert (Session.objects.count(), client.get("/account/").status_code) == (0, 302)
    signed_in = client.post(
        "/account/login/", {"login": cast.rosa.email, "password": "a sentence of hers"}, follow=True
    )
    assert signed_in.wsgi_request.user == cast.rosa
    with zipfile.ZipFile(file) as archive:
        assert [name for name in archive.namelist() if "session" in name or "cache" in name] == []


def test_jobs_go_on_by_themselves(cast: Cast, site: Path) -> None:
    run = launch_run(cohort=cast.cohort, by=SYSTEM)
    assert claim_job(run.job_id) is not None
    file = save(site)

    said = restore(file, "--replace")

    assert "Jobs that go on by themselves: 1" in said
    job = Job.objects.get(pk=run.job_id)
    assert (job.state, job.lease_until, job.attempt) == ("queued", None, 1)
    assert claim_job(job.pk) is not None


def test_no_letter_goes_twice(cast: Cast, site: Path) -> None:
    OutboxEmail.objects.all().delete()
    for number, state in enumerate(("queued", "sending", "sent", "held")):
        queue_email(event_key=f"k:{number}", recipient="x@example.org", kind="x", subject="s", body="b")
        OutboxEmail.objects.filter(event_key=f"k:{number}").update(
            state=state, sent_at="2026-11-20T00:00Z" if state == "sent" else None
        )
    file = save(site)

    said = restore(file, "--replace")

    assert "E-mails held for a person to look at, since they may have gone before: 2" in said
    states = dict(OutboxEmail.objects.order_by("pk").values_list("event_key", "state"))
    assert states == {"k:0": "failed", "k:1": "failed", "k:2": "sent", "k:3": "held"}
    assert "restored from a backup" in OutboxEmail.objects.get(event_key="k:0").error
    assert send_due_emails() == 0


def test_who_was_erased_or_withdrew_since_does_not_come_back(cast: Cast, site: Path) -> None:
    lucia = cast["Lucía"]
    user = User.objects.create_user(lucia.email, name="Lucía Paredes")
    Application.objects.filter(pk=lucia.pk).update(user=user)
    gone = accept(cast.cohort, "Paula Vega", "mentee")
    file = save(site)
    withdraw_application(application=gone, by=SYSTEM)
    erase_person(user=user, by=SYSTEM)

    said = restore(file, "--replace")

    assert "Erased again, since they were erased after this backup: 2" in said
    assert not User.objects.filter(email=lucia.email).exists()
    assert set(Application.objects.filter(pk__in=[lucia.pk, gone.pk]).values_list("status", "email")) == {
        ("withdrawn", "")
    }
    assert Application.objects.get(first_name="Ana").status == "accepted"
    assert not OutboxEmail.objects.filter(state__in=["queued", "sending"]).exists()


def test_she_may_come_back_herself(cast: Cast, site: Path) -> None:
    """Erased, registered again, backed up, restored: the erasure is in the backup's own ledger and over."""
    erase_person(user=User.objects.create_user("ines@example.org"), by=SYSTEM)
    User.objects.create_user("ines@example.org")

    restore(save(site), "--replace")

    assert User.objects.filter(email="ines@example.org").count() == 1
    assert Erasure.objects.count() == 2


def test_ids_of_the_lost_time_are_not_given_again(cast: Cast, site: Path) -> None:
    file, last = save(site), User.objects.latest("pk").pk

    restore(file, "--replace")

    assert User.objects.create_user("new@example.org").pk == last + GAP + 1


def rewrite(file: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None], *, sealed: bool = True) -> Path:
    """The same archive with other contents; sealed as whoever has the site's key could."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    if sealed:
        manifest["seal"] = seal(manifest)
    other = file.with_name(f"other-{len(list(file.parent.glob('other-*')))}.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(manifest))
    return other


def drop_table(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del members["tables/programmes.user.jsonl"]


def change_row(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    name = "tables/programmes.user.jsonl"
    members[name] = members[name].replace(b"rosa@", b"evil@")


def promote(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["tables"]["programmes.user"]["rows"] += 1


def climb(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    members["media/../../evil"] = b"x"
    manifest["files"]["../../evil"] = {"bytes": 1, "sha256": "0"}


def bomb(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    members["media/bomb"] = bytes(300_000_000)
    manifest["files"]["bomb"] = {"bytes": 300_000_000, "sha256": "0"}


def older(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["migrations"] = [name for name in manifest["migrations"] if "remember_who" not in name]


def newer(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["migrations"].append("programmes.9999_from_the_future")


def other_columns(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["tables"]["programmes.user"]["columns"].append("is_staff")


def nothing(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    pass


def broken_relation(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    name = "tables/programmes.membership.jsonl"
    rows = [json.loads(line) for line in members[name].splitlines()]
    place = manifest["tables"]["programmes.membership"]["columns"].index("user_id")
    rows[0][place] = 987654
    members[name] = b"".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows
    )
    digest = hashlib.sha256(members[name]).hexdigest()
    manifest["tables"]["programmes.membership"] |= {"bytes": len(members[name]), "sha256": digest}


HOSTILE: list[tuple[Any, bool, str]] = [
    (drop_table, True, "its contents are not those it lists"),
    (change_row, True, "does not have the digest"),
    (promote, False, "The seal of this backup does not fit"),
    (promote, True, "does not have the digest"),
    (climb, True, "something that no backup holds"),
    (bomb, True, "something that no backup holds|unpack to a size"),
    (older, True, "made by an older Wimmentor .*Restore it with that version"),
    (newer, True, "made by a newer Wimmentor"),
    (other_columns, True, "its tables are not those of this site"),
    (broken_relation, True, "The database does not take this backup"),
]


@pytest.mark.parametrize(("change", "sealed", "sentence"), HOSTILE)
def test_what_was_tampered_with_is_refused_and_nothing_changes(
    cast: Cast, site: Path, change: Any, sealed: bool, sentence: str
) -> None:
    file = rewrite(save(site), change, sealed=sealed)
    before = digests()

    with pytest.raises(CommandError, match=sentence):
        restore(file, "--replace")

    assert changed(before) == set()
    assert (site / "media" / "imports" / "people.csv").read_bytes() == b"name,email\n"
    assert not (site.parent / "evil").exists()
    assert not list((site / "media").glob(".restore-*"))


def test_rewriting_alone_breaks_nothing(cast: Cast, site: Path) -> None:
    """So that each refusal above is for what was changed."""
    assert restore(rewrite(save(site), nothing), "--replace").startswith("The site of 20")


def test_cut_off_foreign_linked_and_missing_files_are_refused(cast: Cast, site: Path) -> None:
    file, before = save(site), digests()
    data = file.read_bytes()
    refused = {}
    for tenth in range(10):
        cut = site / f"cut{tenth}.zip"
        cut.write_bytes(data[: len(data) * tenth // 10])
        refused[cut.name] = cut
    flipped = site / "flipped.zip"
    flipped.write_bytes(data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 255]) + data[len(data) // 2 + 1 :])
    foreign = site / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("manifest.json", "[]")
    linked = site / "linked.zip"
    shutil.copy(file, linked)
    with zipfile.ZipFile(linked, "a") as archive:
        info = zipfile.ZipInfo("media/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    text = site / "text.zip"
    text.write_text("no archive")
    for path in (*refused.values(), flipped, foreign, linked, text, site / "missing.zip"):
        with pytest.raises(CommandError, match=r"(backup|file).*\."):
            restore(path, "--replace")

    assert changed(before) == set()


def test_links_in_the_media_folder_are_not_followed(cast: Cast, site: Path) -> None:
    (site / "secret").write_bytes(b"secret")
    os.symlink(site / "secret", site / "media" / "link")

    with zipfile.ZipFile(save(site)) as archive:
        assert [name for name in archive.namelist() if name.startswith("media/")] == ["media/imports/people.csv"]


def test_no_backup_in_the_middle_of_a_change(site: Path) -> None:
    with transaction.atomic(), pytest.raises(DomainError, match="in the middle of a change"):
        back_up(target=site / "site.zip")
    assert not list(site.glob("*.zip"))
