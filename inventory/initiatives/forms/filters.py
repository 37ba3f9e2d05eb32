from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes import (
    INITIATIVE_KIND,
    INITIATIVE_STATUS,
    MATCHING_METHOD,
    MENTOR_TARGET_GENDER,
    ORGANISATION_TYPE,
    SENIORITY_BAND,
)
from wimmentor.base.codes.places import country_name
from wimmentor.base.forms import PlainForm


class InventoryFilterForm(PlainForm):
    q = forms.CharField(label=_("Organisation or name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    scope = forms.ChoiceField(label=_("For whom"), required=False)
    method = forms.ChoiceField(label=_("Matching"), required=False)
    target = forms.ChoiceField(label=_("Mentors"), required=False)
    type = forms.ChoiceField(label=_("Type of organisation"), required=False)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: dict[str, list[tuple[str, Any]]] = {
            "kind": INITIATIVE_KIND.choices,
            "status": INITIATIVE_STATUS.choices,
            "scope": SENIORITY_BAND.choices,
            "method": MATCHING_METHOD.choices,
            "target": [choice for choice in MENTOR_TARGET_GENDER.choices if choice[0] != "unknown"],
            "type": ORGANISATION_TYPE.choices,
            "country": sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1]),
        }
        for name, choices in lists.items():
            self.fields[name].choices = [("", _("Any")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What was asked, where it makes sense; a made-up code filters nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
