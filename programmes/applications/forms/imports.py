from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.applications.importing import ROLES_IN_FILE, guess_role
from wimmentor.base.forms import PlainForm
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table

GUESS = "guess"
ROLE_NAMES = {
    "mentee": _("Mentees"),
    "mentor": _("Mentors"),
    "column": _("Both: a column says who is what"),
}


class SpreadsheetForm(PlainForm):
    """One file, read: `table` and `data` are there once it is valid."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        help_text=_("CSV or XLSX as your form tool gives it, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
    )

    def clean_file(self) -> Any:
        """The table that was read; its sentence where it cannot be."""
        upload = self.cleaned_data["file"]
        try:
            self.table: Table = read_table(upload, upload.name)
        except SpreadsheetError as error:
            raise forms.ValidationError(str(error)) from error
        upload.seek(0)
        self.data_of_file: bytes = upload.read()
        return upload


class ImportForm(SpreadsheetForm):
    role = forms.ChoiceField(
        label=_("Who is in it"),
        error_messages={"required": _("Choose one.")},
        choices=[(GUESS, _("See from the file")), *((role, ROLE_NAMES[role]) for role in ROLES_IN_FILE)],
        initial=GUESS,
        widget=forms.RadioSelect,
    )
    accept = forms.TypedChoiceField(
        label=_("They come in as"),
        choices=[("no", _("Applications to decide about")), ("yes", _("Accepted: you have chosen them already"))],
        initial="no",
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    consent_attested = forms.BooleanField(
        label=_(
            "These people agreed that we keep their answers here, and that the person proposed to them sees their name,"
            " work and wishes and, once both say yes, their e-mail address"
        ),
        error_messages={"required": _("Without their agreement we cannot keep their answers.")},
    )

    def chosen_role(self) -> str:
        """Blank where neither she nor the file says it."""
        role: str = self.cleaned_data["role"]
        return role if role != GUESS else guess_role(self.table) or ""


class ApplyForm(forms.Form):
    """The buttons below a dry run."""

    step = forms.ChoiceField(choices=[("all", ""), ("good", ""), ("discard", "")])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class ForgetForm(forms.Form):
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class UndoForm(forms.Form):
    seal = forms.CharField(max_length=40)
