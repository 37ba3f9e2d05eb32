"""The wave as an organisation sees it: by its own account, or by the link of the letter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives.guards import actor_of, keeps_inventory
from inventory.initiatives.models import Initiative
from inventory.waves import domain
from inventory.waves.changes import missing_of_sheet, standings_of
from inventory.waves.forms import SendForm
from inventory.waves.models import Wave, WaveResponse
from inventory.waves.pages import answering_page
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.organisations.models import Organisation
from wimmentor.base.refusals import said_beside_fields, said_on_next_page

LONGEST_KEY = 18


def load_response(organisation: Organisation, code: str) -> WaveResponse:
    """A wave that is still in preparation is nobody's business."""
    found = organisation.wave_responses.exclude(wave__state=Wave.State.DRAFT).select_related("wave", "organisation")
    return get_object_or_404(found, wave__code=code)


@keeps_inventory(Permission.INVENTORY_VIEW)
def show(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    response = load_response(organisation, code)
    context = answering_page(response, standings_of(response), missing_of_sheet(response))
    return render(request, "inventory/waves/answer.html", {**context, "form": SendForm()})


@keeps_inventory(methods=("POST",))
def confirm(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    """One initiative, or all that nobody has looked at yet."""
    response = load_response(organisation, code)
    chosen = request.POST.get("initiative", "")
    with said_on_next_page(request):
        if chosen:
            initiative = _load_initiative(organisation, chosen)
            domain.confirm_unchanged(response=response, initiative=initiative, by=actor_of(request))
        else:
            domain.confirm_all_unchanged(response=response, by=actor_of(request))
    return redirect("wave-answer", organisation=organisation.slug, code=code)


def _load_initiative(organisation: Organisation, chosen: str) -> Initiative:
    if not chosen.isdecimal() or len(chosen) > LONGEST_KEY:
        raise Http404
    return get_object_or_404(Initiative.objects.filter(organisation=organisation), pk=chosen)


@keeps_inventory(methods=("POST",))
def declare(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    """We have none, or only an idea."""
    response = load_response(organisation, code)
    with said_on_next_page(request):
        domain.declare_none(response=response, idea=request.POST.get("idea") == "1", by=actor_of(request))
    return redirect("wave-answer", organisation=organisation.slug, code=code)


@keeps_inventory(methods=GET_POST)
def send(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    response = load_response(organisation, code)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            confirmed, unchanged = form.cleaned_data["confirmed"], bool(form.cleaned_data["unchanged"])
            domain.submit_response(response=response, confirmed=confirmed, unchanged=unchanged, by=actor_of(request))
            messages.info(request, _("Thank you. IWiM reads your answers, and writes if there is a question."))
            return redirect("wave-answer", organisation=organisation.slug, code=code)
    context = answering_page(response, standings_of(response), missing_of_sheet(response))
    return render(request, "inventory/waves/answer.html", {**context, "form": form})
