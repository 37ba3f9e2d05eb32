from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.models import Initiative
from wimmentor.base.codes import (
    ANSWER_STATE,
    INITIATIVE_KIND,
    INITIATIVE_STATUS,
    MATCHING_METHOD,
    MENTOR_TARGET_GENDER,
    REGION_SCOPE,
    SENIORITY_BAND,
)
from wimmentor.base.codes.places import country_name
from wimmentor.base.forms import PlainForm

if TYPE_CHECKING:
    FormSet = BaseFormSet["EditionForm"]
else:
    FormSet = BaseFormSet

# Why an answer is empty; a given answer says "answered" by itself.
EMPTY_STATES = [(code, label) for code, label in ANSWER_STATE.choices if code != "answered"]
COUNTS = ("mentee_count", "mentor_count", "pair_count", "months")


def state_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=EMPTY_STATES, required=False, initial="pending")


def settle_states(cleaned: dict[str, Any], pairs: dict[str, str]) -> None:
    """`pairs`: value field -> state field. A value makes its state "answered", whatever was chosen beside it."""
    for value, state in pairs.items():
        given = cleaned.get(value) not in (None, "", [], ())
        cleaned[state] = "answered" if given else cleaned.get(state) or "pending"


class InitiativeForm(PlainForm):
    STATES: ClassVar[dict[str, str]] = {
        "kinds": "kinds_state",
        "status": "status_state",
        "scope": "scope_state",
        "matching_methods": "matching_state",
        "mentor_target": "mentor_target_state",
    }

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    name = forms.CharField(
        label=_("Name of the initiative"),
        max_length=200,
        help_text=_("If it has no name, describe it in five words."),
        error_messages={"required": _("Give it a name, or describe it in five words.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("What kind is it?"),
        choices=INITIATIVE_KIND.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds_state = state_field(_("If you left the kind empty, why?"))
    status = forms.ChoiceField(
        label=_("Where does it stand today?"), choices=[("", "—"), *INITIATIVE_STATUS.choices], required=False
    )
    status_state = state_field(_("If you left it empty, why?"))
    scope = forms.MultipleChoiceField(
        label=_("Which seniority of mentees do you accept?"),
        choices=SENIORITY_BAND.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first of the working group's three questions."),
    )
    scope_words = forms.CharField(label=_("In your own words"), max_length=300, required=False)
    scope_state = state_field(_("If you ticked none, why?"))
    matching_methods = forms.MultipleChoiceField(
        label=_("How are pairs matched?"),
        choices=MATCHING_METHOD.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The second question."),
    )
    matching_words = forms.CharField(label=_("In your own words"), max_length=300, required=False)
    matching_state = state_field(_("If you ticked none, why?"))
    mentor_target = forms.ChoiceField(
        label=_("Are your mentors women, men or both?"),
        choices=[("", "—"), *(choice for choice in MENTOR_TARGET_GENDER.choices if choice[0] != "unknown")],
        required=False,
        help_text=_("The third question."),
    )
    mentor_target_state = state_field(_("If you left it empty, why?"))
    reach = forms.ChoiceField(
        label=_("How far does it reach?"), choices=[("", "—"), *REGION_SCOPE.choices], required=False
    )
    purpose = forms.CharField(
        label=_("What is it for, in two sentences?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        settle_states(cleaned, self.STATES)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @classmethod
    def initial_of(cls, initiative: Initiative) -> dict[str, Any]:
        return {name: getattr(initiative, name) for name in cls.base_fields}


class EditionForm(PlainForm):
    label = forms.CharField(label=_("Name or number"), max_length=120)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1950, max_value=2100)
    mentee_count = forms.IntegerField(label=_("Mentees who started"), required=False, min_value=0, max_value=1_000_000)
    mentee_count_state = state_field(_("Empty because"))
    mentor_count = forms.IntegerField(label=_("Mentors who started"), required=False, min_value=0, max_value=1_000_000)
    mentor_count_state = state_field(_("Empty because"))
    pair_count = forms.IntegerField(label=_("Pairs"), required=False, min_value=0, max_value=1_000_000)
    pair_count_state = state_field(_("Empty because"))
    months = forms.DecimalField(
        label=_("Length in months"), required=False, min_value=0, max_value=120, max_digits=4, decimal_places=1
    )
    months_state = state_field(_("Empty because"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        settle_states(cleaned, {name: f"{name}_state" for name in COUNTS})
        return cleaned


class BaseEditionFormSet(FormSet):
    def values(self) -> list[dict[str, Any]]:
        """Empty forms and those marked for removal are left out."""
        kept = [form for form in self.forms if form.has_changed() or form.initial]
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in kept
            if form.cleaned_data.get("label") and not form.cleaned_data.get("DELETE")
        ]


EditionFormSet = cast(
    type[BaseEditionFormSet],
    formset_factory(EditionForm, formset=BaseEditionFormSet, extra=1, max_num=20, absolute_max=40, can_delete=True),
)


class InventoryFilterForm(PlainForm):
    q = forms.CharField(label=_("Organisation or name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    scope = forms.ChoiceField(label=_("For whom"), required=False)
    method = forms.ChoiceField(label=_("Matching"), required=False)
    target = forms.ChoiceField(label=_("Mentors"), required=False)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: dict[str, list[tuple[str, Any]]] = {
            "kind": INITIATIVE_KIND.choices,
            "status": INITIATIVE_STATUS.choices,
            "scope": SENIORITY_BAND.choices,
            "method": MATCHING_METHOD.choices,
            "target": MENTOR_TARGET_GENDER.choices,
            "country": sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1]),
        }
        for name, choices in lists.items():
            self.fields[name].choices = [("", _("Any")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What was asked, where it makes sense; a made-up code filters nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReviewForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    note = forms.CharField(
        label=_("What you ask the organisation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
