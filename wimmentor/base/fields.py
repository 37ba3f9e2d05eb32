"""Model fields that behave alike on every database."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    Text = models.TextField[Iterable[str] | str, tuple[str, ...]]
else:
    Text = models.TextField


class CodesField(Text):
    """A short ordered set of codes in one text column, stored as `|es|en|`, a tuple in Python.

    Searched with `has_code`, which both databases answer alike.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", tuple)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: Any) -> tuple[str, ...]:
        return self.to_python(value)

    def to_python(self, value: Any) -> tuple[str, ...]:
        if not value:
            return ()
        if isinstance(value, str):
            return tuple(code for code in value.split("|") if code)
        return tuple(dict.fromkeys(value))

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str) and value.startswith("|"):
            return value
        codes = self.to_python(value)
        return f"|{'|'.join(map(_without_bar, codes))}|" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))


def has_code(field: str, code: str) -> Q:
    return Q(**{f"{field}__contains": f"|{_without_bar(code)}|"})


def _without_bar(code: str) -> str:
    """The bar divides codes; in somebody's own words it becomes a space, stored and searched alike."""
    return code.replace("|", " ")
