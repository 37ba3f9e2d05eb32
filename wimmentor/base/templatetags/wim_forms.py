"""How a form field is shown: `{% load wim_forms %}`, used by the form templates."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def field_control(bound: BoundField) -> SafeString:
    """The control of a field with our classes, and with hint, lock line and error as its description."""
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    kind = "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select):
        kind = "form-select"
    attrs: dict[str, Any] = {"class": f"{kind} {own}".strip()}
    if described := describe_field(bound):
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)


@register.filter
def describe_field(bound: BoundField) -> str:
    """Ids of what is said about a field."""
    own = bound.field.widget.attrs.get("aria-describedby")
    hint = bool(bound.help_text or getattr(bound.field, "who_sees", ""))
    said = [own, f"{bound.auto_id}_error" if bound.errors else "", f"{bound.auto_id}_helptext" if hint else ""]
    return " ".join(str(part) for part in said if part)


@register.filter
def first_control(bound: BoundField) -> str:
    """The id that a link to the field must name: groups of boxes have it on their first box."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.filter
def count_wrong(form: BaseForm) -> int:
    """Answers to mend. What is said of the whole form is none: "That was very quick", "press once more"."""
    return sum(len(bound.errors) for bound in form.visible_fields())
