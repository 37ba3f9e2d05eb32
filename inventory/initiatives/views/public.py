from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from inventory.initiatives import pages, queries
from inventory.initiatives.forms import InventoryFilterForm
from programmes.access.guards import public
from wimmentor.base.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx


@public("The Alliance's inventory is published.")
def list_public(request: HttpRequest) -> HttpResponse:
    form = InventoryFilterForm(request.GET, countries=queries.public_countries())
    wanted = form.wanted()
    page = Paginator(queries.filter_initiatives(queries.public_initiatives(), wanted), 50).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "rows": pages.entry_rows(page.object_list),
        "statements": [] if wanted else list(queries.public_statements()),
    }
    return render(request, "inventory/initiatives/directory.html", context)


@public("The Alliance's inventory is published.")
def show_public(request: HttpRequest, code: str) -> HttpResponse:
    initiative = get_object_or_404(queries.public_initiatives(), code=code)
    context = {
        "initiative": initiative,
        "title": pages.title_of(initiative),
        "answers": pages.answers_of(initiative),
        "editions": [(edition, pages.figures_of(edition)) for edition in initiative.editions.all()],
    }
    return render(request, "inventory/initiatives/page.html", context)


@public("The Alliance's inventory is published.")
def export_public(request: HttpRequest, form: str) -> HttpResponse:
    wanted = InventoryFilterForm(request.GET, countries=queries.public_countries()).wanted()
    rows = pages.export_rows(queries.filter_initiatives(queries.public_initiatives(), wanted))
    if form == "csv":
        response = HttpResponse(b"".join(write_csv(pages.HEADINGS, rows)), content_type=CSV_TYPE)
    elif form == "xlsx":
        response = HttpResponse(write_xlsx(pages.HEADINGS, rows, title="inventory"), content_type=XLSX_TYPE)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="inventory.{form}"'
    return response
