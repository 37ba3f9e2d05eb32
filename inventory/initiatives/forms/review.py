from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain.review import Ask
from inventory.initiatives.questionnaire import Question
from programmes.organisations.models import Organisation
from wimmentor.base.codes import ORGANISATION_TYPE
from wimmentor.base.forms import AddressField, GuardedForm, PlainForm
from wimmentor.base.name_fields import countries_field


def note_field() -> forms.CharField:
    return forms.CharField(
        label=_("What you ask the organisation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They see it beside their answers. Nothing is blocked; they may leave it as it is."),
    )


def ask_field() -> forms.CharField:
    """About one question."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=_("Your question about it"), required=False, max_length=1000, widget=area)


class ReviewForm(PlainForm):
    """`ask_CODE`: what IWiM asks about one question; `note`: about the whole."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    note = note_field()

    def __init__(self, *args: Any, questions: Iterable[Question] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"ask_{question.code}"] = ask_field()

    def asks(self) -> list[Ask]:
        given = self.cleaned_data
        found = [
            Ask(text, question=name.removeprefix("ask_"))
            for name, text in given.items()
            if name.startswith("ask_") and text
        ]
        return [*found, *([Ask(given["note"])] if given.get("note") else [])]


class ReplyForm(PlainForm):
    """`shown`: the reply that stood there, so that nobody's is replaced unread."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    reply = forms.CharField(label=_("Your reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SectorForm(PlainForm):
    """An initiative of a company, an industry body, an NGO or a government: its organisation is chosen or new."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Another one, named below"),
    )
    name = forms.CharField(label=_("Name of the organisation"), required=False, max_length=150)
    type = forms.ChoiceField(
        label=_("Type"),
        choices=[c for c in ORGANISATION_TYPE.choices if not c[0].startswith(("wim_", "iwim"))],
    )
    countries = countries_field(label=_("Countries"), required=False, help_text=_("Parted by commas."))
    website = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")
    initiative = forms.CharField(label=_("Name of the initiative"), max_length=200)
    source = forms.CharField(label=_("Where this is known from"), max_length=200)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("organisation") and not cleaned.get("name"):
            self.add_error("name", _("Choose an organisation, or name a new one."))
        return cleaned


class EnquiryForm(GuardedForm):
    """To an organisation whose address stays hidden."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    email = AddressField(label=_("Your e-mail"), help_text=_("The organisation answers there."))
    message = forms.CharField(
        label=_("What you want to ask"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


def initial_of_proposal(values: Mapping[str, str]) -> dict[str, Any]:
    """A row of K3, as the form has it. Who told IWiM is not published; the source is what can be read."""
    return {
        "name": values.get("organisation", ""),
        "type": values.get("type", ""),
        "website": values.get("link", ""),
        "initiative": values.get("name", ""),
        "source": values.get("link", ""),
    }
