"""A pair's own pages, one for each side."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, View
from programmes.cohorts.guards import say_terms_of
from programmes.mentorships import domain, queries
from programmes.mentorships.calendars import CALENDAR_TYPE, draw_calendar
from programmes.mentorships.guards import by_link_or_owner
from programmes.mentorships.models import Mentorship
from programmes.mentorships.pages import pair_page
from programmes.mentorships.sharing import SIDES
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError


def _find_pair(pk: int, **more: Any) -> Mentorship:
    mentorship = get_object_or_404(queries.full_mentorships(), pk=pk, **more)
    say_terms_of(mentorship.cohort)
    return mentorship


def show_pair(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    mentorship = _find_pair(pk)
    return render(request, "programmes/mentorships/pair.html", pair_page(mentorship, side))


def send_calendar(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    mentorship = _find_pair(pk, state="active")
    response = HttpResponse(draw_calendar(mentorship, side), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'attachment; filename="pair.ics"'
    return response


def end_pair(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    mentorship = _find_pair(pk)
    if request.method == "GET":
        return render(request, "programmes/mentorships/pair_end.html", pair_page(mentorship, side))
    by = Actor.of(request.user) if request.user.is_authenticated else Actor.link(f"mentorship.{side}")
    try:
        domain.end_mentorship(mentorship=mentorship, by=by)
    except DomainError as refusal:
        messages.info(request, str(refusal.message))
    else:
        messages.success(request, _("Your pair has ended. We have written to both of you."))
    return redirect("pair-page", pk=pk, side=side)


def guard(view: View, side: str, *, methods: tuple[str, ...] = ("GET",)) -> View:
    owner = partial(queries.owner_of, side=side)
    return by_link_or_owner(f"mentorship.{side}", owner=owner, methods=methods)(view)


shows: dict[str, View] = {side: guard(show_pair, side) for side in SIDES}
calendars: dict[str, View] = {side: guard(send_calendar, side) for side in SIDES}
ends: dict[str, View] = {side: guard(end_pair, side, methods=GET_POST) for side in SIDES}
