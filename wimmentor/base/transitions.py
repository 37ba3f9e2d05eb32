"""Status changes along a table, by compare-and-set, so that of two people only one wins."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wimmentor.base.errors import Conflict, DomainError

Table = Mapping[str, frozenset[str]]
M = TypeVar("M", bound=models.Model)


def change_status(obj: M, to: str, *, table: Table, field: str = "status", **values: Any) -> M:
    """Move `obj` from the status it was read with; raises Conflict where the row has moved meanwhile."""
    current: str = getattr(obj, field)
    if to not in table.get(current, frozenset()):
        raise DomainError(
            _("This is “%(current)s” and cannot become “%(to)s”.")
            % {"current": _label(obj, field, current), "to": _label(obj, field, to)},
            code="no_such_step",
        )
    changes = {field: to, **values}
    manager = type(obj)._default_manager
    if not manager.filter(pk=obj.pk, **{field: current}).update(**changes):
        now = manager.filter(pk=obj.pk).values_list(field, flat=True).first() or ""
        raise Conflict(
            _("Somebody changed this while you were looking. It is “%(now)s” now.") % {"now": _label(obj, field, now)},
            yours={_name(obj, field): _label(obj, field, to)},
            theirs={_name(obj, field): _label(obj, field, now)},
            about=obj,
        )
    for name, value in changes.items():
        setattr(obj, name, value)
    return obj


def _name(obj: models.Model, field: str) -> str:
    return capfirst(str(getattr(obj._meta.get_field(field), "verbose_name", field)))


def _label(obj: models.Model, field: str, value: str) -> str:
    choices: dict[Any, Any] = dict(obj._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))
