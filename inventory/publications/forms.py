from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.models import Initiative
from inventory.waves.models import Wave
from programmes.organisations.models import Organisation
from wimmentor.base.forms import PlainForm


class InitiativeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        name = next((record.name for record in obj.records.all() if record.name), "")
        return ", ".join(filter(None, [obj.organisation.name, name, obj.code]))


class TakeDownForm(PlainForm):
    """An organisation with all that is its, or one initiative."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation, with all that it told"), queryset=Organisation.objects.none(), required=False
    )
    initiative = InitiativeChoice(label=_("Or one initiative"), queryset=Initiative.objects.none(), required=False)
    asked = forms.BooleanField(
        label=_("The organisation has asked for it. It stays out of this wave's data, also when the data is made anew"),
        error_messages={"required": _("Say that the organisation has asked for it.")},
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(wave_responses__wave=wave).distinct()
        initiatives = Initiative.objects.filter(records__wave_entries__response__wave=wave).distinct()
        choices: dict[str, Any] = {
            "organisation": organisations.order_by("name_folded", "pk"),
            "initiative": initiatives.select_related("organisation").prefetch_related("records").order_by("code"),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("organisation")) == bool(cleaned.get("initiative")):
            raise forms.ValidationError(_("Choose an organisation, or one initiative."))
        return cleaned
