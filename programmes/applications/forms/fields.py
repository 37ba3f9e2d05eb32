"""Fields and choices that several steps share."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.places import country_choices, language_choices
from wimmentor.base.codes.zones import time_zone_choices

CHOOSE = ("", _("Choose"))
_ADDRESS_LIKE = re.compile(r"://|www\.|@|/")
# Spoken where mines are; the programme's own come first.
COMMON_LANGUAGES = ("en", "es", "fr", "pt", "id", "ru", "zh", "ar", "sw", "mn")


class NameField(forms.CharField):
    """A name goes into the greeting of an e-mail to an address that nobody has confirmed yet: never a link."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)

    def clean(self, value: Any) -> str:
        name = " ".join(super().clean(value).split())
        if _ADDRESS_LIKE.search(name):
            raise ValidationError(_("Write your name only, without an address."), code="address")
        return name


class YearsField(forms.DecimalField):
    """Years with one decimal, written with a point or a comma."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "maxlength": 5})
        super().__init__(min_value=0, max_value=70, max_digits=4, decimal_places=1, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def plain_years(years: Decimal | None) -> str:
    """12, not 12.0."""
    return "" if years is None else f"{years.normalize():f}"


def countries() -> list[tuple[str, Any]]:
    return [CHOOSE, *country_choices()]


def all_languages() -> list[tuple[str, Any]]:
    return [CHOOSE, *language_choices()]


def optional_languages() -> list[tuple[str, Any]]:
    return [("", _("No other")), *language_choices()]


def zones() -> list[tuple[str, Any]]:
    return [CHOOSE, *time_zone_choices()]


class AnyOfField(forms.MultipleChoiceField):
    """Asked of everybody, but other fields of the form may answer it: the form's clean says whether something did."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def boxes(**kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **kwargs)


def select(choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """A list of codes in which nothing is chosen yet; `choices` may be a function that sorts them for the reader."""
    first = CHOOSE if kwargs.get("required", True) else ("", _("Not said"))
    if callable(choices):
        return forms.ChoiceField(choices=lambda: [first, *choices()], **kwargs)
    return forms.ChoiceField(choices=[first, *choices], **kwargs)


def lines(rows: int = 5, **kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
