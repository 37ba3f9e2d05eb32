from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.applications.forms.imports import SpreadsheetForm
from programmes.applications.importing import PAIR_FIELDS
from wimmentor.base.forms import PlainForm

PAIR_LABELS = {
    "mentor_email": _("E-mail of the mentor"),
    "mentee_email": _("E-mail of the mentee"),
    "started_on": _("Since when"),
}


class PastPairsForm(SpreadsheetForm):
    """One pair a row."""


class PairColumnsForm(PlainForm):
    """Which of the headings holds what."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, headings: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = [heading for heading in headings if heading]
        choices = [(str(number), heading[:80]) for number, heading in enumerate(self.headings)]
        for name in PAIR_FIELDS:
            is_needed = name != "started_on"
            first = _("Choose a column") if is_needed else _("not in the file: unknown")
            self.fields[name] = forms.ChoiceField(
                label=PAIR_LABELS[name],
                required=is_needed,
                choices=[("", first), *choices],
                error_messages={
                    "required": _("Say which column it is."),
                    "invalid_choice": _("There is no such column. Choose one of the list."),
                },
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        chosen = [name for name in PAIR_FIELDS if self.cleaned_data.get(name)]
        for place, name in enumerate(chosen):
            if self.cleaned_data[name] in [self.cleaned_data[earlier] for earlier in chosen[:place]]:
                self.add_error(name, _("This column is chosen twice."))
        return cleaned

    def mapping(self) -> dict[str, str | None]:
        taken = {self.cleaned_data[name]: name for name in PAIR_FIELDS if self.cleaned_data.get(name)}
        return {heading: taken.get(str(number)) for number, heading in enumerate(self.headings)}
