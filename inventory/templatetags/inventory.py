"""How pages show records: `{% load inventory %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField

from inventory.initiatives.pages import badge_of
from inventory.waves.models import ResponseEntry

register = template.Library()
register.filter("state_badge", badge_of)


@register.filter
def get_told(told: Mapping[str, Any], code: str) -> Any:
    return told.get(code)


@register.simple_tag
def ask_field(form: BaseForm, code: str, record: Any = None) -> BoundField | None:
    """Where IWiM asks about one question; on a page of several records, of this one."""
    names = [f"ask_{getattr(record, 'pk', '')}_{code}", f"ask_{code}"]
    return next((form[name] for name in names if name in form.fields), None)


@register.filter
def change_badge(change: str) -> str:
    return {"carried": "waiting", "unchanged": "done"}.get(change, "now")


@register.filter
def change_word(change: str) -> str:
    return str(ResponseEntry.Change(change).label)
