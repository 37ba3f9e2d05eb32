"""Files of a package as they are sent: an address gives the same bytes until the package has a new version."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inventory.publications.models import Package
from inventory.publications.package import (
    DESCRIPTOR,
    DOCUMENT,
    write_descriptor,
    write_document,
    write_table,
    write_zip,
)
from inventory.publications.tables import NAMES, Tables, tables_from_json
from wimmentor.base.spreadsheets import CSV_TYPE

JSON_TYPE = "application/json"
ZIP_TYPE = "application/zip"
ARCHIVE = "package.zip"
# To be raised where the same tables are written otherwise than before.
_MANNER = 1


@dataclass(frozen=True)
class Kind:
    content_type: str
    write: Callable[[Mapping[str, Any], Tables], bytes]


def kind_of(name: str) -> Kind | None:
    """None: there is no such file."""
    table = name.removesuffix(".csv")
    if name.endswith(".csv") and table in NAMES:
        return Kind(CSV_TYPE, lambda _descriptor, tables: write_table(tables[table]))
    return _KINDS.get(name)


def write_file(package: Package, kind: Kind) -> bytes:
    return kind.write(package.descriptor, tables_from_json(package.tables))


def etag_of(package: Package, name: str) -> str:
    said = f"{_MANNER} {package.pk} {package.version} {package.made_at.isoformat()} {name}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


_KINDS = {
    DESCRIPTOR: Kind(JSON_TYPE, write_descriptor),
    DOCUMENT: Kind(JSON_TYPE, write_document),
    ARCHIVE: Kind(ZIP_TYPE, write_zip),
}
