from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.domain.sector import add_sector_initiative
from inventory.initiatives.emails import readers_of
from inventory.initiatives.forms import InventoryFilterForm, ReviewForm, SectorForm
from inventory.initiatives.forms.review import initial_of_proposal
from inventory.initiatives.models import Record
from inventory.initiatives.questionnaire import questions_of
from inventory.initiatives.registry import read_here
from inventory.initiatives.saving import say_returned
from programmes.access.guards import GET_POST, on_platform
from programmes.access.permissions import Permission
from wimmentor.base.actors import Actor
from wimmentor.base.refusals import said_beside_fields


@on_platform(Permission.INVENTORY_REVIEW)
def list_waiting(request: HttpRequest) -> HttpResponse:
    form = InventoryFilterForm(request.GET, countries=queries.public_countries())
    found = queries.filter_records(read_here(queries.records_to_review()), form.wanted())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "rows": pages.entry_rows(page.object_list, reader="iwim")}
    return render(request, "inventory/initiatives/review_list.html", context)


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(read_here(queries.records_to_review()), pk=pk)
    questions = list(questions_of("initiative"))
    form = ReviewForm(request.POST or None, questions=questions, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            _decide(request, record, form)
            return redirect("staff-initiatives")
    changes = pages.changes_since(record)
    context = {
        "record": record,
        "title": pages.title_of(record),
        "form": form,
        "lead": pages.lead_of(record, reader="iwim"),
    }
    context |= {"chapters": pages.chapters_of(record, reader="iwim"), "changes": changes}
    context |= {"editions": pages.editions_of(record, reader="iwim")}
    context |= {"files": queries.evidence_of(record)}
    context |= {"contradictions": pages.contradictions_of(record), "inquiries": record.inquiries.all()}
    return render(request, "inventory/initiatives/review.html", context)


def _decide(request: HttpRequest, record: Record, form: ReviewForm) -> None:
    seen, by = form.cleaned_data["version"] or 0, Actor.of(request.user)
    decision = request.POST.get("decision")
    if decision == "publish":
        domain.publish_record(record=record, seen=seen, by=by)
        messages.info(request, _("Published."))
    elif decision == "take_up":
        domain.take_up_record(record=record, by=by)
        messages.info(request, _("You are now the one who reads it."))
    elif decision == "archive":
        domain.archive_record(record=record, by=by)
        messages.info(request, _("Taken off the public list."))
    else:
        domain.return_record(record=record, asks=form.asks(), seen=seen, by=by)
        messages.info(request, say_returned(bool(readers_of(record.organisation))))


@on_platform(Permission.INVENTORY_REVIEW, methods=GET_POST)
def add_sector(request: HttpRequest) -> HttpResponse:
    """An initiative of a company, an industry body, an NGO or a government."""
    proposals = pages.proposals_in(queries.sheets_with_proposals(), queries.known_names())
    chosen = next((one for one in proposals if f"{one.sheet}-{one.row}" == request.GET.get("proposal")), None)
    initial = initial_of_proposal(chosen.values) if chosen else {}
    told_by = chosen.by if chosen else None
    form = SectorForm(request.POST or None, organisations=queries.sector_organisations(), initial=initial)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            record = add_sector_initiative(by=Actor.of(request.user), proposed_by=told_by, **form.cleaned_data)
            messages.info(request, _("Entered. Fill in what is known, send it, and publish it."))
            return redirect("initiative-record", organisation=record.organisation.slug, pk=record.initiative_id)
    context = {"form": form, "proposals": proposals, "chosen": chosen}
    return render(request, "inventory/initiatives/sector.html", context)
