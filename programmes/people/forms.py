from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.places import time_zone_choices
from wimmentor.base.forms import AddressField, PlainForm


def zone_choices() -> list[tuple[str, object]]:
    return [("", _("Not said")), *time_zone_choices()]


class ProfileForm(PlainForm):
    name = forms.CharField(label=_("Name"), max_length=200, required=False, help_text=_("As others should call you."))
    language = forms.ChoiceField(
        label=_("Language of our e-mails and pages"), choices=lambda: settings.LANGUAGES, initial="en"
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, required=False, help_text=_("Dates and times are shown in it.")
    )
    who_sees = {"name": _("The people you are matched with, and the organisations you apply to or work for.")}


class EraseForm(PlainForm):
    """It cannot be taken back, so it takes more than a press."""

    address = AddressField(label=_("Your e-mail address, to be sure"))

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = address

    def clean_address(self) -> str:
        given: str = self.cleaned_data["address"]
        if given != self._address:
            raise forms.ValidationError(_("This is not the address of your account."), code="other_address")
        return given
