from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.file_kinds import KINDS, LARGEST_FILE
from wimmentor.base.forms import PlainForm

ENDINGS = ",".join(ending for kind in KINDS.values() for ending in kind.endings)


class EvidenceForm(PlainForm):
    """What the file is, is judged by the domain; an empty one, too, so that the refusal names it."""

    who_sees: ClassVar[dict[str, Any]] = {
        "file": _("Read by IWiM and, while this entry is public, by members of the Alliance. Never published.")
    }
    file = forms.FileField(
        label=_("Add a file"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        help_text=format_lazy(
            "{} {}",
            _("PDF, PNG, JPEG, DOCX, XLSX, PPTX, ODT or ODS. Up to 5 files of 5 MB each."),
            _("No personal data of participants."),
        ),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )

    def given(self) -> dict[str, Any]:
        """No more of it is read than it takes to see that it is too large."""
        upload = self.cleaned_data["file"]
        return {"name": upload.name, "content": upload.read(LARGEST_FILE + 1)}
