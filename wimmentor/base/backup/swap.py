"""The files of a restore change place beside its transaction, and end up where the database did.

`.restore-<token>` in the media folder holds `new` (laid out, not yet in place) and `old` (moved aside). Before anything
moves, `journal` lists the new files, and the transaction notes the token. Whoever finds such a folder later, since the
process was killed, asks the database: noted, the new files belong to it and the old ones go; not noted, the old ones
come back. What the running site wrote meanwhile stays. Until all of that is done, nothing is deleted.
"""

import fcntl
import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from wimmentor.base.backup.files import STAGING
from wimmentor.base.backup.registry import is_noted
from wimmentor.base.errors import DomainError

log = logging.getLogger(__name__)
_told: set[str] = set()


class Swap:
    def __init__(self, folder: Path) -> None:
        self.root, self.folder = folder.parent, folder
        self.token = folder.name.removeprefix(STAGING)
        self.new, self.old, self.journal = folder / "new", folder / "old", folder / "journal"

    @classmethod
    def make(cls) -> "Swap":
        swap = cls(Path(settings.MEDIA_ROOT) / f"{STAGING}{secrets.token_hex(8)}")
        for folder in (swap.folder, swap.new, swap.old):
            folder.mkdir(mode=0o700)
        return swap

    def open(self, name: str) -> IO[bytes]:
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")

    def put(self) -> None:
        self._write_journal()
        for path in sorted(self.root.iterdir()):
            if not path.name.startswith(STAGING):
                path.rename(self.old / path.name)
        if left := move_into(self.new, self.root):
            raise FileExistsError(_("there is a new %s") % left[0].relative_to(self.new))

    def settle(self) -> bool:
        """Whether the restore came in. Refuses, and keeps the folder, where files cannot be put back, or it cannot be
        told where they belong."""
        try:
            if not self.journal.exists():
                came_in = self._forget_unbegun()
            elif came_in := is_noted(self.token):
                self._clear()
            else:
                self._take_back()
                self._clear()
        except (OSError, ValueError, DatabaseError) as error:
            raise self._kept(error) from error
        return came_in

    def _write_journal(self) -> None:
        names = [path.relative_to(self.new).as_posix() for path in self.new.rglob("*") if path.is_file()]
        part = self.journal.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            json.dump(sorted(names), file)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.journal)

    def _take_back(self) -> None:
        """However far `put`, or an earlier try of this, has come."""
        for name in json.loads(self.journal.read_text(encoding="utf-8")):
            inside, outside = self.new / name, self.root / name
            if outside.exists() and not inside.exists():
                inside.parent.mkdir(parents=True, exist_ok=True)
                outside.rename(inside)
        if left := move_into(self.old, self.root):
            raise FileExistsError(_("there is a new %s") % left[0].relative_to(self.old))

    def _forget_unbegun(self) -> bool:
        """It never came to moving anything."""
        if self.old.exists() and any(self.old.iterdir()):
            raise FileNotFoundError(_("its journal is missing"))
        shutil.rmtree(self.folder)
        return False

    def _clear(self) -> None:
        """Without its journal the folder would be taken for one that moved nothing: it goes once `old` is empty, and
        before `new` is, from which it tells what had come into place."""
        if self.old.exists():
            shutil.rmtree(self.old)
        self.journal.unlink()
        shutil.rmtree(self.folder)

    def _kept(self, error: Exception) -> DomainError:
        return DomainError(
            _(
                "Files of a restore that did not end could not be put where they belong: %(reason)s. Nothing of them "
                "was deleted: they are in %(folder)s. The site tries again by itself; should this stay, move what you "
                "need out of that folder, then the folder away."
            )
            % {"reason": say_why(error), "folder": self.folder},
            code="unsettled",
        )


def say_why(error: Exception) -> str:
    """In few words, whatever the error has: a sentence of the system, of the database, or a name."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).splitlines()[0].rstrip(".")


def move_into(source: Path, target: Path) -> list[Path]:
    """Folders that both have are joined. Answers with what stayed, since something else has its place."""
    if not os.path.lexists(target):
        try:
            source.rename(target)
        except OSError:  # a folder was made there this moment
            if not target.is_dir():
                raise
        else:
            return []
    if not (_is_folder(source) and _is_folder(target)):
        return [source]
    left = [stayed for path in sorted(source.iterdir()) for stayed in move_into(path, target / path.name)]
    if not left:
        source.rmdir()
    return left


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


@contextmanager
def hold_media() -> Iterator[bool | None]:
    """One restore at a time, and nobody settles the folder of one that is running. False: somebody else holds it;
    None: this file system has no locks."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root, os.O_RDONLY)
    try:
        yield _try_lock(handle)
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool | None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def find_left() -> list[Swap]:
    root = Path(settings.MEDIA_ROOT)
    return [Swap(folder) for folder in sorted(root.glob(f"{STAGING}*")) if _is_folder(folder)]


def settle_left() -> int:
    """The sweep: a few seconds after a start, what a killed restore left is where it belongs."""
    if not find_left():
        return 0
    settled = 0
    with hold_media() as held:
        for swap in find_left() if held else ():
            try:
                swap.settle()
                settled += 1
            except DomainError as refusal:
                if swap.token not in _told:  # it comes by every few seconds
                    log.error("%s", refusal)
                    _told.add(swap.token)
    return settled
