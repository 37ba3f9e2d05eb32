from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.cohorts.blueprints import DAY_FIELDS, Calendar
from programmes.cohorts.forms.fields import DayField, WallTimeField
from wimmentor.base.codes.places import time_zone_choices
from wimmentor.base.forms import PlainForm

_ZONE_HINT = _("All dates and times of this cohort are meant there, and shown so.")


def zones() -> list[Any]:
    """No zone is chosen unasked: the first of the list would be somebody else's."""
    return [("", _("Choose a city in your zone")), *time_zone_choices(), ("UTC", "UTC")]


class CohortStartForm(PlainForm):
    """Sent by GET: the calendar is proposed from its answers."""

    name = forms.CharField(label=_("Name of the cohort"), max_length=100, help_text=_("Such as “Cohort 2027”."))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_ZONE_HINT)
    first_day = DayField(label=_("One date that you know"))
    known = forms.ChoiceField(
        label=_("What happens on that day?"),
        choices=[("opening", _("Applications open")), ("kickoff", _("Kick-off of the pairs"))],
        initial="opening",
        widget=forms.RadioSelect,
    )


class DatesForm(PlainForm):
    """Calendar and places. `fixed`: opened already, so that zone, opening and deadline stay."""

    name = forms.CharField(label=_("Name of the cohort"), max_length=100)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_ZONE_HINT)
    opens = WallTimeField(label=_("Applications open"))
    closes = WallTimeField(label=_("Applications close"))
    decisions_on = DayField(label=_("Decisions go out"), required=False)
    matching_on = DayField(label=_("Matching"), required=False)
    offers_on = DayField(label=_("Offers go out"), required=False)
    answers_by = DayField(label=_("Last day to answer"), required=False)
    kickoff_on = DayField(label=_("Kick-off"), required=False)
    midpoint_on = DayField(label=_("Mid-point"), required=False)
    closing_on = DayField(label=_("Closing"), required=False)
    mentee_places = forms.IntegerField(label=_("Places for mentees"), min_value=1, max_value=100_000, required=False)
    default_capacity = forms.IntegerField(
        label=_("Mentees for each mentor"),
        min_value=0,
        max_value=50,
        initial=1,
        help_text=_("Where a mentor does not say how many she takes."),
    )

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("time_zone", "opens", "closes") if fixed else ():
            self.fields[name].disabled = True

    def calendar(self) -> Calendar:
        names = ("time_zone", "opens", "closes", *DAY_FIELDS)
        return Calendar(**{name: self.cleaned_data[name] for name in names})


class CohortForm(DatesForm):
    """Dates with the other settings of a cohort that exists."""

    both_roles_allowed = forms.BooleanField(
        label=_("The same woman may apply as mentee and as mentor"),
        required=False,
        help_text=_("She is never paired with herself."),
    )
    offer_days = forms.IntegerField(
        label=_("Days to answer an offer"), min_value=1, max_value=60, help_text=_("Counted from the day it goes out.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def settings(self) -> dict[str, Any]:
        names = ("name", "mentee_places", "default_capacity", "both_roles_allowed", "offer_days")
        return {name: self.cleaned_data[name] for name in names}


class DeadlineForm(PlainForm):
    closes = WallTimeField(label=_("New deadline"))
