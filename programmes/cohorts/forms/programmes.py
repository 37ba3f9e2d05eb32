from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.cohorts.blueprints.words import DESCRIPTION, ELIGIBILITY
from wimmentor.base.codes import (
    DELIVERY,
    MATCHING_METHOD,
    MENTOR_TARGET_GENDER,
    PROGRAMME_FORMAT,
    REGION_SCOPE,
    SENIORITY_BAND,
)
from wimmentor.base.forms import PlainForm
from wimmentor.base.name_fields import countries_field, languages_field

_MENTOR_TARGETS = [choice for choice in MENTOR_TARGET_GENDER.choices if choice[0] != "unknown"]


class ProgrammeForm(PlainForm):
    """What the Alliance's working group asks about a programme, and what visitors read."""

    name = forms.CharField(label=_("Name of the programme"), max_length=150)
    format = forms.ChoiceField(
        label=_("Format"),
        choices=PROGRAMME_FORMAT.choices,
        initial="one_to_one",
        help_text=_("One-to-one programmes run here. Other formats are recorded; they cannot be run here yet."),
    )
    scope = forms.MultipleChoiceField(
        label=_("Which women is it for?"),
        choices=SENIORITY_BAND.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where mentees stand in their careers."),
    )
    mentor_target = forms.ChoiceField(
        label=_("Who are the mentors?"), choices=_MENTOR_TARGETS, initial="both_open", widget=forms.RadioSelect
    )
    matching_method = forms.ChoiceField(
        label=_("How are pairs made?"),
        choices=MATCHING_METHOD.choices,
        initial="software_proposed",
        help_text=_("Here a program proposes and people decide. Say so if yours is made another way."),
    )
    reach = forms.ChoiceField(label=_("How far does it reach?"), choices=REGION_SCOPE.choices, initial="national")
    countries = countries_field(
        label=_("Countries"),
        required=False,
        help_text=_("Parted by commas. Leave it empty if women anywhere can apply."),
    )
    regions = forms.CharField(
        label=_("Regions"),
        max_length=250,
        required=False,
        help_text=_("Parts of a country or of the world, in your words."),
    )
    languages = languages_field(
        label=_("Languages in which people can talk"), help_text=_("Parted by commas, such as Spanish, English.")
    )
    delivery = forms.ChoiceField(label=_("Where do pairs meet?"), choices=DELIVERY.choices, initial="online")
    months = forms.IntegerField(label=_("Length in months"), min_value=1, max_value=36, initial=6)
    summary = forms.CharField(
        label=_("In one or two sentences"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The first thing that people read about it."),
    )
    description = forms.CharField(
        label=_("What mentee and mentor do together"),
        max_length=4000,
        initial=DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    eligibility = forms.CharField(
        label=_("Who can apply"),
        max_length=2000,
        initial=ELIGIBILITY,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One condition a line."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
