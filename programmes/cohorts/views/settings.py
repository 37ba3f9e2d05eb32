from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts import domain
from programmes.cohorts.domain.calendars import calendar_of
from programmes.cohorts.forms import CohortForm, MatchingForm
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from programmes.cohorts.views.cohorts import cohort_url, context_of
from programmes.questionnaires.queries import list_shared_choices
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import try_with

PLAIN = ("name", "mentee_places", "default_capacity", "both_roles_allowed", "offer_days", "version")


@in_cohort(Permission.COHORT_EDIT, methods=GET_POST)
def cohort_settings(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Two forms on a page; `part` says which one was sent."""
    part = request.POST.get("part", "")
    dates = _dates_form(request, cohort, sent=part == "dates")
    matching = _matching_form(request, cohort, sent=part == "matching")
    saved = _save_dates(request, cohort, dates) if part == "dates" else None
    saved = _save_matching(request, cohort, matching) if part == "matching" else saved
    if saved:
        messages.success(request, _("Saved."))
        return redirect(cohort_url(cohort, "cohort-settings"))
    context = context_of(cohort, "settings", dates=dates, matching=matching)
    return render(request, "programmes/cohorts/cohort_settings.html", context)


def _dates_form(request: HttpRequest, cohort: Cohort, *, sent: bool) -> CohortForm:
    initial = {**vars(calendar_of(cohort)), **{name: getattr(cohort, name) for name in PLAIN}}
    return CohortForm(request.POST if sent else None, initial=initial, fixed=cohort.opened_at is not None)


def _matching_form(request: HttpRequest, cohort: Cohort, *, sent: bool) -> MatchingForm:
    questions = list_shared_choices(cohort.mentee_questions, cohort.mentor_questions)
    initial = {**MatchingForm.initial_of(cohort.matching_settings, questions), "version": cohort.version}
    return MatchingForm(request.POST if sent else None, initial=initial, prefix="matching", questions=questions)


def _save_dates(request: HttpRequest, cohort: Cohort, form: CohortForm) -> Cohort | None:
    if not form.is_valid():
        return None
    return try_with(
        form,
        lambda: domain.edit_cohort(
            cohort=cohort,
            seen=form.cleaned_data["version"],
            calendar=form.calendar(),
            by=Actor.of(request.user),
            **form.settings(),
        ),
    )


def _save_matching(request: HttpRequest, cohort: Cohort, form: MatchingForm) -> Cohort | None:
    if not form.is_valid():
        return None
    return try_with(
        form,
        lambda: domain.edit_cohort(
            cohort=cohort,
            seen=form.cleaned_data["version"],
            matching_settings={**cohort.matching_settings, **form.settings()},
            by=Actor.of(request.user),
        ),
    )
