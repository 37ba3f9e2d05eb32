"""The files of a restore end up where the database did, whatever happens in the middle; none is lost on the way."""

import os
import shutil
import signal
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from programmes.jobs.domain import dispatch_due
from programmes.people.models import User
from wimmentor.base.backup.swap import hold_media, settle_left
from wimmentor.base.backup.taking import back_up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """`backup` lies in the backup, `before` beside the database that the restore finds."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    write(tmp_path / "media", "imports/backup", "pairs/backup")
    User.objects.create_user("backup@example.org")
    back_up(target=tmp_path / "site.zip")
    User.objects.all().delete()
    User.objects.create_user("before@example.org")
    for name in ("imports/backup", "pairs/backup"):
        (tmp_path / "media" / name).unlink()
    write(tmp_path / "media", "imports/before", "pairs/before")
    return tmp_path / "media"


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def files(media: Path) -> list[str]:
    found = [path for path in media.rglob("*") if path.is_file() and path.name != "journal"]
    return sorted("/".join(path.relative_to(media).parts) for path in found)


def who() -> str:
    return User.objects.get().email


def restore(media: Path) -> None:
    call_command("restore", str(media.parent / "site.zip"), "--replace", stdout=StringIO())


def on_rename(monkeypatch: Any, when: Callable[[Path, Path], bool], act: Callable[[], None]) -> None:
    """`act` in the moment after the first move that `when(source, target)` names."""
    real, done = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        found = real(self, target)
        if not done and when(self, Path(target)):
            done.append(target)
            act()
        return found

    monkeypatch.setattr(Path, "rename", rename)


def is_last_aside(source: Path, target: Path) -> bool:
    return source.name == "pairs" and target.parent.name == "old"


BEFORE = ["imports/before", "pairs/before"]
BACKUP = ["imports/backup", "pairs/backup"]


def test_what_the_site_keeps_meanwhile_stays(media: Path, monkeypatch: Any) -> None:
    on_rename(monkeypatch, is_last_aside, lambda: write(media, "imports/meanwhile"))

    restore(media)

    assert (files(media), who()) == (sorted([*BACKUP, "imports/meanwhile"]), "backup@example.org")
    assert not list(media.glob(".restore-*"))


@pytest.mark.parametrize("name", ["imports/backup", "imports"])
def test_a_place_that_was_taken_meanwhile_is_refused_and_all_is_as_it_was(
    media: Path, monkeypatch: Any, name: str
) -> None:
    """Of a file that has the name of one of the backup's, nobody can tell which counts."""
    on_rename(monkeypatch, is_last_aside, lambda: write(media, name))
    if name == "imports":
        with pytest.raises(CommandError, match=r"could not be put where they belong: .*there is a new imports.*") as no:
            restore(media)
        kept = next(media.glob(".restore-*"))
        assert str(kept) in str(no.value)
        assert files(kept / "old") == ["imports/before"]
        (media / "imports").unlink()
        dispatch_due()
        assert files(media) == BEFORE
    else:
        with pytest.raises(CommandError, match="could not be put in their place: there is a new imports/backup"):
            restore(media)
        assert files(media) == sorted([*BEFORE, "imports/backup"])
        assert (media / "imports" / "backup").read_text() == name
    assert who() == "before@example.org"
    assert not list(media.glob(".restore-*"))


def break_renames(monkeypatch: Any, broken: range) -> None:
    count, real = iter(range(1, 100)), Path.rename

    def rename(self: Path, target: Path) -> Path:
        if next(count) in broken:
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)


@pytest.mark.parametrize("move", range(1, 6))
def test_a_failure_at_any_move_takes_everything_back(media: Path, monkeypatch: Any, move: int) -> None:
    """The journal, two folders aside, two in."""
    break_renames(monkeypatch, range(move, move + 1))

    with pytest.raises(CommandError, match=r"could not be put in their place: Input/output error\. Nothing"):
        restore(media)

    assert (files(media), who()) == (BEFORE, "before@example.org")
    assert not list(media.glob(".restore-*"))


@pytest.mark.parametrize("moves", range(2, 5))
def test_a_failure_of_taking_back_deletes_nothing_and_is_gone_on_with(
    media: Path, monkeypatch: Any, moves: int
) -> None:
    """The fifth move is the last of putting; from it on the disk is out of order."""
    break_renames(monkeypatch, range(5, 5 + moves))
    with pytest.raises(CommandError, match=r"could not be put where they belong: Input/output error\. Nothing of them"):
        restore(media)
    there = [name.rpartition("/")[2] for name in files(media)]
    monkeypatch.undo()

    settle_left()

    assert there.count("before") == 2
    assert (files(media), who()) == (BEFORE, "before@example.org")
    assert not list(media.glob(".restore-*"))


def restore_until_killed(media: Path, module: Any, name: str, moment: int) -> None:
    """In a process that is killed at the given call of a function."""
    connections.close_all()
    if not (child := os.fork()):
        try:
            forget_connections()
            count, real = iter(range(1, 100)), getattr(module, name)

            def call(*arguments: Any, **options: Any) -> Any:
                if next(count) == moment:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **options)

            setattr(module, name, call)
            restore(media)
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), os.WEXITSTATUS(status)


def forget_connections() -> None:
    """After a fork there is no running event loop, as a browser keeps one, and Django finds the connections of before
    that loop: they are the parent's, not to be used, and not to be closed."""
    for connection in connections.all(initialized_only=True):
        connection.connection = None


@pytest.mark.parametrize("moment", range(1, 6))
@pytest.mark.parametrize("next_is_restore", [False, True])
def test_killed_before_its_commit_the_files_of_before_come_back(
    media: Path, moment: int, next_is_restore: bool
) -> None:
    restore_until_killed(media, Path, "rename", moment)
    write(media, "imports/meanwhile")
    assert who() == "before@example.org"

    if next_is_restore:
        with pytest.raises(CommandError, match="This site is not empty"):
            call_command("restore", str(media.parent / "site.zip"), stdout=StringIO())
    else:
        dispatch_due()

    assert (files(media), who()) == (sorted([*BEFORE, "imports/meanwhile"]), "before@example.org")
    assert not list(media.glob(".restore-*"))


@pytest.mark.parametrize("moment", [1, 2])
def test_killed_after_its_commit_the_new_files_stay(media: Path, moment: int) -> None:
    """While it clears away: the old files, then the folder."""
    restore_until_killed(media, shutil, "rmtree", moment)
    left = [folder.name for folder in media.glob(".restore-*")]
    write(media, "imports/meanwhile")

    dispatch_due()

    assert len(left) == 1
    assert (files(media), who()) == (sorted([*BACKUP, "imports/meanwhile"]), "backup@example.org")
    assert not list(media.glob(".restore-*"))


def test_a_folder_that_nobody_can_tell_about_is_left_and_named(media: Path) -> None:
    """As a restore of an earlier version left it: with the only copies of files, and without a journal."""
    write(media, ".restore-1/old/imports/precious")

    dispatch_due()
    with pytest.raises(CommandError, match=r"its journal is missing.*they are in .*/\.restore-1\."):
        restore(media)

    assert (media / ".restore-1" / "old" / "imports" / "precious").exists()
    assert who() == "before@example.org"


def test_one_restore_at_a_time_and_nobody_settles_one_that_runs(media: Path) -> None:
    write(media, ".restore-1/new/imports/x")

    with hold_media():
        settled = settle_left()
        with pytest.raises(CommandError, match=r"Another restore is running\. Nothing was changed\."):
            restore(media)

    assert (settled, (media / ".restore-1").exists()) == (0, True)
    assert (settle_left(), (media / ".restore-1").exists()) == (1, False)
