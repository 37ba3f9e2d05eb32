import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain.review import Ask
from inventory.initiatives.forms.review import ask_field, note_field
from inventory.initiatives.models import Record
from inventory.initiatives.progress import level_of
from inventory.initiatives.questionnaire import questions_of
from inventory.waves.models import Wave
from programmes.cohorts.forms.cohorts import zones
from programmes.cohorts.forms.fields import WallTimeField
from programmes.organisations.models import Organisation
from wimmentor.base.forms import AddressField, PlainForm
from wimmentor.base.languages import site_languages


class WaveForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Such as “Survey 2027”."))
    code = forms.SlugField(
        label=_("Short name in addresses"), max_length=40, help_text=_("Such as 2027. It stays for good.")
    )
    introduction = forms.CharField(
        label=_("What organisations read first"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the letters"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=site_languages,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")
    opens = WallTimeField(label=_("Opens"))
    closes = WallTimeField(label=_("Closes"))
    most_letters = forms.IntegerField(
        label=_("Letters to one organisation, at most"), min_value=1, max_value=10, initial=3
    )
    letter_days = forms.IntegerField(label=_("Days between two letters"), min_value=1, max_value=90, initial=14)

    def __init__(self, *args: Any, wave: Wave | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wave is not None:
            self.fields["code"].disabled = True
            self.initial.update({name: getattr(wave, name, None) for name in self.fields})
            self.initial.update({"opens": wave.opens_wall, "closes": wave.closes_wall})

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SendForm(PlainForm):
    confirmed = forms.BooleanField(label=_("I confirm that I may answer for my organisation"), required=False)
    unchanged = forms.BooleanField(widget=forms.HiddenInput, required=False)


class ContactForm(PlainForm):
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    email = AddressField(label=_("E-mail"), required=False, help_text=_("A link that went to another address ends."))
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    note = forms.CharField(
        label=_("A note for your colleagues"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whom to call, and when. Read by IWiM only."),
    )


class LetterForm(PlainForm):
    text = forms.CharField(label=_("The letter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 12}))


class AskOrganisationForm(PlainForm):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class MergeForm(PlainForm):
    source = forms.ModelChoiceField(label=_("This organisation"), queryset=Organisation.objects.none())
    target = forms.ModelChoiceField(label=_("goes on as"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].queryset = organisations  # type: ignore[attr-defined]


class ResponseReviewForm(PlainForm):
    """Questions about single answers of all records of one response: `ask_RECORD_CODE`; `note`: about the whole."""

    versions = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5000)
    note = note_field()

    def __init__(self, *args: Any, records: list[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        self.fields["versions"].initial = json.dumps({record.pk: record.version for record in records})
        for record in records:
            for question in questions_of(level_of(record)):
                self.fields[f"ask_{record.pk}_{question.code}"] = ask_field()

    def asks(self) -> dict[int, list[Ask]]:
        found: dict[int, list[Ask]] = {}
        for name, text in self.cleaned_data.items():
            if name.startswith("ask_") and text:
                _ask, record, code = name.split("_")
                found.setdefault(int(record), []).append(Ask(text, question=code))
        note = self.cleaned_data.get("note")
        if note and self.records:
            found.setdefault(self.records[0].pk, []).append(Ask(note))
        return found

    def seen(self) -> dict[int, int]:
        try:
            return {
                int(key): int(value) for key, value in json.loads(self.cleaned_data.get("versions") or "{}").items()
            }
        except (ValueError, AttributeError, TypeError, OverflowError, RecursionError):
            return {}
