"""Wall times without a zone, and days."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


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
