from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programmes.applications.forms.base import StepForm
from programmes.applications.forms.fields import YearsField, countries, plain_years, select, zones
from wimmentor.base.codes import MINING_FUNCTION, MINING_SEGMENT, ROTATION, SENIORITY_BAND

OTHER = "other"
# Minors take part in programmes of their own; "all" describes a programme, not a person.
SENIORITY = [(code, label) for code, label in SENIORITY_BAND.choices if code not in ("school", "all")]


class WorkForm(StepForm):
    step = "work"
    who_sees: ClassVar[dict[str, Any]] = {
        "employer": _("The coordinators see this, and the person we propose to you. Employers never see anything."),
    }

    country = forms.ChoiceField(label=_("Country where you live"), choices=countries)
    city = forms.CharField(label=_("City or region"), required=False, max_length=100)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        help_text=_("The place whose clock you live by. We look for people awake when you are."),
    )
    employer = forms.CharField(
        label=_("Employer, university or own business"),
        required=False,
        max_length=150,
        help_text=_("So that you are not paired within the same company. Leave it empty if you have none now."),
    )
    job_title = forms.CharField(label=_("What you do"), max_length=150, help_text=_("Your job title, or your studies."))
    function = select(MINING_FUNCTION.sorted_choices, label=_("Function"))
    function_other = forms.CharField(
        label=_("Your function in your own words"),
        required=False,
        max_length=150,
        help_text=_("If you chose “Other”."),
    )
    segment = select(MINING_SEGMENT.choices, label=_("Part of the sector"), required=False)
    rotation = select(
        ROTATION.choices,
        label=_("Rotation"),
        required=False,
        help_text=_("If you work in shifts or fly in and out."),
    )
    years_experience = YearsField(
        label=_("Years in mining"), help_text=_("Roughly. 0 if you are about to start, 3.5 is fine too.")
    )
    seniority = select(SENIORITY, label=_("Where you are in your working life"))

    def read_initial(self) -> dict[str, Any]:
        function = self.application.function
        own_words = function if function and function not in MINING_FUNCTION else ""
        return {
            **super().read_initial(),
            "function": OTHER if own_words else function,
            "function_other": own_words,
            "years_experience": plain_years(self.application.years_experience),
        }

    def clean_function_other(self) -> str:
        words: str = self.cleaned_data["function_other"].strip()
        if self.cleaned_data.get("function") == OTHER and not words:
            raise ValidationError(_("Write your function in a few words, or choose one from the list above."))
        return words

    def column_values(self) -> dict[str, Any]:
        values = super().column_values()
        if values["function"] == OTHER:
            values["function"] = self.cleaned_data["function_other"]
        return values
