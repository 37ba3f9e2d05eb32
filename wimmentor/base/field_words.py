"""What fields say when an answer does not fit: what to do, in our voice, unless the form has its own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_EVERY: dict[str, Any] = {
    "required": _("We need this answer."),
    "max_length": _("Too long: this has %(show_value)s characters, and %(limit_value)s fit."),
    "min_value": _("Write %(limit_value)s or more."),
    "max_value": _("Write %(limit_value)s or less."),
    "max_digits": _("Write a shorter number, such as 3.5."),
    "max_decimal_places": _("Write a shorter number, such as 3.5."),
    "invalid_choice": _("Choose one of those that are offered."),
    "null_characters_not_allowed": _("This holds a sign that cannot be kept. Write it again."),
}
# The first class that fits wins.
_BY_KIND: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.EmailField, {"invalid": _("Write a whole address, such as ana@example.org.")}),
    (forms.URLField, {"invalid": _("Write a whole web address, such as https://example.org.")}),
    (forms.DecimalField, {"invalid": _("Write a number, such as 3.5.")}),
    (forms.IntegerField, {"invalid": _("Write a whole number.")}),
    (
        forms.DateField,
        {
            "invalid": _("Write a day, such as 2027-01-31."),
            "min_value": _("Choose %(limit_value)s or a later day."),
            "max_value": _("Choose %(limit_value)s or an earlier day."),
        },
    ),
    (forms.ChoiceField, {"required": _("Choose one.")}),
    (forms.ModelChoiceField, {"required": _("Choose one.")}),
)


def word_errors(field: forms.Field) -> None:
    """Replaces Django's own words; words that the form gave stay."""
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        stock.update(getattr(kind, "default_error_messages", {}))
    ours = next((words for kind, words in _BY_KIND if isinstance(field, kind)), {})
    for code, words in {**_EVERY, **ours}.items():
        if field.error_messages.get(code, stock.get(code)) == stock.get(code):
            field.error_messages[code] = words
