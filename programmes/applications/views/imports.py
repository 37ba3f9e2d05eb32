"""Before anything is in: the file, its columns, the dry run."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.applications.domain.import_columns import (
    choose_columns,
    forget_columns,
    guess_again,
    is_remembered,
    waits_for_columns,
)
from programmes.applications.domain.import_files import reopen_table
from programmes.applications.domain.imports import apply_import, discard_import, look_again, prepare_import
from programmes.applications.forms.columns import ColumnsForm
from programmes.applications.forms.imports import ApplyForm, ForgetForm, ImportForm
from programmes.applications.import_wording import (
    about_file,
    count_changed,
    doubts_apart,
    import_rows,
    people_rows,
    word_report,
)
from programmes.applications.models import ImportBatch
from programmes.applications.queries import imports_of
from programmes.applications.views.import_results import load_import, show_result
from programmes.applications.views.review import cohort_address, show
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from programmes.people.retention import term_of
from wimmentor.base.actors import Actor
from wimmentor.base.weekhours import word_week

PAGE_SIZE = 20
# An example, said with the reader's names of days.
HOURS = "mon 18-20;sat 9-12"


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def import_new(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = prepare_import(
            cohort=cohort,
            table=form.table,
            data=form.data_of_file,
            file_name=form.cleaned_data["file"].name,
            role=form.chosen_role(),
            accept=form.cleaned_data["accept"],
            consent_attested=form.cleaned_data["consent_attested"],
            by=Actor.of(request.user),
        )
        return redirect(cohort_address("import-columns", cohort, pk=batch.pk))
    page = Paginator(imports_of(cohort), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"file_kept": term_of("import_files"), "hours": word_week(HOURS)}
    return show(request, "imports/new", cohort, form=form, page=page, rows=import_rows(page.object_list), **context)


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def import_columns(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    batch = load_import(cohort, pk)
    if batch.applied_at:
        return redirect(cohort_address("import-preview", cohort, pk=pk))
    table = reopen_table(batch)
    guesses = guess_again(batch, table)
    form = ColumnsForm(guesses, request.POST or None, initial={"role": batch.role or None, "version": batch.version})
    if request.method == "POST" and form.is_valid():
        choose_columns(
            batch=batch,
            table=table,
            role=form.cleaned_data["role"],
            mapping=form.mapping(),
            version=form.cleaned_data["version"],
            by=Actor.of(request.user),
        )
        return redirect(cohort_address("import-preview", cohort, pk=pk))
    remembered = is_remembered(cohort, guesses)
    context = {"batch": batch, "remembered": remembered, **about_file(batch)}
    return show(request, "imports/columns", cohort, form=form, **context)


@in_cohort(Permission.APPLICATION_IMPORT, methods=("POST",))
def import_forget(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    batch = load_import(cohort, pk)
    form = ForgetForm(request.POST)
    if form.is_valid():
        headings = [guess.heading for guess in guess_again(batch, reopen_table(batch))]
        forget_columns(batch=batch, headings=headings, version=form.cleaned_data["version"], by=Actor.of(request.user))
        messages.success(request, _("Forgotten. The columns of this file are guessed afresh."))
    return redirect(cohort_address("import-columns", cohort, pk=pk))


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def import_preview(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    batch = load_import(cohort, pk)
    if request.method == "POST":
        return _press(request, batch)
    if batch.applied_at:
        return show_result(request, batch)
    if waits_for_columns(batch):
        return redirect(cohort_address("import-columns", cohort, pk=pk))
    plan = look_again(batch)
    report, people = word_report(plan.report()), people_rows(plan)
    return show(
        request,
        "imports/preview",
        cohort,
        batch=batch,
        report=report,
        good=report["created"] + report["updated"],
        changed=count_changed(report, report["updated"]),
        doubts=doubts_apart(report),
        people=people,
        more=len(plan.people) - len(people),
        **about_file(batch),
    )


def _press(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """One of the buttons below the dry run."""
    by, form = Actor.of(request.user), ApplyForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("This page was not complete. Nothing was changed: look at it again."))
    elif form.cleaned_data["step"] == "discard":
        discard_import(batch=batch, by=by)
        messages.success(request, _("The rows and the file are gone. Nothing was brought in."))
        return redirect(cohort_address("import-new", batch.cohort))
    else:
        whole = form.cleaned_data["step"] == "all"
        apply_import(batch=batch, by=by, version=form.cleaned_data["version"], whole=whole)
    return redirect(cohort_address("import-preview", batch.cohort, pk=batch.pk))
