"""Writing a backup while the site goes on: one snapshot, streamed, under a temporary name until it is whole."""

import json
import os
import secrets
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from wimmentor.base import clock
from wimmentor.base.backup import manifest as words
from wimmentor.base.backup.files import copy_and_digest, list_media
from wimmentor.base.backup.sequences import last_id
from wimmentor.base.backup.tables import Digest, columns_of, read_lines, stored_models
from wimmentor.base.errors import DomainError

# A file of 20,000 people gains little from more, and takes twice the time.
COMPRESSION = 3


@dataclass(frozen=True)
class Taken:
    rows: int
    files: int
    size: int
    seconds: float


def back_up(*, target: Path) -> Taken:
    """Everything in `tables.stored_models` and the media folder, as they are at one moment; readable by its owner
    only. Nothing that exists is written over."""
    started = time.monotonic()
    part = target.parent / f".{target.name}.{secrets.token_hex(6)}.part"
    if target.exists() or target.is_symlink():
        raise DomainError(_("%s exists already. Choose another name.") % target, code="exists")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise DomainError(
            _("%(file)s cannot be written: %(reason)s") % _why(target, error), code="unwritable"
        ) from error
    try:
        with os.fdopen(handle, "wb") as opened:
            made = _write(opened)
            opened.flush()
            os.fsync(opened.fileno())
            size = opened.tell()
        _publish(part, target)
    except OSError as error:
        raise DomainError(
            _("%(file)s cannot be written: %(reason)s") % _why(target, error), code="unwritable"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    rows = sum(facts["rows"] for facts in made["tables"].values())
    return Taken(rows, len(made["files"]), size, time.monotonic() - started)


def _why(target: Path, error: OSError) -> dict[str, str]:
    return {"file": str(target), "reason": error.strerror or type(error).__name__}


def _publish(part: Path, target: Path) -> None:
    """A hard link refuses to replace what somebody else made meanwhile; some file systems have none."""
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise DomainError(_("%s exists already. Choose another name.") % target, code="exists") from error
    except OSError:
        part.rename(target)


def _write(opened: Any) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "kind": words.KIND,
        "format": words.FORMAT,
        "version": words.site_version(),
        "migrations": words.applied_migrations(),
        "database": connection.vendor,
    }
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive, snapshot():
        manifest["at"] = clock.database_now().isoformat()
        manifest["tables"] = {model._meta.label_lower: _write_table(archive, model) for model in stored_models()}
        manifest["files"] = dict(_write_media(archive))
        manifest["seal"] = words.seal(manifest)
        archive.writestr(words.NAME, json.dumps(manifest, indent=1, sort_keys=True))
    return manifest


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads see one moment, and hold nobody up: on SQLite a deferred transaction, since `atomic` would be the one
    writer there can be."""
    if connection.in_atomic_block:
        raise DomainError(_("A backup cannot be made in the middle of a change."), code="in_transaction")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_table(archive: zipfile.ZipFile, model: Any) -> dict[str, Any]:
    found = Digest()
    with archive.open(f"tables/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as member:
        for line in read_lines(model):
            member.write(line)
            found.add(line)
            found.rows += 1
    return {**found.facts(), "columns": columns_of(model), "last_id": last_id(model)}


def _write_media(archive: zipfile.ZipFile) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, path in list_media():
        # Retention may take a file away between the list and now; its row in the snapshot then points to nothing.
        with suppress(FileNotFoundError), path.open("rb") as source:
            with archive.open(f"media/{name}", "w", force_zip64=True) as member:
                facts = copy_and_digest(source, member)
            yield name, facts
