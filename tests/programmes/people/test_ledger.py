"""The file that outlives the database: whole before a restore takes the table away, and never in its way."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from programmes.applications.models import Application
from programmes.people import ledger
from programmes.people.erasure import erase_person
from programmes.people.models import Erasure, User
from tests.conftest import Clock
from tests.programmes.applications.applicants import make_cohort, make_draft
from wimmentor.base.actors import SYSTEM
from wimmentor.base.backup.taking import back_up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    settings.MEDIA_ROOT.mkdir()
    return tmp_path


def restore(file: Path) -> str:
    call_command("restore", str(file), "--replace", stdout=(said := StringIO()))
    return said.getvalue()


def save(site: Path) -> Path:
    back_up(target=site / "site.zip")
    return site / "site.zip"


def lines(site: Path) -> list[str]:
    return (site / "erasures.jsonl").read_text().splitlines()


def test_the_same_backup_comes_in_again_after_a_restore_that_erased(site: Path, clock: Clock) -> None:
    make_draft(make_cohort())
    file = save(site)
    clock.shift(timedelta(days=31))

    said = [restore(file) for _time in range(3)]

    assert ["Erased again, since they were erased after this backup: 1" in text for text in said] == [False, True, True]
    entries = [json.loads(line) for line in lines(site)]
    # Each time she was erased once more; no time stands there twice.
    assert (len({entry["id"] for entry in entries}), len({entry["key"] for entry in entries})) == (3, 1)
    assert (Application.objects.get().email, Erasure.objects.count(), len(entries)) == ("", 3, 3)


def test_an_entry_that_two_processes_wrote_is_one(site: Path) -> None:
    """The daily round may come between a commit and the line that follows it."""
    file = save(site)
    user = User.objects.create_user("ines@example.org")
    erase_person(user=user, by=SYSTEM)
    written = lines(site)
    with (site / "erasures.jsonl").open("a") as ledger_file:
        ledger_file.write("\n".join(written) + "\n")

    assert [entry.pk for entry in ledger.read_missing()] == []
    restore(file)
    assert Erasure.objects.count() == len(written) == 2


def test_what_is_taken_back_does_not_stand_in_the_file(site: Path) -> None:
    with transaction.atomic():
        ledger.remember_erasure(ledger.ADDRESS, "ines@example.org")
        call_command("expire_personal_data", stdout=StringIO())
        transaction.set_rollback(True)

    assert not (site / "erasures.jsonl").exists()


@pytest.mark.parametrize("hindrance", ["no folder", "not a file"])
def test_no_restore_while_the_table_alone_knows_an_erasure(site: Path, settings: Any, hindrance: str) -> None:
    file = save(site)
    path = site / "away" / "erasures.jsonl" if hindrance == "no folder" else site / "directory"
    (site / "away").write_text("a file where the folder should be")
    (site / "directory").mkdir()
    settings.ERASURE_LEDGER = path
    erase_person(user=User.objects.create_user("ines@example.org"), by=SYSTEM)

    with pytest.raises(CommandError, match=r"The ledger of erasures \(.*\) cannot be completed: .*Nothing was changed"):
        restore(file)

    assert Erasure.objects.count() == 2


def test_a_line_that_a_full_disk_cut_off_takes_no_other_with_it(site: Path) -> None:
    (site / "erasures.jsonl").write_text('{"id": "12')
    erase_person(user=User.objects.create_user("ines@example.org"), by=SYSTEM)
    Erasure.objects.all().delete()

    assert len(ledger.read_missing()) == 2
