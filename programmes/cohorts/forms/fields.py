"""Names written one after the other, and wall times without a zone."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.places import country_name, language_name, match_country, match_language

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


class NamesField(forms.CharField):
    """Codes in Python; names, parted by commas, on the page: quicker to write than to find among 250 boxes."""

    def __init__(self, *, match: Callable[[str], str | None], name: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self._match = match
        self._name = name

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        words = [word.strip() for word in re.split(r"[,;\n]", super().to_python(value) or "") if word.strip()]
        codes = {word: self._match(word) for word in words}
        if unknown := [word for word, code in codes.items() if code is None]:
            raise ValidationError(
                _("We do not know %(words)s. Write names as in an atlas, parted by commas.")
                % {"words": ", ".join(f"“{word}”" for word in unknown)}
            )
        return tuple(dict.fromkeys(code for code in codes.values() if code))

    def run_validators(self, value: Any) -> None:
        """Length was checked by the control; codes need nothing more."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(self._name, value)) if isinstance(value, (tuple, list)) else value


def countries_field(**kwargs: Any) -> NamesField:
    return NamesField(match=match_country, name=country_name, **kwargs)


def languages_field(**kwargs: Any) -> NamesField:
    return NamesField(match=match_language, name=language_name, **kwargs)


class WallTimeField(forms.Field):
    """A naive datetime: Django's own field would put the site's zone on it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            wall = datetime.fromisoformat(str(value).strip())
        except ValueError as error:
            raise ValidationError(_("Write day and time, such as 2027-01-10 23:59.")) from error
        if wall.tzinfo is not None or not EARLIEST <= wall.date() < LATEST:
            raise ValidationError(_("Write day and time, such as 2027-01-10 23:59."))
        return wall


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)], **kwargs)
