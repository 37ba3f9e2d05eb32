"""IWiM: waves, who answered, whom to ask."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.waves import domain, pages, queries
from inventory.waves.forms import AskOrganisationForm, MergeForm, WaveForm
from inventory.waves.models import Wave
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import said_beside_fields, said_on_next_page


@on_platform(Permission.INVENTORY_REVIEW)
def list_waves(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    rows = [(wave, Wave.State(wave.state_at(now))) for wave in Wave.objects.all()]
    return render(request, "inventory/waves/list.html", {"rows": rows})


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def plan(request: HttpRequest) -> HttpResponse:
    form = WaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            wave = domain.plan_wave(by=Actor.of(request.user), **form.values())
            return redirect("staff-wave", code=wave.code)
    return render(request, "inventory/waves/form.html", {"form": form, "wave": None})


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(Wave, code=code)
    form = WaveForm(request.POST or None, wave=wave)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            seen = form.cleaned_data["version"] or 0
            domain.edit_wave(wave=wave, seen=seen, by=Actor.of(request.user), **form.values())
            messages.info(request, _("Saved."))
            return redirect("staff-wave", code=code)
    return render(request, "inventory/waves/form.html", {"form": form, "wave": wave})


@on_platform(Permission.INVENTORY_REVIEW)
def show(request: HttpRequest, code: str) -> HttpResponse:
    wave, now = get_object_or_404(Wave, code=code), clock.now()
    responses = list(wave.responses.all())
    key = pages.state_key(responses)
    silent = pages.silent_rows(list(queries.not_answered(wave)), now)
    context = {
        "wave": wave,
        "state": Wave.State(wave.state_at(now)),
        "key": key,
        "bar": [(fill, number) for fill, _word, number in key],
        "reading": pages.reading_rows(list(queries.responses_to_read(wave))),
        "silent": silent,
        "can_write": sum(row["can_write"] for row in silent) if wave.takes_answers(now) else 0,
        "asked": len(responses),
        "answered": sum(response.state not in ("draft", "merged") for response in responses),
        "accepted": sum(response.state == "accepted" for response in responses),
        "to_ask": queries.organisations_to_ask().count() if wave.state == Wave.State.DRAFT else 0,
    }
    return render(request, "inventory/waves/board.html", context)


@on_platform(Permission.INVENTORY_REVIEW, methods=("POST",))
def open_(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(Wave, code=code)
    with said_on_next_page(request):
        domain.open_wave(wave=wave, by=Actor.of(request.user))
        messages.info(request, _("Opened. Every organisation gets a letter with its link."))
    return redirect("staff-wave", code=code)


@on_platform(Permission.INVENTORY_REVIEW, methods=("POST",))
def publish(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(Wave, code=code)
    with said_on_next_page(request):
        domain.publish_wave(wave=wave, by=Actor.of(request.user))
        messages.info(request, _("Published. The results are public now."))
    return redirect("staff-wave", code=code)


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who has not answered and may be written to now."""
    wave = get_object_or_404(Wave, code=code)
    silent = pages.silent_rows(list(queries.not_answered(wave)), clock.now())
    due = [row["response"] for row in silent if row["can_write"]]
    if request.method == "POST":
        number = domain.send_letters(responses=due, by=Actor.of(request.user))
        said = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", number)
        messages.info(request, said % {"number": number})
        return redirect("staff-wave", code=code)
    return render(request, "inventory/waves/remind.html", {"wave": wave, "due": due})


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def ask_more(request: HttpRequest, code: str) -> HttpResponse:
    wave = get_object_or_404(Wave, code=code)
    asked = wave.responses.values("organisation")
    form = AskOrganisationForm(
        request.POST or None,
        organisations=Organisation.objects.filter(verified_at__isnull=False).exclude(pk__in=asked),
    )
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            chosen = form.cleaned_data["organisation"]
            domain.ask_organisation(wave=wave, organisation=chosen, by=Actor.of(request.user))
            messages.info(request, _("The organisation is asked and gets a letter with its own link."))
            return redirect("staff-wave", code=code)
    return render(request, "inventory/waves/ask_more.html", {"form": form, "wave": wave})


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def merge(request: HttpRequest) -> HttpResponse:
    form = MergeForm(request.POST or None, organisations=Organisation.objects.order_by("name_folded", "pk"))
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            number = domain.merge_organisations(by=Actor.of(request.user), **form.cleaned_data)
            said = ngettext("%(number)s initiative went over.", "%(number)s initiatives went over.", number)
            messages.info(request, said % {"number": number})
            return redirect("staff-waves")
    return render(request, "inventory/waves/merge.html", {"form": form})
