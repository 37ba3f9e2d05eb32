"""Edits of a versioned row: the later of two people sees both versions instead of overwriting."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wimmentor.base.abstract import Versioned
from wimmentor.base.errors import Conflict
from wimmentor.base.phrases import say_fact

V = TypeVar("V", bound=Versioned)


def save_version(obj: V, *, seen: int, **values: Any) -> V:
    """Write `values` if the row still has version `seen`; else Conflict with what differs, yours and theirs."""
    manager = type(obj)._default_manager
    if not manager.filter(pk=obj.pk, version=seen).update(version=F("version") + 1, **values):
        current = manager.get(pk=obj.pk)
        theirs = {name: getattr(current, name) for name in values}
        differing = [name for name in values if _plain(values[name]) != _plain(theirs[name])]
        raise Conflict(
            _("Somebody else changed this while you were writing."),
            yours=_read_fields(obj, {name: values[name] for name in differing}),
            theirs=_read_fields(obj, {name: theirs[name] for name in differing}),
            about=current,
        )
    for name, value in values.items():
        setattr(obj, name, value)
    obj.version = seen + 1
    return obj


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else value


def _read_fields(obj: Versioned, values: Mapping[str, Any]) -> dict[str, str]:
    """Name of the field -> value, both as a person reads them."""
    fields = {name: obj._meta.get_field(name) for name in values}
    labels = {name: capfirst(str(getattr(field, "verbose_name", name))) for name, field in fields.items()}
    choices = {name: dict(getattr(field, "flatchoices", ())) for name, field in fields.items()}
    return {labels[name]: _read(values[name], choices[name]) for name in values}


def _read(value: Any, choices: Mapping[Any, Any]) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{date_format(value, 'DATETIME_FORMAT')} UTC"
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(value, dict):
        return ", ".join(say_fact(name, _read(inner, {})) for name, inner in value.items())
    return "" if value is None else str(choices.get(value, value))
