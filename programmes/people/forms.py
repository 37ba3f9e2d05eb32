from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.places import time_zone_choices
from wimmentor.base.forms import PlainForm


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
