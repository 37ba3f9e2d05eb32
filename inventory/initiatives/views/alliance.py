"""What organisations of the Alliance tell each other: members of a verified one read more than the public."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from inventory.initiatives import pages, queries
from inventory.initiatives.forms import InventoryFilterForm
from inventory.initiatives.models import Record
from programmes.access.permissions import Permission
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation


@in_organisation(Permission.INVENTORY_VIEW)
def list_alliance(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    _refuse_unverified(organisation)
    form = InventoryFilterForm(request.GET, countries=queries.public_countries())
    found = queries.filter_records(queries.public_records(), form.wanted())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = pages.entry_rows(page.object_list, reader="alliance")
    context = {"organisation": organisation, "form": form, "page": page, "rows": rows}
    return render(request, "inventory/initiatives/alliance_list.html", context)


@in_organisation(Permission.INVENTORY_VIEW)
def show_alliance(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    record = load_public(organisation, code)
    chapters = pages.chapters_of(record, reader="alliance")
    context = {
        "organisation": organisation,
        "record": record,
        "title": pages.title_of(record),
        "lead": pages.lead_of(record),
        "organisation_line": pages.organisation_line(record),
        "chapters": chapters,
        "open_count": sum(len(chapter.open) for chapter in chapters),
        "editions": pages.editions_of(record, reader="alliance"),
        "files": queries.evidence_of(record),
    }
    return render(request, "inventory/initiatives/alliance_page.html", context)


def load_public(organisation: Organisation, code: str) -> Record:
    """What `organisation` reads as one of the Alliance."""
    _refuse_unverified(organisation)
    return get_object_or_404(queries.public_records(), initiative__code=code)


def _refuse_unverified(organisation: Organisation) -> None:
    """Until IWiM has verified it, it is a stranger to the others."""
    if not organisation.is_verified:
        raise Http404
