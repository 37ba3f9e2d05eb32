from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.board.emails import KINDS, OfferWordings
from matching.board.models import Offer
from matching.board.offer_queries import OfferFilters
from matching.runs.models import MatchingRun, Proposal
from programmes.cohorts.forms.fields import WallTimeField
from programmes.cohorts.letters import Letter
from programmes.cohorts.models import Cohort
from wimmentor.base.clock import instant_of
from wimmentor.base.errors import DomainError
from wimmentor.base.forms import PlainForm


class PublishForm(PlainForm):
    """Who gets an offer, until when they may answer, and both letters."""

    run = forms.IntegerField(widget=forms.HiddenInput)
    deadline = WallTimeField(label=_("Answers can reach you until"))
    offer_mentee_subject = forms.CharField(label=_("Subject"), max_length=200)
    offer_mentee_body = forms.CharField(label=_("Letter"), widget=forms.Textarea(attrs={"rows": 12}))
    offer_mentor_subject = forms.CharField(label=_("Subject"), max_length=200)
    offer_mentor_body = forms.CharField(label=_("Letter"), widget=forms.Textarea(attrs={"rows": 12}))
    proposals = forms.ModelMultipleChoiceField(
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
        self.fields["deadline"].help_text = hint % {"zone": cohort.time_zone}

    def clean_deadline(self) -> datetime:
        """A time that the clocks skip is refused here, so that the preview never meets it."""
        wall: datetime = self.cleaned_data["deadline"]
        try:
            instant_of(wall, self.zone)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        return wall

    def letters(self) -> dict[str, Letter]:
        data = self.cleaned_data
        return {kind: Letter(data[f"{kind}_subject"], data[f"{kind}_body"]) for kind in KINDS.values()}


def first_wording(wordings: OfferWordings) -> dict[str, str]:
    """Initial values of the four fields of the letters."""
    values: dict[str, str] = {}
    for kind in KINDS.values():
        wording = wordings.unedited(kind)
        values |= {f"{kind}_subject": wording.subject, f"{kind}_body": wording.body}
    return values


def written_letters(form: PublishForm) -> dict[str, str]:
    """What she changed in the letters, by label: it would be gone with the page."""
    words = {KINDS["mentee"]: _("Letter to the mentee"), KINDS["mentor"]: _("Letter to the mentor")}
    changed = [kind for kind in KINDS.values() if {f"{kind}_subject", f"{kind}_body"} & set(form.changed_data)]
    letters = form.letters()
    return {str(words[kind]): f"{letters[kind].subject}\n\n{letters[kind].body}" for kind in changed}


class DeadlineForm(PlainForm):
    deadline = WallTimeField(label=_("New deadline"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"].help_text = _("In %(zone)s.") % {"zone": zone}


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
