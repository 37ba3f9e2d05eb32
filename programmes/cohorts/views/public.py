from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.access.guards import public
from programmes.cohorts import queries
from programmes.cohorts.entries import Entry, make_entry
from programmes.cohorts.forms import DirectoryFilter, HomeFilter
from programmes.cohorts.programme_page import describe_programme
from wimmentor.base import clock
from wimmentor.base.languages import say_terms

PAGE = 50
# A first page stays short; the rest is one press away.
HOME_ROOM = 12


def _entries(ids: list[int]) -> list[Entry]:
    instant = clock.now()
    made = (make_entry(programme, programme.public_cohorts, instant) for programme in queries.fetch_programmes(ids))
    return [entry for entry in made if entry]


@public("The first page.")
def home(request: HttpRequest) -> HttpResponse:
    filters = HomeFilter(request.GET or None, languages=queries.public_languages())
    chosen = filters.chosen() if filters.is_bound else {}
    ids = queries.order_programmes(queries.public_programmes(**chosen))
    entries = _entries(ids)
    taking = sorted((entry for entry in entries if entry.is_open), key=lambda entry: entry.cohort.closes_at)
    coming = sorted((entry for entry in entries if entry.is_coming), key=lambda entry: entry.cohort.opens_at)
    return render(
        request,
        "programmes/cohorts/home.html",
        {
            "filters": filters,
            "chosen": chosen,
            "total": len(entries),
            "taking": taking[:HOME_ROOM],
            "more": max(len(taking) - HOME_ROOM, 0),
            "coming": coming[:HOME_ROOM],
        },
    )


@public("The directory of programmes.")
def directory(request: HttpRequest) -> HttpResponse:
    filters = DirectoryFilter(request.GET or None, languages=queries.public_languages())
    chosen: dict[str, Any] = filters.chosen() if filters.is_bound else {}
    text = chosen.pop("q", "")
    if chosen.pop("open", ""):
        chosen["open_at"] = clock.now()
    ids = queries.order_programmes(queries.public_programmes(**chosen), text)
    page = Paginator(ids, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "programmes/cohorts/directory.html",
        {"filters": filters, "page": page, "entries": _entries(list(page.object_list)), "total": len(ids)},
    )


@public("A programme's page.")
def programme_page(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    found = queries.public_programme(organisation, programme)
    if found is None:
        raise Http404
    say_terms(found.organisation.terms)
    return render(
        request, "programmes/cohorts/programme_page.html", describe_programme(found, found.public_cohorts, clock.now())
    )
