from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.waves.importing import Plan, read_answers, read_files
from wimmentor.base.forms import PlainForm
from wimmentor.base.spreadsheets import SpreadsheetError

MOST_FILES = 10


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(SeveralFilesField, self).clean(each, initial) for each in files]


class AnswersForm(PlainForm):
    """`plan` and `names` are there once it is valid."""

    spreadsheets = SeveralFilesField(
        label=_("Spreadsheets"),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        help_text=_(
            "CSV or XLSX with a row for each initiative, and a file or sheet “editions” with a row for each edition."
            " Or one of our own data packages, as ZIP."
        ),
        widget=SeveralFiles(attrs={"accept": ".csv,.xlsx,.tsv,.txt,.zip"}),
    )

    def clean_spreadsheets(self) -> list[Any]:
        uploads = self.cleaned_data["spreadsheets"]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files at once."), params={"most": MOST_FILES})
        try:
            self.plan: Plan = read_answers(read_files([(upload.name, upload.read()) for upload in uploads]))
        except SpreadsheetError as error:
            raise forms.ValidationError(str(error)) from error
        self.names = ", ".join(upload.name for upload in uploads)
        return list(uploads)


class ImportDecisionForm(forms.Form):
    """The buttons below a dry run."""

    step = forms.ChoiceField(choices=[("write", ""), ("send", ""), ("discard", "")])
