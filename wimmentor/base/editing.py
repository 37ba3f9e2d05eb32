"""Edits of a versioned row: the later of two people sees both versions instead of overwriting."""

from typing import Any, TypeVar

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wimmentor.base.abstract import Versioned
from wimmentor.base.errors import Conflict

V = TypeVar("V", bound=Versioned)


def save_version(obj: V, *, seen: int, **values: Any) -> V:
    """Write `values` if the row still has version `seen`; else Conflict with yours and theirs."""
    manager = type(obj)._default_manager
    if not manager.filter(pk=obj.pk, version=seen).update(version=F("version") + 1, **values):
        current = manager.get(pk=obj.pk)
        raise Conflict(
            _("Somebody else changed this while you were writing. Here are both versions."),
            yours=values,
            theirs={name: getattr(current, name) for name in values},
        )
    for name, value in values.items():
        setattr(obj, name, value)
    obj.version = seen + 1
    return obj
