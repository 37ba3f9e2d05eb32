from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.board.prices import QUESTIONS
from programmes.applications.models import Application
from wimmentor.base.forms import PlainForm

LARGEST_ID = 2**63 - 1


class PairForm(PlainForm):
    """A press on a tool: two people, and what the page showed about them."""

    mentee = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    mentor = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    seen = forms.ChoiceField(choices=[("", ""), ("lock", ""), ("forbid", "")], required=False)
    seen_mentor = forms.IntegerField(min_value=0, max_value=LARGEST_ID, required=False)
    despite = forms.CharField(max_length=100, required=False)
    open = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)


class PriceForm(PlainForm):
    """A question on the board; `row`: the proposal whose row asks, `open`: the one that is open beside it."""

    ask = forms.ChoiceField(choices=[(name, "") for name in QUESTIONS])
    mentee = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    mentor = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    row = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    open = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)

    def ids(self) -> dict[str, int]:
        """By role, of those whom the question is about; somebody who is not named is nobody."""
        return {role: self.cleaned_data[role] or 0 for role in QUESTIONS[self.cleaned_data["ask"]][1]}


class UndoForm(PlainForm):
    step = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    open = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)


class HandForm(PlainForm):
    """Any two people; shown with GET, so it changes nothing."""

    mentee = forms.ChoiceField(label=_("Mentee"))
    mentor = forms.ChoiceField(label=_("Mentor"))

    def __init__(self, *, people: Iterable[Application], **kwargs: object) -> None:
        super().__init__(**kwargs)
        by_name = sorted(people, key=lambda person: (person.name_folded, person.pk))
        for role in ("mentee", "mentor"):
            choices = [(str(person.pk), person.name) for person in by_name if person.role == role]
            field = self.fields[role]
            field.choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
