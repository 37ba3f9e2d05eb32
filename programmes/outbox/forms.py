from django import forms
from django.utils.translation import gettext_lazy as _

from wimmentor.base.forms import PlainForm


class EmailFilterForm(PlainForm):
    """Read from the address; what it does not know counts as not asked."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=150)
    state = forms.ChoiceField(
        label=_("Where it is"),
        required=False,
        choices=[
            ("", _("Anywhere")),
            ("failed", _("Not sent")),
            ("waiting", _("Waiting to go")),
            ("sent", _("Sent")),
            ("held", _("Withdrawn before it went")),
        ],
    )

    @property
    def asked(self) -> dict[str, str]:
        self.full_clean()
        return {"text": self.cleaned_data.get("q", ""), "state": self.cleaned_data.get("state", "")}
