"""Who was erased, so that no restore of an older backup brings her back.

An entry is a keyed digest (no address can be read from it, and whoever does not have SECRET_KEY cannot try any) in a
table and, since the table may be lost with the database, in a file beside the state. A backup brings its own table:
whatever the file knows beyond that happened after the backup, and is done again.
"""

import fcntl
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from programmes.people.models import Erasure
from wimmentor.base.errors import DomainError

log = logging.getLogger(__name__)
ACCOUNT, ADDRESS, APPLICATION = "account", "address", "application"


def key_of(kind: str, value: object, secret: str = "") -> str:
    text = f"{kind}:{value}"
    return hmac.new(f"erasure:{secret or settings.SECRET_KEY}".encode(), text.encode(), hashlib.sha256).hexdigest()


def remember_erasure(kind: str, *values: object) -> None:
    """In the transaction that erases; the file follows once that is certain."""
    made = [Erasure(id=uuid4(), key=key_of(kind, value)) for value in values]
    Erasure.objects.bulk_create(made)
    transaction.on_commit(lambda: _append(made), robust=True)


class Known:
    """The erasures that a restored database does not know of."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def has(self, kind: str, value: object) -> bool:
        return any(key_of(kind, value, secret) in self._keys for secret in self._secrets)


def read_missing() -> list[Erasure]:
    """In the file and not in the table."""
    known = set(Erasure.objects.values_list("pk", flat=True))
    return [entry for entry in _read() if entry.pk not in known]


def complete_ledger() -> int:
    """The file gets what the table has beyond it: a process may have ended, or the disk been full, in between. Raises
    OSError where it cannot be read or written. Outside of a transaction: what is not certain must not stand in it."""
    written = {entry.pk for entry in _read()}
    missing = [entry for entry in Erasure.objects.order_by("at", "pk") if entry.pk not in written]
    if missing:
        _write(missing)
    return len(missing)


def secure_ledger() -> None:
    """Before a restore, which takes away the table that may alone know of an erasure."""
    try:
        complete_ledger()
    except OSError as error:
        raise DomainError(
            _(
                "The ledger of erasures (%(file)s) cannot be completed: %(reason)s. Without it, who was erased would "
                "come back. Nothing was changed."
            )
            % {"file": _path(), "reason": error.strerror or type(error).__name__},
            code="ledger",
        ) from error


def _path() -> Path:
    return Path(settings.ERASURE_LEDGER)


def _append(entries: Iterable[Erasure]) -> None:
    try:
        _write(entries)
    except OSError:
        log.exception("The ledger of erasures could not be written; the daily round tries again.")


def _write(entries: Iterable[Erasure]) -> None:
    lines = "".join(
        json.dumps({"id": str(entry.pk), "key": entry.key, "at": entry.at.isoformat()}) + "\n" for entry in entries
    )
    _path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(_path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if _is_cut_off(file):
            lines = f"\n{lines}"
        file.write(lines.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())


def _is_cut_off(file: IO[bytes]) -> bool:
    """A full disk took half a line: the next one must not be glued to it."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _read() -> list[Erasure]:
    """A line that a crash cut off is passed over: its entry is in the table, and is written again. An entry that two
    processes wrote, each before it saw the other's, is one."""
    if not _path().exists():
        return []
    lines = _path().read_text(encoding="ascii", errors="replace").splitlines()
    return list({entry.pk: entry for line in reversed(lines) if (entry := _parse(line))}.values())[::-1]


def _parse(line: str) -> Erasure | None:
    try:
        found: dict[str, Any] = json.loads(line)
        return Erasure(id=UUID(found["id"]), key=str(found["key"])[:64], at=found["at"])
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("The ledger of erasures has a line that cannot be read.")
        return None
