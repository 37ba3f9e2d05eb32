"""The files of the site: which there are, and what may be one."""

import hashlib
import os
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
