"""The files of the site: listed for a backup, laid out beside the old ones, then put in their place."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings

BLOCK = 1 << 20
# Beginning of the folders that a restore makes inside the media folder, which may itself be a mount.
STAGING = ".restore-"


def list_media() -> Iterator[tuple[str, Path]]:
    """(relative name with slashes, file) of every plain file; links are not followed."""
    root = Path(settings.MEDIA_ROOT)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(STAGING))
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path


def copy_and_digest(source: IO[bytes], target: IO[bytes]) -> dict[str, Any]:
    size, sha = 0, hashlib.sha256()
    while block := source.read(BLOCK):
        target.write(block)
        sha.update(block)
        size += len(block)
    return {"bytes": size, "sha256": sha.hexdigest()}


def is_safe(name: str) -> bool:
    """A relative path that stays where it is put, on any system."""
    parts = PurePosixPath(name).parts
    if not parts or name != "/".join(parts) or name.startswith("/") or "\\" in name or "\x00" in name:
        return False
    return not any(part in {"..", "."} or ":" in part or part.startswith(STAGING) for part in parts)


class Swap:
    """New files are laid out in `new`; `put` moves the old ones aside and the new ones in, `take_back` undoes that."""

    def __init__(self) -> None:
        self.root = Path(settings.MEDIA_ROOT)
        self.root.mkdir(parents=True, exist_ok=True)
        self.folder = self.root / f"{STAGING}{secrets.token_hex(8)}"
        self.new, self.old = self.folder / "new", self.folder / "old"
        for folder in (self.folder, self.new, self.old):
            folder.mkdir(mode=0o700)
        self._moved: list[tuple[Path, Path]] = []

    def open(self, name: str) -> IO[bytes]:
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")

    def put(self) -> None:
        for path in sorted(self.root.iterdir()):
            if not path.name.startswith(STAGING):
                self._move(path, self.old / path.name)
        for path in sorted(self.new.iterdir()):
            self._move(path, self.root / path.name)

    def take_back(self) -> None:
        for source, target in reversed(self._moved):
            target.rename(source)
        self._moved.clear()

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _move(self, source: Path, target: Path) -> None:
        source.rename(target)
        self._moved.append((source, target))
