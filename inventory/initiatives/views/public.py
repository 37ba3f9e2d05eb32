from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives import pages, queries
from inventory.initiatives.domain.enquiries import send_enquiry
from inventory.initiatives.forms import EnquiryForm, InventoryFilterForm
from inventory.initiatives.models import Record
from inventory.initiatives.registry import directory_parts
from programmes.access.guards import GET_POST, public
from wimmentor.base.limits import spend_letter
from wimmentor.base.refusals import said_beside_fields
from wimmentor.base.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx


@public("The Alliance's inventory is published.")
def list_public(request: HttpRequest) -> HttpResponse:
    form = InventoryFilterForm(request.GET, countries=queries.public_countries())
    wanted = form.wanted()
    page = Paginator(queries.filter_records(queries.public_records(), wanted), 50).get_page(request.GET.get("page"))
    whole = not wanted and page.number == 1
    context = {
        "form": form,
        "page": page,
        "rows": pages.entry_rows(page.object_list),
        "statements": list(queries.public_statements()) if whole else [],
        "above": directory_parts(request, "above") if whole else [],
        "below": directory_parts(request, "below"),
    }
    return render(request, "inventory/initiatives/directory.html", context)


@public("The Alliance's inventory is published.")
def show_public(request: HttpRequest, code: str) -> HttpResponse:
    return _show(request, get_object_or_404(queries.public_records(), initiative__code=code))


@public("What was published once stays readable.")
def show_earlier(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(queries.earlier_records(), initiative__code=code, pk=pk))


def _show(request: HttpRequest, record: Record) -> HttpResponse:
    context = {
        "record": record,
        "title": pages.title_of(record),
        "organisation_line": pages.organisation_line(record),
        "lead": pages.lead_of(record),
        "remarks": pages.remarks_of(record),
        "countries": pages.countries_of(record),
        "status": pages.status_word(record),
        "chapters": (chapters := pages.chapters_of(record, reader="public")),
        "open_count": sum(len(chapter.open) for chapter in chapters),
        "editions": pages.editions_of(record, reader="public"),
        "history": [one for one in queries.history_of(record.initiative) if one.pk != record.pk]
        if record.initiative
        else [],
    }
    return render(request, "inventory/initiatives/page.html", context)


@public("Visitors may ask an organisation; its address stays hidden.", methods=GET_POST)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    record = get_object_or_404(queries.public_records().exclude(organisation__contact_email=""), initiative__code=code)
    form = EnquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            spend_letter("inventory-enquiry", record.organisation.contact_email, request)
            values = {name: form.cleaned_data[name] for name in ("name", "email", "message")}
            send_enquiry(record=record, about=pages.title_of(record), **values)
            messages.success(request, _("Your question is on its way. The organisation answers by e-mail."))
            return redirect("initiative-page", code=code)
    context = {"record": record, "title": pages.title_of(record), "form": form}
    return render(request, "inventory/initiatives/ask.html", context)


@public("The Alliance's inventory is published.")
def export_public(request: HttpRequest, form: str) -> HttpResponse:
    wanted = InventoryFilterForm(request.GET, countries=queries.public_countries()).wanted()
    rows = pages.export_rows(queries.filter_records(queries.public_records(), wanted))
    if form == "csv":
        response = HttpResponse(b"".join(write_csv(pages.HEADINGS, rows)), content_type=CSV_TYPE)
    elif form == "xlsx":
        response = HttpResponse(write_xlsx(pages.HEADINGS, rows, title="inventory"), content_type=XLSX_TYPE)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="inventory.{form}"'
    return response
