from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts import domain
from programmes.cohorts.domain.programmes import FIELDS
from programmes.cohorts.forms import ProgrammeForm
from programmes.cohorts.guards import in_programme
from programmes.cohorts.models import Cohort, Programme
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import try_with


def _values(form: ProgrammeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


@in_organisation(Permission.PROGRAMME_EDIT, methods=GET_POST)
def programme_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    initial = {"languages": organisation.languages, "countries": organisation.countries}
    form = ProgrammeForm(request.POST or None, initial=initial)
    if form.is_valid():
        made = try_with(
            form,
            lambda: domain.register_programme(organisation=organisation, by=Actor.of(request.user), **_values(form)),
        )
        if made:
            return redirect("programme-overview", organisation=organisation.slug, programme=made.slug)
    return render(request, "programmes/cohorts/programme_form.html", {"organisation": organisation, "form": form})


@in_programme(Permission.PROGRAMME_EDIT, methods=GET_POST)
def programme_edit(request: HttpRequest, programme: Programme) -> HttpResponse:
    initial = {name: getattr(programme, name) for name in [*FIELDS, "version"]}
    form = ProgrammeForm(request.POST or None, initial=initial)
    if form.is_valid():
        seen = form.cleaned_data["version"]
        values = _values(form)
        if try_with(
            form, lambda: domain.edit_programme(programme=programme, seen=seen, by=Actor.of(request.user), **values)
        ):
            return redirect("programme-overview", organisation=programme.organisation.slug, programme=programme.slug)
    context = {"organisation": programme.organisation, "programme": programme, "form": form}
    return render(request, "programmes/cohorts/programme_form.html", context)


@in_programme(Permission.COHORT_VIEW)
def programme_overview(request: HttpRequest, programme: Programme) -> HttpResponse:
    instant = clock.now()
    rows = programme.cohorts.order_by("-opens_at", "-pk")
    cohorts = [(cohort, Cohort.Phase(cohort.phase_at(instant))) for cohort in rows]
    context = {
        "organisation": programme.organisation,
        "programme": programme,
        "cohorts": cohorts,
        "may_edit": Permission.PROGRAMME_EDIT in request.permissions,  # type: ignore[attr-defined]
    }
    return render(request, "programmes/cohorts/programme_overview.html", context)
