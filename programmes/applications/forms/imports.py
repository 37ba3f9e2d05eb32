from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.applications.importing import ROLES_IN_FILE
from wimmentor.base.forms import PlainForm
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table

_ROLE_NAMES = {
    "mentee": _("Mentees"),
    "mentor": _("Mentors"),
    "column": _("Both: the column “role” says who is what"),
}


class ImportForm(PlainForm):
    file = forms.FileField(
        label=_("Spreadsheet"),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        help_text=_("CSV or XLSX, up to 10 MB. The first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
    )
    role = forms.ChoiceField(
        label=_("Who is in it"),
        error_messages={"required": _("Choose one.")},
        choices=[(role, _ROLE_NAMES[role]) for role in ROLES_IN_FILE],
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

    def clean_file(self) -> Any:
        """The table that was read; its sentence where it cannot be."""
        upload = self.cleaned_data["file"]
        try:
            self.table: Table = read_table(upload, upload.name)
        except SpreadsheetError as error:
            raise forms.ValidationError(str(error)) from error
        return upload
