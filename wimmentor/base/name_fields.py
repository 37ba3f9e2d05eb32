"""Countries and languages written one after the other: quicker than finding them among 250 boxes, on any device."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.places import country_name, language_name, match_country, match_language
from wimmentor.base.phrases import quote


class NamesField(forms.CharField):
    """Codes in Python, names parted by commas on the page."""

    def __init__(self, *, match: Callable[[str], str | None], name: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self._match = match
        self._name = name

    def clean(self, value: Any) -> tuple[str, ...]:
        words = [word.strip() for word in re.split(r"[,;\n]", super().clean(value)) if word.strip()]
        codes = {word: self._match(word) for word in words}
        if unknown := [word for word, code in codes.items() if code is None]:
            raise ValidationError(
                _("We do not know %(words)s. Write names as in an atlas, parted by commas.")
                % {"words": ", ".join(map(quote, unknown))},
                code="unknown_name",
            )
        return tuple(dict.fromkeys(code for code in codes.values() if code))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(self._name, value)) if isinstance(value, (tuple, list)) else value


def countries_field(**kwargs: Any) -> NamesField:
    return NamesField(match=match_country, name=country_name, **kwargs)


def languages_field(**kwargs: Any) -> NamesField:
    return NamesField(match=match_language, name=language_name, **kwargs)
