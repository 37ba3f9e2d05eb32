from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts import domain, letter_pages
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.forms import LetterForm
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.letters import Letter, find_wording, preview_letter
from programmes.cohorts.models import Cohort
from programmes.cohorts.views.cohorts import cohort_url, context_of
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import try_with


@in_cohort(Permission.COHORT_EDIT)
def letters_list(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    languages = letter_pages.languages_of(cohort)
    language = letter_pages.choose_language(request, languages)
    own = letter_pages.own_letters(cohort)
    context = context_of(
        cohort,
        "settings",
        rows=letter_pages.letter_rows(cohort, language, languages, own),
        language=language,
        tabs=letter_pages.language_tabs(languages, own),
    )
    return render(request, "programmes/cohorts/letters_list.html", context)


@in_cohort(Permission.COHORT_EDIT, methods=GET_POST)
def letter_edit(request: HttpRequest, cohort: Cohort, kind: str) -> HttpResponse:
    """The letter in the language that the address names, else in the one that most of her people read."""
    if kind not in LETTERS:
        raise Http404
    languages = letter_pages.languages_of(cohort)
    language = letter_pages.choose_language(request, languages)
    row = cohort.letters.filter(kind=kind, language=language).first()
    wording = find_wording(cohort, kind, language)
    initial = {"subject": wording.subject, "body": wording.body, "version": row.version if row else 1}
    own = letter_pages.own_letters(cohort)
    form = LetterForm(request.POST or None, initial=initial)
    if form.is_valid():
        wording = Letter(form.cleaned_data["subject"], form.cleaned_data["body"])
        if "preview" not in request.POST and _save(request, cohort, kind, language, form):
            messages.success(request, _("The letter is saved."))
            return redirect(f"{cohort_url(cohort, 'letters-list')}?language={language}")
    context = context_of(
        cohort,
        "settings",
        form=form,
        kind=LETTERS[kind],
        preview=preview_letter(cohort, wording, language),
        language=language,
        tabs=letter_pages.language_tabs(languages, own),
        is_own=row is not None,
    )
    return render(request, "programmes/cohorts/letter_edit.html", context)


@in_cohort(Permission.COHORT_EDIT, methods=("POST",))
def letter_reset(request: HttpRequest, cohort: Cohort, kind: str) -> HttpResponse:
    if kind not in LETTERS:
        raise Http404
    languages = letter_pages.languages_of(cohort)
    language = letter_pages.choose_language(request, languages)
    domain.reset_letter(cohort=cohort, kind=kind, language=language, by=Actor.of(request.user))
    messages.success(request, _("The letter has the standard wording again."))
    return redirect(f"{cohort_url(cohort, 'letters-list')}?language={language}")


def _save(request: HttpRequest, cohort: Cohort, kind: str, language: str, form: LetterForm) -> bool:
    values = form.cleaned_data
    saved = try_with(
        form,
        lambda: domain.edit_letter(
            cohort=cohort,
            kind=kind,
            language=language,
            subject=values["subject"],
            body=values["body"],
            seen=values["version"],
            by=Actor.of(request.user),
        ),
    )
    return saved is not None
