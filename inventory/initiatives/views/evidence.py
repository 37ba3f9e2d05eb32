"""Files beside the answer "Evidence": added by the organisation, read by it, by IWiM and by the Alliance."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.forms import EvidenceForm
from inventory.initiatives.guards import actor_of, keeps_inventory
from inventory.initiatives.models import EvidenceFile
from inventory.initiatives.registry import read_here
from inventory.initiatives.views.alliance import load_public
from inventory.initiatives.views.records import load_record
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import said_on_next_page


@keeps_inventory(methods=("POST",))
def add(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    initiative, _record = load_record(organisation, pk)
    form = EvidenceForm(request.POST, request.FILES)
    with said_on_next_page(request):
        if form.is_valid():
            file = domain.add_evidence(initiative=initiative, by=actor_of(request), **form.given())
            messages.info(request, _("“%(name)s” is added.") % {"name": file.name})
        else:
            messages.warning(request, str(form.errors["file"][0]))
    return redirect("initiative-record", organisation=organisation.slug, pk=pk)


@keeps_inventory(Permission.INVENTORY_VIEW)
def send(request: HttpRequest, organisation: Organisation, pk: int, file: int) -> HttpResponse:
    initiative, _record = load_record(organisation, pk)
    return _send(initiative.evidence_files.all(), file)


@keeps_inventory(methods=GET_POST)
def remove(request: HttpRequest, organisation: Organisation, pk: int, file: int) -> HttpResponse:
    initiative, record = load_record(organisation, pk)
    found = get_object_or_404(initiative.evidence_files.select_related("initiative"), pk=file)
    if request.method == "POST":
        with said_on_next_page(request):
            domain.remove_evidence(file=found, by=actor_of(request))
            messages.info(request, _("“%(name)s” is removed.") % {"name": found.name})
        return redirect("initiative-record", organisation=organisation.slug, pk=pk)
    context = {"organisation": organisation, "record": record, "file": found, "title": pages.title_of(record)}
    return render(request, "inventory/initiatives/evidence_remove.html", context)


@in_organisation(Permission.INVENTORY_VIEW)
def send_to_alliance(request: HttpRequest, organisation: Organisation, code: str, evidence: int) -> HttpResponse:
    """As long as the initiative is public, by name."""
    record = load_public(organisation, code)
    return _send(EvidenceFile.objects.filter(initiative=record.initiative_id), evidence)


@on_platform(Permission.INVENTORY_REVIEW)
def send_to_staff(request: HttpRequest, pk: int) -> HttpResponse:
    return _send(queries.evidence_to_review(), pk)


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.evidence_to_review().select_related("initiative__organisation"), pk=pk)
    record = read_here(queries.records_to_review()).filter(initiative=found.initiative_id).first()
    if request.method == "POST":
        with said_on_next_page(request):
            domain.take_evidence_away(file=found, by=Actor.of(request.user))
            messages.info(request, _("“%(name)s” is removed.") % {"name": found.name})
        return redirect("staff-initiative", pk=record.pk) if record else redirect("staff-initiatives")
    context = {"file": found, "record": record, "title": pages.title_of(record) if record else ""}
    return render(request, "inventory/initiatives/evidence_take_away.html", context)


def _send(files: QuerySet[EvidenceFile], pk: int) -> HttpResponse:
    """Only ever saved, and kept by no cache: whether it may be read is asked each time."""
    file = get_object_or_404(files.defer(None), pk=pk)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # as csp.decorators.csp_update does
    return response
