from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.board.emails import KINDS, OfferWordings
from matching.board.models import Offer
from matching.board.offer_queries import OfferFilters
from matching.runs.models import MatchingRun, Proposal
from programmes.cohorts.forms import LettersForm, LetterSlot
from programmes.cohorts.forms.fields import WallTimeField
from programmes.cohorts.models import Cohort
from wimmentor.base.clock import instant_of
from wimmentor.base.codes.zones import name_place
from wimmentor.base.errors import DomainError
from wimmentor.base.forms import PlainForm
from wimmentor.base.languages import spoken
from wimmentor.base.text import MOST_DIGITS


class PairsField(forms.ModelMultipleChoiceField):
    """Where an id does not fit the column the database stumbles, instead of finding nothing."""

    def clean(self, value: Any) -> Any:
        for pk in value or ():
            if len(str(pk)) > MOST_DIGITS:
                message = self.error_messages["invalid_choice"]
                raise forms.ValidationError(message, code="invalid_choice", params={"value": pk})
        return super().clean(value)


class PublishForm(LettersForm):
    """Who gets an offer, until when they may answer, and both letters."""

    run = forms.IntegerField(widget=forms.HiddenInput)
    deadline = WallTimeField(label=_("Answers can reach you until"))
    proposals = PairsField(
        queryset=Proposal.objects.none(),
        label=_("Pairs"),
        error_messages={"required": _("Choose at least one pair.")},
    )

    def __init__(self, *args: Any, cohort: Cohort, chosen_run: MatchingRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = cohort.time_zone
        proposals: Any = self.fields["proposals"]
        proposals.queryset = Proposal.objects.filter(run=chosen_run, run__cohort=cohort)
        hint = _("In %(zone)s. Whoever has not answered by then is free for another pair.")
        self.fields["deadline"].help_text = hint % {"zone": name_place(cohort.time_zone)}

    def to_mentees(self) -> list[dict[str, Any]]:
        return [section for section in self.sections() if section["slot"].kind == KINDS["mentee"]]

    def to_mentors(self) -> list[dict[str, Any]]:
        return [section for section in self.sections() if section["slot"].kind == KINDS["mentor"]]

    def clean_deadline(self) -> datetime:
        """A time that the clocks skip is refused here, so that the preview never meets it."""
        wall: datetime = self.cleaned_data["deadline"]
        try:
            instant_of(wall, self.zone)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        return wall


def offer_slots(wordings: OfferWordings, proposals: Iterable[Proposal]) -> list[LetterSlot]:
    """Both letters in each language of those who would get them, the one that most of them read first."""
    readers = {side: Counter[str]() for side in KINDS}
    for proposal in proposals:
        readers["mentee"][spoken(proposal.mentee.language)] += 1
        readers["mentor"][spoken(proposal.mentor.language)] += 1
    return [
        LetterSlot(kind, language, number, wordings.unedited(kind, language))
        for side, kind in KINDS.items()
        for language, number in readers[side].most_common()
    ]


class DeadlineForm(PlainForm):
    deadline = WallTimeField(label=_("New deadline"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"].help_text = _("In %(zone)s.") % {"zone": name_place(zone)}


class AnswerForm(PlainForm):
    answer = forms.ChoiceField(choices=Offer.Answer.choices)


class AnswerForForm(AnswerForm):
    side = forms.ChoiceField(choices=[("mentee", _("mentee")), ("mentor", _("mentor"))])


class WithdrawForm(PlainForm):
    """Both answers as the page showed them, so that an answer that came meanwhile is seen before it is for nothing."""

    seen = forms.RegexField(r"^(yes|no)?/(yes|no)?$", required=False)

    def seen_answers(self) -> tuple[str, str] | None:
        self.is_valid()
        mentee, slash, mentor = self.cleaned_data.get("seen", "").partition("/")
        return (mentee, mentor) if slash else None


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            *Offer.State.choices,
            ("late_mentee", _("mentee has not answered")),
            ("late_mentor", _("mentor has not answered")),
        ],
    )

    def filters(self) -> OfferFilters:
        """What cannot be read filters nothing."""
        self.is_valid()
        return OfferFilters(state=self.cleaned_data.get("state", ""), text=self.cleaned_data.get("q", ""))
