"""What the coordinator's list is asked and told."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from programmes.applications.models import Application
from programmes.applications.queries import ApplicationFilters, ApplicationsSummary
from programmes.cohorts.letters import Letter
from wimmentor.base.codes.places import country_name, language_name
from wimmentor.base.forms import PlainForm
from wimmentor.base.text import fold

_MISSING = _("Write something here, or send no message now.")
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
    return sorted(((code, name_of(code)) for code in codes), key=lambda choice: fold(choice[1]))  # type: ignore[operator]


class DecisionForm(PlainForm):
    """The letter before it goes. `seen` carries each person with the status in which she was shown."""

    send = forms.ChoiceField(
        label=_("The message"),
        choices=[(LETTER, _("Send this message")), (NO_LETTER, _("Send no message now"))],
        initial=LETTER,
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(label=_("Subject"), max_length=200, error_messages={"required": _MISSING})
    body = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _MISSING},
        max_length=10_000,
        help_text=_(
            "{first_name} becomes the name of each person, and [[link:status]] becomes the link to her own page."
        ),
    )

    def full_clean(self) -> None:
        for name in ("subject", "body"):
            self.fields[name].required = self.data.get("send", LETTER) == LETTER
        super().full_clean()

    @property
    def letter(self) -> Letter | None:
        """As it stands in the form, whether it is complete or not; None if nobody is written to."""
        if self.data.get("send", LETTER) == NO_LETTER:
            return None
        if not self.is_bound:
            return Letter(self.initial["subject"], self.initial["body"])
        return Letter(self.data.get("subject", ""), self.data.get("body", "").replace("\r\n", "\n"))


def written_letter(form: DecisionForm) -> dict[str, str]:
    """What she changed in the letter, by label: it would be gone with the page."""
    letter = form.letter
    if letter is None or not {"subject", "body"} & set(form.changed_data):
        return {}
    return {str(form.fields["subject"].label): letter.subject, str(form.fields["body"].label): letter.body}
