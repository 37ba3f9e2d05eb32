"""The page on which an organisation gives its own words for mentee, mentor, ..."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.organisations import domain
from programmes.organisations.domain.terms import LONGEST_TERM
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.codes.places import language_name
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.forms import PlainForm
from wimmentor.base.languages import spoken_among
from wimmentor.base.terms import STANDARD, Terms

NUMBERS = ("one", "many")


class TermsForm(PlainForm):
    """Fields {language}_{term}_one and _many, empty where the site's own word stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Terms = organisation.terms
        self.languages = list(dict.fromkeys([*spoken_among(organisation.languages), *(own if own else ())]))
        for language, term, number, name in self._names():
            label = gettext_lazy("Several") if number == "many" else gettext_lazy("One")
            position = NUMBERS.index(number)
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_TERM,
                initial=own.get(language, {}).get(term, ["", ""])[position],
                widget=forms.TextInput(
                    attrs={"placeholder": STANDARD[language][term][0][position], "lang": language, "size": 20}
                ),
            )

    def _names(self) -> Iterator[tuple[str, str, str, str]]:
        for language in self.languages:
            for term in STANDARD[language]:
                for number in NUMBERS:
                    yield language, term, number, f"{language}_{term}_{number}"

    def sections(self) -> list[dict[str, Any]]:
        return [
            {"language": language, "name": language_name(language), "rows": list(self._rows(language))}
            for language in self.languages
        ]

    def _rows(self, language: str) -> Iterator[dict[str, Any]]:
        for term, standard in STANDARD[language].items():
            one, many = (self[f"{language}_{term}_{number}"] for number in NUMBERS)
            yield {"word": standard[0][0], "one": one, "many": many}

    def terms(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for language, term, _number, name in self._names():
            found.setdefault(language, {}).setdefault(term, []).append(self.cleaned_data[name])
        return {
            language: {term: forms for term, forms in words.items() if any(forms)} for language, words in found.items()
        }


@in_organisation(Permission.ORGANISATION_EDIT, methods=GET_POST)
def edit_terms(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    initial = {"version": organisation.version}
    form = TermsForm(request.POST or None, organisation=organisation, initial=initial)
    if form.is_valid() and _save(request, organisation, form):
        messages.success(request, _("Saved."))
        return redirect("organisation-terms", organisation=organisation.slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "programmes/organisations/organisation_terms.html", context)


def _save(request: HttpRequest, organisation: Organisation, form: TermsForm) -> bool:
    try:
        domain.edit_terms(
            organisation=organisation,
            terms=form.terms(),
            seen=form.cleaned_data["version"],
            by=Actor.of(request.user),
        )
    except Conflict:
        raise
    except DomainError as refusal:
        form.add_refusal(refusal)
        return False
    return True
