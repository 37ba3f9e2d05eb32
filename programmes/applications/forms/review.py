"""What the coordinator's list is asked and told."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from programmes.applications.letters import DECISION_LETTERS, compose_decision
from programmes.applications.models import Application
from programmes.applications.queries import ApplicationFilters, ApplicationsSummary
from programmes.cohorts.forms import LettersForm, LetterSlot
from programmes.cohorts.models import Cohort
from wimmentor.base.codes.places import country_name, language_name
from wimmentor.base.forms import PlainForm
from wimmentor.base.languages import spoken
from wimmentor.base.ordering import sort_key

LETTER, NO_LETTER = "letter", "none"
_STATUSES = ("submitted", "shortlisted", "accepted", "waitlisted", "declined")


class ApplicationFilterForm(PlainForm):
    """Read from the address; what it does not know counts as not asked."""

    q = forms.CharField(label=_("Name, e-mail or employer"), required=False, max_length=150)
    role = forms.ChoiceField(label=_("Role"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    country = forms.ChoiceField(label=_("Lives in"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, summary: ApplicationsSummary | None = None) -> None:
        super().__init__(query)
        labels = dict(Application.Status.choices)
        summary = summary or ApplicationsSummary()
        self._choose("role", _("Both"), [("mentee", _("Mentees")), ("mentor", _("Mentors"))])
        statuses = [(status, str(labels[status]).capitalize()) for status in _STATUSES]
        self._choose("status", _("Any"), [*statuses, ("unconfirmed", _("Unconfirmed"))])
        self._choose("country", _("Any"), _named(summary.countries, country_name))
        self._choose("language", _("Any"), _named(summary.languages, language_name))
        self.fields["q"].widget.input_type = "search"

    def _choose(self, name: str, anything: object, choices: Iterable[tuple[str, object]]) -> None:
        self.fields[name].choices = [("", anything), *choices]  # type: ignore[attr-defined]

    @property
    def filters(self) -> ApplicationFilters:
        self.full_clean()
        known = {name: self.cleaned_data.get(name, "") for name in ("role", "status", "country", "language", "sort")}
        return ApplicationFilters(text=self.cleaned_data.get("q", ""), **known)


def read_filters(query: QueryDict, summary: ApplicationsSummary) -> ApplicationFilters:
    return ApplicationFilterForm(query, summary).filters


def _named(codes: Iterable[str], name_of: object) -> list[tuple[str, str]]:
    return sorted(((code, name_of(code)) for code in codes), key=lambda choice: sort_key(choice[1]))  # type: ignore[operator]


class DecisionForm(LettersForm):
    """The letters before they go; without any it only asks. `seen` carries each person with the status in which she
    was shown."""

    send = forms.ChoiceField(
        label=_("The message"),
        choices=[(LETTER, _("Send this message")), (NO_LETTER, _("Send no message now"))],
        initial=LETTER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.slots:
            del self.fields["send"]

    def full_clean(self) -> None:
        for name in (slot.field(part) for slot in self.slots for part in ("subject", "body")):
            self.fields[name].required = self.writes
        super().full_clean()

    @property
    def writes(self) -> bool:
        return bool(self.slots) and self.data.get("send", LETTER) != NO_LETTER

    def left_as_they_were(self) -> list[LetterSlot]:
        return super().left_as_they_were() if self.writes else []


def decision_slots(cohort: Cohort, to: str, people: Iterable[Application]) -> list[LetterSlot]:
    """A letter for each language of these people, the one that most of them read first; none goes from an
    organisation that nobody has verified."""
    if not cohort.programme.organisation.is_verified:
        return []
    readers = Counter(spoken(person.language) for person in people)
    return [
        LetterSlot(DECISION_LETTERS[to], language, number, compose_decision(cohort, to, language))
        for language, number in readers.most_common()
    ]
