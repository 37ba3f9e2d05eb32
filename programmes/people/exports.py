"""Her data, complete, for another system (JSON) and to read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from programmes.audit.domain import record_event
from programmes.people.holdings import Holding, Person, all_holdings
from wimmentor.base import clock
from wimmentor.base.actors import Actor


@dataclass(frozen=True)
class Part:
    """Rows: column -> value as Python has it."""

    holding: Holding
    rows: list[dict[str, Any]]


@transaction.atomic
def export_personal_data(*, person: Person, subject: Model, form: str, by: Actor, **where: int) -> list[Part]:
    """What each area holds about her. `subject`: her account, or the application by whose link she came; `form` and
    `where` (organisation_id, cohort_id) are only written down."""
    parts = [Part(holding, _rows(holding, person)) for holding in all_holdings()]
    record_event(
        "person.exported", by=by, subject=subject, form=form, rows=sum(len(part.rows) for part in parts), **where
    )
    return [part for part in parts if part.rows]


def exported_columns(holding: Holding) -> list[str]:
    return [column.name for column in holding.model._meta.concrete_fields if column.name not in holding.left_out]


def _rows(holding: Holding, person: Person) -> list[dict[str, Any]]:
    columns = [column for column in holding.model._meta.concrete_fields if column.name not in holding.left_out]
    return [
        {**(holding.words(row) if holding.words else {}), **{c.name: getattr(row, c.attname) for c in columns}}
        for row in holding.rows(person).order_by("pk")
    ]


def as_json(parts: Iterable[Part], *, site: str) -> bytes:
    document = {
        "site": site,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "data": {part.holding.name: part.rows for part in parts},
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an export")


def to_read(parts: Iterable[Part]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """(title, rows of (column, words)), without what is empty."""
    return [
        (
            str(part.holding.title),
            [
                [(name.replace("_", " "), _say(value)) for name, value in row.items() if _says(value)]
                for row in part.rows
            ],
        )
        for part in parts
    ]


def _says(value: Any) -> bool:
    return value not in (None, "", (), [], {})


def _say(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    if isinstance(value, list | tuple):
        return ", ".join(map(_say, value))
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_say(inner)}" for name, inner in value.items())
    return str(value)
