from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from matching.runs import domain, finding_pages, pages, proof_pages, queries
from matching.runs.models import MatchingRun, Proposal
from programmes.access.permissions import Permission
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from programmes.jobs.domain import retry_job
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


@in_cohort(Permission.MATCHING_VIEW)
def list_runs(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    runs = list(queries.runs_of(cohort)[:50])
    context = cohort_page(
        cohort,
        "matching",
        runs=runs,
        active=next((run for run in runs if run.job.is_active), None),
        counts=queries.side_counts(cohort),
    )
    return render(request, "matching/runs/list.html", context)


@in_cohort(Permission.MATCHING_RUN, methods=("POST",))
def launch(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    try:
        run = domain.launch_run(cohort=cohort, by=Actor.of(request.user))
    except Conflict:
        # Clicked twice, or a colleague was quicker: both see the same run.
        known = queries.active_run(cohort) or queries.latest_result(cohort)
        if known is None:
            raise
        run = known
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect(cohort_url("matching-runs", cohort))
    return redirect(cohort_url("matching-run", cohort, pk=run.pk))


@in_cohort(Permission.MATCHING_VIEW)
def show_run(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    run = get_object_or_404(queries.runs_with_result(cohort), pk=pk)
    if not run.is_finished:
        return render(request, "matching/runs/progress.html", _progress_page(cohort, run))
    proposals = list(queries.proposals_of(run))
    context = cohort_page(
        cohort,
        "matching",
        run=run,
        **finding_pages.findings_of(run),
        rows=pages.pair_rows(proposals),
        unmatched=pages.unmatched_rows(run),
        spare=pages.spare_mentors(run),
        proof=proof_pages.proof_panel(run),
    )
    return render(request, "matching/runs/result.html", context)


@in_cohort(Permission.MATCHING_VIEW)
def show_progress(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    """The part that htmx renews; when the work is over it sends the browser to the result."""
    run = get_object_or_404(queries.runs_of(cohort), pk=pk)
    response = render(request, "matching/runs/_progress.html", _progress_page(cohort, run))
    if run.is_finished:
        response["HX-Redirect"] = cohort_url("matching-run", cohort, pk=run.pk)
    return response


@in_cohort(Permission.MATCHING_VIEW)
def show_pair(request: HttpRequest, cohort: Cohort, pk: int, proposal: int) -> HttpResponse:
    found = get_object_or_404(
        Proposal.objects.select_related("mentee", "mentor", "run"), run__cohort=cohort, run_id=pk, pk=proposal
    )
    # each of the rows has what the bar draws of it
    parts = pages.part_rows(found.parts, [found.mentee, found.mentor])
    context = cohort_page(cohort, "matching", proposal=found, parts=parts, drawn=parts)
    return render(request, "matching/runs/pair.html", context)


@in_cohort(Permission.MATCHING_VIEW)
def show_proof(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    run = get_object_or_404(queries.runs_with_result(cohort), pk=pk, finished_at__isnull=False)
    context = cohort_page(
        cohort,
        "matching",
        run=run,
        proof=proof_pages.proof_panel(run),
        figures=proof_pages.count_figures(run),
        stages=proof_pages.stage_figures(run),
    )
    return render(request, "matching/runs/proof.html", context)


@in_cohort(Permission.MATCHING_RUN, methods=("POST",))
def retry(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    run = get_object_or_404(queries.runs_of(cohort), pk=pk)
    retry_job(job=run.job, by=Actor.of(request.user))
    messages.info(request, _("Trying again."))
    return redirect(cohort_url("matching-run", cohort, pk=run.pk))


def _progress_page(cohort: Cohort, run: MatchingRun) -> dict[str, object]:
    return cohort_page(cohort, "matching", run=run, job=run.job, sentence=pages.progress_sentence(run))
