from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from matching.board.forms.board import PriceForm
from matching.board.prices import PricePage
from programmes.access.permissions import Permission
from programmes.cohorts.addresses import cohort_page, cohort_url
from programmes.cohorts.guards import in_cohort
from programmes.cohorts.models import Cohort


@in_cohort(Permission.MATCHING_VIEW)
def show_price(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """htmx gets the part for the board; without JavaScript it is a page of its own."""
    form = PriceForm(request.GET)
    if not form.is_valid():
        return redirect(cohort_url("board", cohort))
    given = form.cleaned_data
    page = PricePage(cohort, given["ask"], form.ids())
    if page.missing:
        raise Http404
    context = cohort_page(cohort, "board", page=page, opened=given["open"], row=given["row"])
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "matching/board/_price.html" if is_part else "matching/board/price.html"
    return render(request, template, {**context, "is_part": is_part, "here": request.get_full_path()})
