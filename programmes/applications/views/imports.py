from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.applications.domain.imports import apply_import, discard_import, prepare_import
from programmes.applications.forms.imports import ImportForm
from programmes.applications.importing import FIELDS
from programmes.applications.models import Application, ImportBatch
from programmes.applications.views.review import cohort_address, show
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.codes.places import country_name, language_name

PEOPLE_SHOWN = 200


def _in_words(person: dict[str, Any]) -> dict[str, Any]:
    names = dict(Application.Role.choices)
    return {
        **person,
        "roles": [names[role] for role in person["roles"]],
        "country": country_name(person["country"] or ""),
        "languages": [language_name(code) for code in person["languages"]],
    }


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def import_new(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = prepare_import(
            cohort=cohort,
            table=form.table,
            file_name=form.cleaned_data["file"].name,
            role=form.cleaned_data["role"],
            accept=form.cleaned_data["accept"],
            consent_attested=form.cleaned_data["consent_attested"],
            by=Actor.of(request.user),
        )
        return redirect(cohort_address("import-preview", cohort, pk=batch.pk))
    return show(request, "imports/new", cohort, form=form, fields=FIELDS)


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def import_preview(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch.objects.filter(cohort=cohort), pk=pk)
    batch.cohort = cohort
    if request.method == "POST" and request.POST.get("step") == "discard":
        discard_import(batch=batch, by=Actor.of(request.user))
        messages.success(request, _("The rows are gone. Nothing was brought in."))
        return redirect(cohort_address("import-new", cohort))
    if request.method == "POST":
        apply_import(batch=batch, by=Actor.of(request.user))
        return redirect(cohort_address("import-preview", cohort, pk=batch.pk))
    report = batch.report
    return show(
        request,
        "imports/preview",
        cohort,
        batch=batch,
        report=report,
        good=report["created"] + report["updated"],
        people=[_in_words(person) for person in report["people"][:PEOPLE_SHOWN]],
        more=max(0, len(report["people"]) - PEOPLE_SHOWN),
    )
