"""After an import: what came in, its file, its refused rows, its undo."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.applications.domain.import_files import record_download
from programmes.applications.domain.import_sheets import record_refused_download
from programmes.applications.domain.import_undo import can_undo, plan_undo, undo_import
from programmes.applications.forms.imports import UndoForm
from programmes.applications.import_wording import about_file, count_changed, doubts_apart, word_report
from programmes.applications.models import ImportBatch
from programmes.applications.views.review import cohort_address, show
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from programmes.people.retention import term_of
from wimmentor.base.actors import Actor
from wimmentor.base.spreadsheets import CSV_TYPE, write_csv

NAMES_SHOWN = 200


def load_import(cohort: Cohort, pk: int) -> ImportBatch:
    batch: ImportBatch = get_object_or_404(ImportBatch.objects.filter(cohort=cohort), pk=pk)
    batch.cohort = cohort
    return batch


def show_result(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    report = word_report(batch.report)
    context: dict[str, Any] = {"batch": batch, "report": report, **about_file(batch)}
    context |= {"doubts": doubts_apart(report), "may_undo": can_undo(batch), "file_kept": term_of("import_files")}
    context["changed"] = count_changed(report, batch.rows_updated)
    if batch.undone_at:
        context["kept"] = plan_undo(batch).kept[:NAMES_SHOWN]
    return show(request, "imports/result", batch.cohort, **context)


@in_cohort(Permission.APPLICATION_IMPORT)
def import_file(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    """As it was sent, for whoever may import: never shown, only saved."""
    batch = load_import(cohort, pk)
    response = HttpResponse(
        record_download(batch=batch, by=Actor.of(request.user)), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(True, batch.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


@in_cohort(Permission.APPLICATION_IMPORT)
def import_refused(request: HttpRequest, cohort: Cohort, pk: int) -> StreamingHttpResponse:
    batch = load_import(cohort, pk)
    headings, rows = record_refused_download(batch=batch, by=Actor.of(request.user))
    return answer_refused(headings, rows, f"{cohort.slug}-refused-{batch.pk}.csv")


def answer_refused(headings: list[str], rows: Iterable[list[str]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(write_csv(headings, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store, private"
    return response


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def import_undo(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    batch = load_import(cohort, pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        undo_import(batch=batch, seal=form.cleaned_data["seal"], by=Actor.of(request.user))
        messages.success(request, _("The import is undone."))
        return redirect(cohort_address("import-preview", cohort, pk=pk))
    if not can_undo(batch):
        messages.warning(
            request, _("This import cannot be undone: it is not in, was undone before, or its day is over.")
        )
        return redirect(cohort_address("import-preview", cohort, pk=pk))
    plan = plan_undo(batch)
    context = {"batch": batch, "plan": plan, "kept": plan.kept[:NAMES_SHOWN]}
    context |= {"removed": plan.removed[:NAMES_SHOWN], "restored": [each for each, _l in plan.restored[:NAMES_SHOWN]]}
    return show(request, "imports/undo", cohort, **context)
