from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from matching.board import domain, offer_pages, offer_queries
from matching.board.emails import OfferWordings
from matching.board.forms.offers import PublishForm, offer_slots
from matching.runs.domain import is_stale
from matching.runs.models import MatchingRun, Proposal
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.text import read_id


@in_cohort(Permission.OFFER_EDIT, methods=GET_POST)
def publish_offers(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """GET: who would get what. POST: sends it, or with `show` only shows the letters as they are now."""
    run = _chosen_run(request, cohort)
    if run is None:
        return render(request, "matching/offers/publish_none.html", cohort_page(cohort, "board"))
    run.cohort = cohort
    proposals = list(offer_queries.sendable_proposals(run))
    initial = {"run": run.pk, "deadline": offer_pages.usual_deadline(cohort)}
    slots = offer_slots(OfferWordings(cohort), proposals)
    form = PublishForm(request.POST or None, cohort=cohort, chosen_run=run, slots=slots, initial=initial)
    if request.method == "POST" and form.is_valid() and "show" not in request.POST:
        try:
            offers = _publish(request, cohort, run, form)
        except Conflict as conflict:
            conflict.kept = form.changed_letters()
            conflict.url = cohort_url("offers-list", cohort)
            raise
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            said = ngettext("%(count)s pair has been asked.", "%(count)s pairs have been asked.", len(offers))
            messages.success(request, said % {"count": len(offers)})
            return redirect(cohort_url("offers-list", cohort))
    return render(request, "matching/offers/publish.html", _page(cohort, run, form, proposals))


def _chosen_run(request: HttpRequest, cohort: Cohort) -> MatchingRun | None:
    """The run that she looked at, else the newest result."""
    if (number := read_id(request.POST.get("run", ""))) is not None:
        return get_object_or_404(MatchingRun.objects.defer("input", "solution"), cohort=cohort, pk=number)
    return offer_queries.newest_result(cohort)


def _publish(request: HttpRequest, cohort: Cohort, run: MatchingRun, form: PublishForm) -> list[Any]:
    return domain.publish_proposals(
        cohort=cohort,
        run=run,
        proposals=form.cleaned_data["proposals"],
        deadline_wall=form.cleaned_data["deadline"],
        letters=form.letters(),
        by=Actor.of(request.user),
    )


def _page(cohort: Cohort, run: MatchingRun, form: PublishForm, proposals: list[Proposal]) -> dict[str, Any]:
    lines = offer_pages.send_lines(proposals)
    return cohort_page(
        cohort,
        "board",
        run=run,
        form=form,
        lines=lines,
        unchosen=_unchosen(form, [line.proposal.pk for line in lines]),
        letters=_preview(cohort, proposals, form),
        sent_before=cohort.offers_sent_at is not None,
        stale=cohort.offers_sent_at is None and is_stale(run),
    )


def _unchosen(form: PublishForm, ids: list[int]) -> set[int]:
    if not form.is_bound:
        return set()
    chosen = set(form.data.getlist("proposals"))  # type: ignore[attr-defined]
    return {pk for pk in ids if str(pk) not in chosen}


def _preview(cohort: Cohort, proposals: list[Proposal], form: PublishForm) -> list[dict[str, Any]]:
    """As edited so far."""
    if not proposals:
        return []
    wall = offer_pages.usual_deadline(cohort)
    if form.is_bound and form.is_valid():
        wall = form.cleaned_data["deadline"]
    wordings = OfferWordings(cohort, form.letters())
    return offer_pages.preview_letters(cohort, proposals, clock.instant_of(wall, cohort.time_zone), wordings)
