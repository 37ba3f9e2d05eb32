from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from wimmentor.base.text import fold

# Words that stand in the same place of an address.
RESERVED = frozenset({"settings", "people", "inventory", "programmes", "privacy", "new", "edit"})
ROOM = 50


def free_slug(name: str, taken: QuerySet[Any], *, fallback: str) -> str:
    """`taken`: the rows beside which the slug must be unique."""
    base = slugify(fold(name))[:ROOM].strip("-") or fallback
    used = set(taken.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    if base not in used:
        return base
    number = 2
    while f"{base}-{number}" in used:
        number += 1
    return f"{base}-{number}"
