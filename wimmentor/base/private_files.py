"""Files that people sent, kept for those who may see them: below MEDIA_ROOT, which no web server serves, each under a
random name. The row that owns a file holds the name; either may be gone without the other."""

import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

NAME_LENGTH = 48
# A file is written before its row is committed.
_IN_THE_MAKING = timedelta(hours=1)


@dataclass(frozen=True)
class PrivateFolder:
    name: str

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name

    def keep(self, data: bytes) -> str:
        """The name under which it is kept. Should the transaction fail, the next `drop_orphans` takes it."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_hex(NAME_LENGTH // 2)
        part = self.path / f".{name}"
        part.touch(mode=0o600)
        part.write_bytes(data)
        part.replace(self.path / name)
        return name

    def read(self, name: str) -> bytes | None:
        """None where it is gone."""
        if not name:
            return None
        try:
            return (self.path / Path(name).name).read_bytes()
        except OSError:
            return None

    def drop_on_commit(self, names: Collection[str]) -> None:
        """A transaction that fails keeps its files."""
        transaction.on_commit(lambda: self._drop(names))

    def find_orphans(self, known: Collection[str]) -> list[str]:
        """Files that no row names; younger ones may still get theirs. A disk knows no clock but its own."""
        until = time.time() - _IN_THE_MAKING.total_seconds()
        if not self.path.is_dir():
            return []
        return sorted(
            file.name for file in self.path.iterdir() if file.name not in known and file.stat().st_mtime < until
        )

    def _drop(self, names: Collection[str]) -> None:
        for name in filter(None, names):
            (self.path / Path(name).name).unlink(missing_ok=True)
