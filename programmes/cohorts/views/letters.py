from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts import domain
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.forms import LetterForm
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.letters import FALLBACK_LANGUAGE, Letter, find_wording, preview_letter
from programmes.cohorts.models import Cohort
from programmes.cohorts.views.cohorts import cohort_url, context_of
from programmes.cohorts.views.refusals import try_with
from wimmentor.base.actors import Actor


@in_cohort(Permission.COHORT_EDIT)
def letters_list(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    subjects = dict(cohort.letters.filter(language=FALLBACK_LANGUAGE).values_list("kind", "subject"))
    letters = [(kind, subjects.get(kind.code, kind.texts[FALLBACK_LANGUAGE][0])) for kind in LETTERS.values()]
    context = context_of(cohort, "settings", letters=letters)
    return render(request, "programmes/cohorts/letters_list.html", context)


@in_cohort(Permission.COHORT_EDIT, methods=GET_POST)
def letter_edit(request: HttpRequest, cohort: Cohort, kind: str) -> HttpResponse:
    if kind not in LETTERS:
        raise Http404
    row = cohort.letters.filter(kind=kind, language=FALLBACK_LANGUAGE).first()
    wording = find_wording(cohort, kind, FALLBACK_LANGUAGE)
    initial = {"subject": wording.subject, "body": wording.body, "version": row.version if row else 1}
    form = LetterForm(request.POST or None, initial=initial)
    if form.is_valid():
        wording = Letter(form.cleaned_data["subject"], form.cleaned_data["body"])
        if "preview" not in request.POST and _save(request, cohort, kind, form):
            messages.success(request, _("The letter is saved."))
            return redirect(cohort_url(cohort, "letters-list"))
    context = context_of(cohort, "settings", form=form, kind=LETTERS[kind], preview=preview_letter(cohort, wording))
    return render(request, "programmes/cohorts/letter_edit.html", context)


def _save(request: HttpRequest, cohort: Cohort, kind: str, form: LetterForm) -> bool:
    values = form.cleaned_data
    saved = try_with(
        form,
        lambda: domain.edit_letter(
            cohort=cohort,
            kind=kind,
            subject=values["subject"],
            body=values["body"],
            seen=values["version"],
            by=Actor.of(request.user),
        ),
    )
    return saved is not None
