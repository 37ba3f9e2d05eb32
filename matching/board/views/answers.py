"""The page on which one side says yes or no. A GET answers nothing."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from matching.board import domain, offer_queries
from matching.board.forms.offers import AnswerForm
from matching.board.offer_pages import answer_page
from programmes.access.guards import GET_POST, View
from programmes.access.links import grant_session
from programmes.cohorts.guards import say_terms_of
from programmes.mentorships.guards import by_link_or_owner
from programmes.mentorships.sharing import SIDES
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError


def answer_offer(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    offer = get_object_or_404(offer_queries.full_offers(), pk=pk)
    say_terms_of(offer.cohort)
    if request.method == "POST":
        return _answer(request, pk, side)
    if offer.mentorship_id is not None:
        # Whoever could say yes here may open the pair's page.
        grant_session(request, purpose=f"mentorship.{side}", subject_id=offer.mentorship_id)
    return render(request, "matching/offers/answer.html", answer_page(offer, side))


def _answer(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    by = Actor.of(request.user) if request.user.is_authenticated else Actor.link(f"offer.{side}")
    if form.is_valid():
        offer = get_object_or_404(offer_queries.full_offers(), pk=pk)
        try:
            domain.answer_offer(offer=offer, side=side, answer=form.cleaned_data["answer"], by=by)
        except DomainError as refusal:
            messages.warning(request, str(refusal.message))
    else:
        messages.warning(request, _("Choose yes or no."))
    return redirect("offer-answer", pk=pk, side=side)


def guard(side: str) -> View:
    owner = partial(offer_queries.owner_of, side=side)
    return by_link_or_owner(f"offer.{side}", owner=owner, methods=GET_POST)(answer_offer)


answers: dict[str, View] = {side: guard(side) for side in SIDES}
