"""Pairs of earlier years, from a spreadsheet: upload, look, bring in, take out again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.applications.importing import merge_refusals, name_columns, read_pairs
from programmes.applications.views.import_results import answer_refused
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from programmes.mentorships.domain import past_pairs as domain
from programmes.mentorships.forms import PairColumnsForm, PastPairsForm
from programmes.mentorships.models import PastPairImport
from programmes.mentorships.queries import past_pair_imports
from wimmentor.base.actors import Actor
from wimmentor.base.spreadsheets import Table

PAIRS_SHOWN = 200


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def list_past_pairs(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = PastPairsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        past = domain.prepare_past_pairs(
            cohort=cohort,
            table=form.table,
            data=form.data_of_file,
            file_name=form.cleaned_data["file"].name,
            by=Actor.of(request.user),
        )
        return redirect(cohort_url("past-pairs-preview", cohort, pk=past.pk))
    imports = list(past_pair_imports(cohort.organisation_id))
    context = cohort_page(cohort, "pairs", form=form, imports=imports)
    return render(request, "programmes/mentorships/past_pairs/list.html", context)


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def preview_past_pairs(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    past = _load(cohort, pk)
    if past.applied_at:
        return redirect(cohort_url("past-pairs", cohort))
    table = domain.reopen_pairs(past)
    if request.method == "POST" and request.POST.get("step") != "columns":
        return _press(request, cohort, past)
    form = _columns_form(request, past, table)
    if request.method == "POST" and form.is_valid():
        domain.choose_pair_columns(
            past=past,
            mapping=form.mapping(),
            version=form.cleaned_data["version"],
            by=Actor.of(request.user),
        )
        return redirect(cohort_url("past-pairs-preview", cohort, pk=pk))
    plan = domain.plan_past_pairs(past, table)
    shown = {"refused": merge_refusals(plan.refused), "pairs": plan.new[:PAIRS_SHOWN]}
    context = cohort_page(cohort, "pairs", past=past, form=form, plan=plan, **shown)
    return render(request, "programmes/mentorships/past_pairs/preview.html", context)


def _columns_form(request: HttpRequest, past: PastPairImport, table: Table) -> PairColumnsForm:
    headings = name_columns(table)
    read = read_pairs(table, mapping=past.mapping or None).headings
    numbered = [heading for heading in headings if heading]
    initial: dict[str, object] = {name: numbered.index(heading) for name, heading in read.items()}
    return PairColumnsForm(headings, request.POST or None, initial={**initial, "version": past.version})


def _press(request: HttpRequest, cohort: Cohort, past: PastPairImport) -> HttpResponse:
    version, step = request.POST.get("version", ""), request.POST.get("step")
    if step != "apply" or not (version.isascii() and version.isdigit() and len(version) < 10):
        messages.warning(request, _("This page was not complete. Nothing was changed: look at it again."))
        return redirect(cohort_url("past-pairs-preview", cohort, pk=past.pk))
    done = domain.apply_past_pairs(past=past, version=int(version), by=Actor.of(request.user))
    sentence = ngettext(
        "%(number)s pair is in. It is not matched again.",
        "%(number)s pairs are in. They are not matched again.",
        done.rows_created,
    )
    messages.success(request, sentence % {"number": done.rows_created})
    return redirect(cohort_url("past-pairs", cohort))


@in_cohort(Permission.APPLICATION_IMPORT)
def refused_past_pairs(request: HttpRequest, cohort: Cohort, pk: int) -> StreamingHttpResponse:
    past = _load(cohort, pk)
    headings, rows = domain.record_refused_download(past=past, by=Actor.of(request.user))
    return answer_refused(headings, rows, f"{cohort.slug}-pairs-refused-{past.pk}.csv")


@in_cohort(Permission.APPLICATION_IMPORT, methods=GET_POST)
def remove_past_pairs(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    past = _load(cohort, pk)
    if request.method == "POST":
        domain.remove_past_pairs(past=past, by=Actor.of(request.user))
        messages.success(request, _("These pairs are gone. They may be matched again."))
        return redirect(cohort_url("past-pairs", cohort))
    context = cohort_page(cohort, "pairs", past=past)
    return render(request, "programmes/mentorships/past_pairs/remove.html", context)


def _load(cohort: Cohort, pk: int) -> PastPairImport:
    past: PastPairImport = get_object_or_404(past_pair_imports(cohort.organisation_id), pk=pk)
    return past
