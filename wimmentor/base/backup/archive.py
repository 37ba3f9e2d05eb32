"""Reading a backup with suspicion: everything is checked before anything is changed."""

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from wimmentor.base.backup import manifest as words
from wimmentor.base.backup.files import BLOCK, is_safe
from wimmentor.base.backup.tables import columns_of, stored_models
from wimmentor.base.errors import DomainError

LARGEST_MANIFEST = 64 * 1024 * 1024
# What compresses better than this is no table of people but an attempt to fill the disk.
LARGEST_RATIO = 400
SMALL = 1024 * 1024
LONGEST_LINE = 256 * 1024 * 1024
ENCRYPTED = 1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def damaged(detail: str) -> DomainError:
    return DomainError(_("This backup is damaged or not whole: %s. Nothing was changed.") % detail, code="damaged")


class Backup:
    """An opened backup whose every digest holds."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self._archive = archive
        self.manifest = manifest

    def open_table(self, label: str) -> IO[bytes]:
        return self._archive.open(f"tables/{label}.jsonl")

    def open_file(self, name: str) -> IO[bytes]:
        return self._archive.open(f"media/{name}")


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Refuses, with a sentence, what is foreign, changed, damaged, cut off, or would unpack elsewhere."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise DomainError(_("There is no file %s.") % path, code="missing") from error
    except BROKEN as error:
        raise DomainError(_("%s is no backup of Wimmentor, or its end is missing.") % path, code="foreign") from error
    with archive:
        try:
            manifest = _read_manifest(archive, path.stat().st_size)
            _check_members(archive, manifest)
        except BROKEN as error:
            raise damaged(str(error) or type(error).__name__) from error
        yield Backup(archive, manifest)


def _read_manifest(archive: zipfile.ZipFile, size: int) -> dict[str, Any]:
    for member in archive.infolist():
        _refuse_strange(member)
    if sum(member.file_size for member in archive.infolist()) > max(size, SMALL) * LARGEST_RATIO:
        raise damaged(_("it would unpack to a size that no backup has"))
    try:
        info = archive.getinfo(words.NAME)
    except KeyError as error:
        raise DomainError(_("This is no backup of Wimmentor."), code="foreign") from error
    if info.file_size > LARGEST_MANIFEST:
        raise damaged(_("its list of contents is too long"))
    return words.check_manifest(archive.read(info))


def _refuse_strange(member: zipfile.ZipInfo) -> None:
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    too_dense = member.file_size > SMALL and member.file_size > max(member.compress_size, 1) * LARGEST_RATIO
    if is_link or member.is_dir() or member.flag_bits & ENCRYPTED or too_dense or not is_safe(member.filename):
        raise damaged(_("it holds something that no backup holds (%s)") % ascii(member.filename)[:80])


def _check_members(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    expected = {f"tables/{label}.jsonl": facts for label, facts in manifest["tables"].items()}
    expected |= {f"media/{name}": facts for name, facts in manifest["files"].items()}
    names = [name for name in archive.namelist() if name != words.NAME]
    if sorted(names) != sorted(expected):
        odd = sorted(set(names) ^ set(expected)) or sorted(names)
        raise damaged(_("its contents are not those it lists (%s)") % ascii(odd[0])[:80])
    columns = {model._meta.label_lower: columns_of(model) for model in stored_models()}
    if columns != {label: facts["columns"] for label, facts in manifest["tables"].items()}:
        raise damaged(_("its tables are not those of this site"))
    for name, facts in expected.items():
        _check_digest(archive, name, facts)


def _check_digest(archive: zipfile.ZipFile, name: str, facts: dict[str, Any]) -> None:
    info = archive.getinfo(name)
    size, rows, line, sha = 0, 0, 0, hashlib.sha256()
    if info.file_size == facts["bytes"]:
        with archive.open(info) as member:
            while block := member.read(BLOCK):
                size, rows = size + len(block), rows + block.count(b"\n")
                line = len(block) - block.rfind(b"\n") - 1 if b"\n" in block else line + len(block)
                if line > LONGEST_LINE:
                    raise damaged(name)
                sha.update(block)
    if (size, sha.hexdigest()) != (facts["bytes"], facts["sha256"]) or rows != facts.get("rows", rows):
        raise damaged(_("%s does not have the digest that is written down") % name)
