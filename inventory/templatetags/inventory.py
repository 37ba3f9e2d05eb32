"""How pages show records: `{% load inventory %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField

from inventory.waves.models import ResponseEntry

register = template.Library()
BADGES = {
    "published": "done",
    "accepted": "done",
    "returned": "attention",
    "submitted": "now",
    "in_review": "now",
    "running": "done",
    "concluded": "done",
    "launching": "now",
    "concluding": "now",
}


@register.filter
def review_badge(state: str) -> str:
    return BADGES.get(state, "waiting")


@register.filter
def status_badge(status: str) -> str:
    return BADGES.get(status, "waiting")


@register.filter
def get_told(told: Mapping[str, Any], code: str) -> Any:
    return told.get(code)


@register.simple_tag
def ask_field(form: BaseForm, code: str, record: Any = None) -> BoundField | None:
    """Where IWiM asks about one question; on a page of several records, of this one."""
    name = f"ask_{record.pk}_{code}" if f"ask_{getattr(record, 'pk', '')}_{code}" in form.fields else f"ask_{code}"
    return form[name] if name in form.fields else None


@register.filter
def change_badge(change: str) -> str:
    return {"carried": "waiting", "unchanged": "done"}.get(change, "now")


@register.filter
def change_word(change: str) -> str:
    return str(ResponseEntry.Change(change).label)
