"""The coordinator's side: send, list, answer for somebody, withdraw, extend."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.board import domain, offer_pages, offer_queries
from matching.board.forms.offers import AnswerForForm, DeadlineForm, FilterForm, WithdrawForm
from matching.board.models import Offer
from matching.board.wording import say_offers
from matching.runs.pages import part_rows
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx


@in_cohort(Permission.OFFER_VIEW)
def list_offers(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = FilterForm(request.GET)
    filters = form.filters()
    offers = list(offer_queries.offers_of(cohort, filters))
    counts = offer_queries.count_offers(cohort)
    context = cohort_page(
        cohort,
        "offers",
        lines=offer_pages.offer_lines(offers),
        counts=counts,
        summary=say_offers(counts),
        total=sum(counts.values()),
        filter_form=form,
        deadline_form=_deadline_form(cohort, offers),
    )
    return render(request, "matching/offers/list.html", context)


@in_cohort(Permission.OFFER_VIEW)
def export_offers(request: HttpRequest, cohort: Cohort, form: str) -> HttpResponse:
    if form not in ("csv", "xlsx"):
        raise Http404
    filters = FilterForm(request.GET).filters()
    rows = offer_pages.export_rows(offer_queries.offers_of(cohort, filters), cohort.time_zone)
    headings = offer_pages.export_headings()
    if form == "csv":
        response = HttpResponse(b"".join(write_csv(headings, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(write_xlsx(headings, rows, _("Offers")), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{cohort.programme.slug}-{cohort.slug}-offers.{form}"'
    return response


@in_cohort(Permission.OFFER_VIEW)
def show_offer(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    offer = _find(cohort, pk)
    parts = part_rows(offer.parts, [offer.mentee, offer.mentor])
    context = cohort_page(
        cohort,
        "offers",
        offer=offer,
        line=offer_pages.offer_line(offer),
        drawn=parts,
        parts=parts,
        deadline_form=_deadline_form(cohort, [offer]),
    )
    return render(request, "matching/offers/detail.html", context)


@in_cohort(Permission.OFFER_EDIT, methods=("POST",))
def answer_for(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    """Somebody told the coordinator by telephone."""
    offer = _find(cohort, pk)
    form = AnswerForForm(request.POST)
    if not form.is_valid():
        raise Http404
    by = Actor.of(request.user)
    answered = _try(request, domain.answer_offer, offer=offer, by=by, answered_for=True, **form.cleaned_data)
    if answered:
        messages.success(request, _("The answer is written down."))
    return redirect(cohort_url("offer-detail", cohort, pk=pk))


@in_cohort(Permission.OFFER_EDIT, methods=GET_POST)
def withdraw_offer(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    offer = _find(cohort, pk)
    if request.method == "GET":
        return render(request, "matching/offers/withdraw.html", cohort_page(cohort, "offers", offer=offer))
    seen = WithdrawForm(request.POST).seen_answers()
    if _try(request, domain.withdraw_offer, offer=offer, by=Actor.of(request.user), seen=seen):
        messages.success(request, _("The offer is withdrawn. Both have been written to."))
    return redirect(cohort_url("offer-detail", cohort, pk=pk))


@in_cohort(Permission.OFFER_EDIT, methods=("POST",))
def extend_offer(request: HttpRequest, cohort: Cohort, pk: int) -> HttpResponse:
    offer = _find(cohort, pk)
    _extend(request, cohort, [offer])
    return redirect(cohort_url("offer-detail", cohort, pk=pk))


@in_cohort(Permission.OFFER_EDIT, methods=("POST",))
def extend_all(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    waiting = list(offer_queries.offers_of(cohort, offer_queries.OfferFilters(state=Offer.State.SENT)))
    _extend(request, cohort, waiting)
    return redirect(cohort_url("offers-list", cohort))


def _find(cohort: Cohort, pk: int) -> Offer:
    return get_object_or_404(offer_queries.full_offers().filter(cohort=cohort), pk=pk)


def _deadline_form(cohort: Cohort, offers: list[Offer]) -> DeadlineForm:
    return DeadlineForm(initial={"deadline": offer_pages.later_deadline(cohort, offers)}, zone=cohort.time_zone)


def _extend(request: HttpRequest, cohort: Cohort, offers: list[Offer]) -> None:
    form = DeadlineForm(request.POST, zone=cohort.time_zone)
    if not form.is_valid():
        messages.error(request, _("Write the new deadline as a day and a time."))
        return
    wall = form.cleaned_data["deadline"]
    by = Actor.of(request.user)
    moved = _try(request, domain.extend_offer_deadline, offers=offers, cohort=cohort, deadline_wall=wall, by=by)
    if moved:
        said = ngettext("%(count)s offer has a later deadline.", "%(count)s offers have a later deadline.", moved)
        messages.success(request, said % {"count": moved})


def _try(request: HttpRequest, call: Any, **given: Any) -> Any:
    """A refusal is said on the page that comes next, which shows how things are now. Where somebody was quicker she
    reads both versions first."""
    try:
        return call(**given)
    except DomainError as refusal:
        if isinstance(refusal, Conflict) and refusal.theirs:
            raise
        messages.warning(request, str(refusal.message))
        return None
