"""IWiM staff: which organisations wait, what they wrote, verify or refuse."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from programmes.organisations import domain, queries
from programmes.organisations.forms import RefusalForm, StaffFilterForm, VerifyForm
from programmes.organisations.models import Organisation
from programmes.organisations.sections import state_badge
from wimmentor.base.actors import Actor

PER_PAGE = 50


@on_platform(Permission.ORGANISATION_VERIFY)
def list_organisations(request: HttpRequest) -> HttpResponse:
    form = StaffFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.search(queries.in_state(Organisation.objects.all(), chosen.get("state", "")), chosen.get("q", ""))
    page = Paginator(queries.sort_organisations(found, chosen.get("sort", "")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(organisation, state_badge(organisation)) for organisation in page]
    return render(
        request, "programmes/organisations/staff_organisations.html", {"form": form, "page_obj": page, "rows": rows}
    )


@on_platform(Permission.ORGANISATION_VERIFY, methods=GET_POST)
def show_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("part_of", "verified_by"), pk=pk)
    read = {"version": organisation.version}
    form = RefusalForm(request.POST if request.POST.get("decision") == "refuse" else None, initial=read)
    if request.method == "POST" and _decides(request, organisation, form):
        return redirect("staff-organisations")
    values = {
        "asked": organisation,
        "badge": state_badge(organisation),
        "owners": queries.owners(organisation),
        "verify_form": VerifyForm(initial=read, auto_id="verify_%s"),
        "form": form,
    }
    return render(request, "programmes/organisations/staff_organisation.html", values)


def _decides(request: HttpRequest, organisation: Organisation, form: RefusalForm) -> bool:
    by = Actor.of(request.user)
    if request.POST.get("decision") == "verify":
        domain.verify_organisation(organisation=organisation, seen=VerifyForm(request.POST).seen(), by=by)
        messages.success(request, _("%s is verified. Its owners get an e-mail.") % organisation.name)
        return True
    if form.is_valid():
        domain.refuse_organisation(
            organisation=organisation, reason=form.cleaned_data["reason"], seen=form.seen(), by=by
        )
        messages.success(request, _("%s is not verified. Its owners get your sentence.") % organisation.name)
        return True
    return False
