from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from programmes.applications.domain.import_columns import find_faults
from programmes.applications.forms.imports import ROLE_NAMES
from programmes.applications.importing import FIELD_LABELS, ROLES_IN_FILE, ColumnGuess
from wimmentor.base.forms import PlainForm


@dataclass(frozen=True)
class ColumnRow:
    """One column of the file as the page shows it."""

    guess: ColumnGuess
    name: str
    bound: forms.BoundField


class ColumnsForm(PlainForm):
    """A select for each column of the file."""

    role = forms.ChoiceField(
        label=_("Who is in it"),
        choices=[(role, ROLE_NAMES[role]) for role in ROLES_IN_FILE],
        error_messages={"required": _("Say who is in this file.")},
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, guesses: Sequence[ColumnGuess], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guesses = [guess for guess in guesses if guess.heading]
        for guess in self.guesses:
            self.fields[_name(guess)] = forms.ChoiceField(
                label=guess.heading,
                required=False,
                initial=guess.field or "",
                choices=[("", _("– leave this column out –")), *FIELD_LABELS.items()],
                error_messages={"invalid_choice": _("There is no such field. Choose one of the list.")},
                widget=forms.Select(attrs={"class": "sm"}),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            names = {guess.heading: _name(guess) for guess in self.guesses}
            for heading, sentence in find_faults(self.mapping(), role=self.cleaned_data["role"]):
                self.add_error(names[heading] if heading else None, sentence)
        return cleaned

    def mapping(self) -> dict[str, str | None]:
        return {guess.heading: self.cleaned_data[_name(guess)] or None for guess in self.guesses}

    def doubtful(self) -> list[ColumnRow]:
        return [row for row in self.rows() if (not row.guess.is_sure and not row.guess.is_hidden) or row.bound.errors]

    def clear(self) -> list[ColumnRow]:
        doubtful = {row.guess.index for row in self.doubtful()}
        return [row for row in self.rows() if row.guess.index not in doubtful]

    def rows(self) -> Iterator[ColumnRow]:
        for guess in self.guesses:
            name = gettext("Column %(letter)s") % {"letter": get_column_letter(guess.index + 1)}
            yield ColumnRow(guess, name, self[_name(guess)])


def _name(guess: ColumnGuess) -> str:
    return f"column-{guess.index}"
