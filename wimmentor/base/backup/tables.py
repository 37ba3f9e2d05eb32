"""Rows <-> lines of JSON, the same bytes on every database, so that one digest holds for both."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

# App or model -> why it is not in a backup.
LEFT_OUT = {
    "sessions": "Who holds a copy must not be signed in as anybody: everybody signs in again.",
    "usersessions": "They describe sessions.",
    "contenttypes": "Made anew by migrations.",
    "auth": "Made anew by migrations; rights of people are memberships.",
}
BATCH_ROWS = 500
BATCH_BYTES = 4_000_000
# Rows read at once: one with a file in it may have megabytes, one with a document may be as large as a cohort.
FILES, FEW, MANY = 2, 20, 1000


def stored_models() -> list[type[models.Model]]:
    """Every table of a backup, by label. The cache (rate limits) has no model and is left out as well."""
    found = [model for model in apps.get_models(include_auto_created=True) if not _is_left_out(model)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _is_left_out(model: type[models.Model]) -> bool:
    return model._meta.app_label in LEFT_OUT or model._meta.proxy or not model._meta.managed


@dataclass
class Digest:
    rows: int = 0
    size: int = 0
    sha: Any = field(default_factory=hashlib.sha256)

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self.sha.update(data)

    def facts(self) -> dict[str, Any]:
        return {"rows": self.rows, "bytes": self.size, "sha256": self.sha.hexdigest()}


def columns_of(model: type[models.Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]


def read_lines(model: type[models.Model]) -> Iterator[bytes]:
    """Each row as a JSON list in the order of `columns_of`, by primary key."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=_rows_at_once(model)):
        yield encode_row(row)


def _rows_at_once(model: type[models.Model]) -> int:
    columns = model._meta.concrete_fields
    if any(isinstance(column, models.BinaryField) for column in columns):
        return FILES
    return FEW if any(isinstance(column, models.JSONField) for column in columns) else MANY


def encode_row(row: Any) -> bytes:
    """Sorted keys: PostgreSQL does not keep the order in which a document was written."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_encode)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _encode(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def digest_table(model: type[models.Model]) -> dict[str, Any]:
    found = Digest()
    for line in read_lines(model):
        found.add(line)
        found.rows += 1
    return found.facts()


def load_lines(model: type[models.Model], lines: IO[bytes]) -> None:
    """As they were: no save method, no "now" for a time of making."""
    batch: list[models.Model] = []
    size = 0
    for line in lines:
        batch.append(_decode(model, line))
        size += len(line)
        if len(batch) >= BATCH_ROWS or size >= BATCH_BYTES:
            _insert(model, batch)
            batch, size = [], 0
    _insert(model, batch)


def _decode(model: type[models.Model], line: bytes) -> models.Model:
    columns = model._meta.concrete_fields
    values = json.loads(line)
    found = {column.attname: column.to_python(value) for column, value in zip(columns, values, strict=True)}
    return model(**found)


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    columns = list(model._meta.concrete_fields)
    step = max(1, connection.ops.bulk_batch_size(columns, rows)) if rows else 1
    queryset: Any = model._base_manager.all()
    for start in range(0, len(rows), step):
        queryset._insert(rows[start : start + step], fields=columns, raw=True, using=connection.alias)
