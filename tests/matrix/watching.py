"""What a request writes, read from its statements; and what the tables hold, so that nothing is missed."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

OUR_APPS = ("programmes", "matching", "inventory")
WRITING = re.compile(r'^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE)
# Rows that a visit may write: the browser's own session, and the counters of the rate limits.
OF_VISITS = {"django_session", "usersessions_usersession", "base_cache"}


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that statements inside write to, apart from those of visits."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITING.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
    tables -= OF_VISITS


def ours() -> list[type[Model]]:
    return [
        model for label in ("programmes", "matching", "inventory") for model in apps.get_app_config(label).get_models()
    ]


def digest_database(*, without: frozenset[str] = frozenset()) -> dict[str, str]:
    """One hash for every table of the database, but for those of visits."""
    return {
        model._meta.db_table: digest_rows(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in OF_VISITS | without
    }


def digest_rows(rows: Any) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()


def digest_tenant(organisation_id: int, *, tables: set[str] | None = None) -> dict[str, str]:
    """One hash for everything that belongs to one organisation, in each table (of `tables`)."""
    return {
        model._meta.label: digest_rows(rows_of(model, organisation_id).order_by("pk").values_list())
        for model in ours()
        if getattr(model, "tenancy_path", None) and (tables is None or model._meta.db_table in tables)
    }


def rows_of(model: type[Model], organisation_id: int) -> Any:
    path: str = model.tenancy_path  # type: ignore[attr-defined]
    return model._base_manager.filter(**{path: organisation_id})
