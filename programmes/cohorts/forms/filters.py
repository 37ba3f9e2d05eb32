from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes import SENIORITY_BAND
from wimmentor.base.codes.places import country_choices, language_name
from wimmentor.base.forms import PlainForm


class HomeFilter(PlainForm):
    """Filters never refuse: what is not understood is as good as not chosen (`chosen`)."""

    country = forms.ChoiceField(label=_("Country you live in"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    stage = forms.ChoiceField(label=_("Where you are in your career"), required=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = sorted((language_name(code), code) for code in languages)
        self._offer("country", _("Any country"), country_choices())
        self._offer("language", _("Any language"), [(code, name) for name, code in spoken])
        stages = [choice for choice in SENIORITY_BAND.choices if choice[0] != "all"]
        self._offer("stage", _("Any stage"), stages)

    def _offer(self, name: str, nothing: Any, choices: list[Any]) -> None:
        if name in self.fields:
            self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DirectoryFilter(HomeFilter):
    q = forms.CharField(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    open = forms.ChoiceField(
        label=_("Applications"), required=False, choices=[("", _("Open or not")), ("now", _("Open now"))]
    )
    stage = None  # type: ignore[assignment]
    field_order = ("q", "country", "language", "open")
