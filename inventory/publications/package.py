"""A package as files. The same tables and descriptor give the same bytes."""

import codecs
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from inventory.publications.tables import Table, Tables
from wimmentor.base.spreadsheets import write_csv

DESCRIPTOR = "datapackage.json"
DOCUMENT = "package.json"
ARCHIVE = "package.zip"
# Zip archives know no moment before this one; the true one stands in the descriptor.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
_UNIX = 3


def write_package(descriptor: Mapping[str, Any], tables: Tables) -> dict[str, bytes]:
    """Each file by its name, and the archive that holds all others."""
    texts = {f"{name}.csv": write_table(table) for name, table in tables.items()}
    files = {
        DESCRIPTOR: _write_descriptor(descriptor, texts),
        **texts,
        DOCUMENT: _write_document(descriptor, tables),
    }
    return {**files, ARCHIVE: _write_archive(files)}


def write_table(table: Table) -> bytes:
    """UTF-8 without the mark that Excel wants: the mark would be part of the first heading to all else."""
    return b"".join(write_csv(table.columns, table.rows)).removeprefix(codecs.BOM_UTF8)


def _write_descriptor(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """With the size and digest of each file."""
    resources = [{**resource, **_measure(files[resource["path"]])} for resource in descriptor["resources"]]
    return json.dumps({**descriptor, "resources": resources}, ensure_ascii=False, indent=1).encode() + b"\n"


def _measure(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _write_document(descriptor: Mapping[str, Any], tables: Tables) -> bytes:
    """Everything in one: what the tables mean, and their rows by column, each on a line of its own."""
    written = ",\n".join(f"{_compact(name)}: [{_write_rows(table)}]" for name, table in tables.items())
    return f'{{"datapackage": {_compact(descriptor)},\n"tables": {{\n{written}\n}}}}\n'.encode()


def _write_rows(table: Table) -> str:
    return ",".join(f"\n{_compact(record)}" for record in table.records())


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write_archive(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, _UNIX
            archive.writestr(member, data)
    return buffer.getvalue()
