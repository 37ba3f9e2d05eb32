"""IWiM reads one response, and looks for whoever answers for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives.saving import say_returned
from inventory.waves import domain, pages
from inventory.waves.domain.letters import why_not
from inventory.waves.domain.reviewing import records_of_response
from inventory.waves.emails import letter_text, readers_of_response
from inventory.waves.forms import ContactForm, LetterForm, ResponseReviewForm
from inventory.waves.models import WaveResponse
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from wimmentor.base.actors import Actor
from wimmentor.base.codes.places import language_name
from wimmentor.base.languages import speak
from wimmentor.base.refusals import said_beside_fields


def load(code: str, pk: int) -> WaveResponse:
    return get_object_or_404(
        WaveResponse.objects.select_related("wave", "organisation", "sheet"), wave__code=code, pk=pk
    )


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def review(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    response = load(code, pk)
    records = records_of_response(response)
    form = ResponseReviewForm(request.POST or None, records=records)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            _decide(request, response, form)
            return redirect("staff-wave", code=code)
    parts = pages.review_parts(records)
    context = {"response": response, "wave": response.wave, "form": form, "parts": parts}
    context["contradicted"] = any(part["contradictions"] for part in parts)
    return render(request, "inventory/waves/review.html", context)


def _decide(request: HttpRequest, response: WaveResponse, form: ResponseReviewForm) -> None:
    by, decision = Actor.of(request.user), request.POST.get("decision")
    if decision == "accept":
        domain.accept_response(response=response, seen=form.seen(), by=by)
        messages.info(request, _("Accepted. It is published with the wave."))
    elif decision == "take_up":
        domain.take_up_response(response=response, by=by)
        messages.info(request, _("You are now the one who reads it."))
    else:
        domain.return_response(response=response, asks=form.asks(), seen=form.seen(), by=by)
        messages.info(request, say_returned(bool(readers_of_response(response))))


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def contact(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    response = load(code, pk)
    initial = {"name": response.contact_name, "email": response.contact_email}
    initial |= {"language": response.language, "note": response.note}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        domain.change_contact(response=response, by=Actor.of(request.user), **form.cleaned_data)
        messages.info(request, _("Saved."))
        return redirect("staff-wave-letter", code=code, pk=pk)
    return render(request, "inventory/waves/contact.html", {"response": response, "wave": response.wave, "form": form})


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def letter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The ready message, in the recipient's language; it can be changed, and copied into another messenger."""
    response = load(code, pk)
    number = response.letters.count() + 1
    with speak(response.language, response.organisation.terms):
        ready = letter_text(response, number=number)
    form = LetterForm(request.POST or None, initial={"text": ready})
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            domain.send_letters(responses=[response], text=form.cleaned_data["text"], by=Actor.of(request.user))
            messages.info(request, _("The letter is on its way."))
            return redirect("staff-wave", code=code)
    refusal = why_not(response)
    context = {"response": response, "wave": response.wave, "form": form, "letters": response.letters.all()}
    context |= {"refusal": refusal.message if refusal else "", "language": language_name(response.language)}
    return render(request, "inventory/waves/letter.html", context)
