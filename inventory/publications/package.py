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
# Zip archives know no moment before this one; the true one stands in the descriptor.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
_UNIX = 3


def write_table(table: Table) -> bytes:
    """UTF-8 without the mark that Excel wants: the mark would be part of the first heading to all else."""
    return b"".join(write_csv(table.columns, table.rows)).removeprefix(codecs.BOM_UTF8)


def write_descriptor(descriptor: Mapping[str, Any], tables: Tables) -> bytes:
    """With the size and digest of each file."""
    resources = [
        {**resource, **_measure(write_table(tables[resource["name"]]))} for resource in descriptor["resources"]
    ]
    return _write_json({**descriptor, "resources": resources})


def write_document(descriptor: Mapping[str, Any], tables: Tables) -> bytes:
    """Everything in one: what the tables mean, and their rows by column."""
    rows = {name: list(table.records()) for name, table in tables.items()}
    return _write_json({"datapackage": descriptor, "tables": rows})


def write_files(descriptor: Mapping[str, Any], tables: Tables) -> dict[str, bytes]:
    return {
        DESCRIPTOR: write_descriptor(descriptor, tables),
        **{f"{name}.csv": write_table(table) for name, table in tables.items()},
        DOCUMENT: write_document(descriptor, tables),
    }


def write_zip(descriptor: Mapping[str, Any], tables: Tables) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in write_files(descriptor, tables).items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, _UNIX
            archive.writestr(member, data)
    return buffer.getvalue()


def _measure(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _write_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
