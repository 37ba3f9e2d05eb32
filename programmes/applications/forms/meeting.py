from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programmes.applications.forms.base import StepForm
from programmes.applications.forms.fields import COMMON_LANGUAGES, AnyOfField, all_languages, optional_languages, select
from programmes.applications.forms.widgets import WeekField, boxes_of, hours_of
from programmes.cohorts.forms.fields import DayField
from wimmentor.base.codes import MEETING_CHANNEL, PREFERRED_GENDER, ROSTER_DAYS, ROSTER_HOURS
from wimmentor.base.codes.places import language_name, language_word

OTHERS = ("other_language_1", "other_language_2")
CAPACITY = [(1, _("One")), (2, _("Two")), (3, _("Three"))]


class MeetingForm(StepForm):
    step = "meeting"
    who_sees: ClassVar[dict[str, Any]] = {"preferred_mentor_gender": _("Only the coordinators and matching see this.")}

    languages = AnyOfField(
        label=_("Languages in which you can talk about your work"),
        help_text=_("Well enough for a conversation. Mistakes do not matter."),
    )
    other_language_1 = forms.ChoiceField(label=_("Another language"), choices=optional_languages, required=False)
    other_language_2 = forms.ChoiceField(label=_("One more language"), choices=optional_languages, required=False)
    preferred_language = forms.ChoiceField(label=_("Language you want to talk in"), choices=all_languages)
    preferred_mentor_gender = select(PREFERRED_GENDER.choices, label=_("Whom would you like as your mentor?"))
    gender_preference_strict = forms.BooleanField(
        label=_("Nobody else, please: then I would rather wait"),
        required=False,
        help_text=_("Without this mark your wish counts, and we may still propose somebody else who fits well."),
    )
    availability = WeekField(
        label=_("When you can usually meet"),
        required=False,
        help_text=_("In your own time zone. Leave it empty if every week is different."),
    )
    roster_hours = forms.ChoiceField(
        label=_("When do these hours hold?"),
        choices=[("", _("Every week")), *ROSTER_HOURS.choices],
        required=False,
        help_text=_("You told us that you work on a roster. We look for somebody who has time in the same weeks."),
    )
    on_site_from = DayField(
        label=_("First day of a coming block on site"),
        required=False,
        help_text=_("One such day is enough to know your weeks. Without it we count your share of free weeks."),
    )
    hours_a_month = forms.IntegerField(
        label=_("Hours a month"),
        min_value=1,
        max_value=40,
        help_text=_("Two to four are usual: one or two meetings, and something in between."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "maxlength": 2}),
    )
    channels = select(MEETING_CHANNEL.choices, label=_("How you like to meet"))
    capacity = forms.TypedChoiceField(
        label=_("How many mentees can you take?"), choices=CAPACITY, coerce=int, widget=forms.RadioSelect
    )

    def read_initial(self) -> dict[str, Any]:
        spoken = list(self.application.languages)
        rest = [code for code in spoken if code not in self.offered_languages()]
        return {
            **super().read_initial(),
            "languages": [code for code in spoken if code not in rest],
            **dict(zip(OTHERS, rest, strict=False)),
            "availability": boxes_of(self.application.availability),
            "capacity": self.application.capacity or self.application.cohort.default_capacity,
        }

    def offered_languages(self) -> list[str]:
        return list(dict.fromkeys([*self.application.cohort.programme.languages, *COMMON_LANGUAGES]))

    def adapt_fields(self) -> None:
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in self.offered_languages()
        ]
        if self.is_mentor:
            self.fields["preferred_mentor_gender"].label = _("Whom would you like as your mentee?")
        else:
            del self.fields["capacity"]

        if self.application.rotation not in ROSTER_DAYS:
            del self.fields["roster_hours"], self.fields["on_site_from"]

    def spoken_languages(self) -> list[str]:
        others = [self.cleaned_data.get(name, "") for name in OTHERS]
        return list(dict.fromkeys(code for code in [*self.cleaned_data.get("languages", []), *others] if code))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        spoken = self.spoken_languages()
        if not spoken and "languages" not in self.errors:
            self.add_error("languages", _("Choose at least one language, here or in the lists below."))
        preferred = self.cleaned_data.get("preferred_language")
        if spoken and preferred and preferred not in spoken:
            error = _("%(language)s is not among the languages you marked. Mark it above, or choose another.")
            self.add_error("preferred_language", ValidationError(error % {"language": language_word(preferred)}))
        return cleaned

    def column_values(self) -> dict[str, Any]:
        values = super().column_values()
        strict = values["gender_preference_strict"] and values["preferred_mentor_gender"] != "no_preference"
        hours = hours_of(values["availability"], self.application.availability)
        return {
            **values,
            "languages": tuple(self.spoken_languages()),
            "gender_preference_strict": strict,
            "availability": hours,
        }
