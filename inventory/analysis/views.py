from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from inventory.analysis.field import codes_of
from inventory.analysis.forms import TableForm, WaveForm
from inventory.analysis.pages.crossing import make_key, say_several, show_table
from inventory.analysis.pages.whole import READ_BY, SHEETS, Analysis
from inventory.analysis.queries import Source, source_for
from inventory.analysis.rooms import PUBLIC, STAFF, Room, room_of
from inventory.analysis.tables import CrossTable, cross
from programmes.access.guards import on_platform, public
from programmes.access.permissions import Permission
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.spreadsheets import CSV_TYPE, write_csv

FIRST = {"row": "kinds", "column": "status"}


@public("The analysis of the Alliance's inventory is published.")
def show_public(request: HttpRequest) -> HttpResponse:
    return _show(request, PUBLIC)


@public("The analysis of the Alliance's inventory is published.")
def cross_public(request: HttpRequest) -> HttpResponse:
    return _cross(request, PUBLIC)


@public("The analysis of the Alliance's inventory is published.")
def take_public(request: HttpRequest, table: str) -> HttpResponse:
    return _take(request, PUBLIC, table)


@in_organisation(Permission.INVENTORY_VIEW)
def show_own(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return _show(request, room_of(organisation))


@in_organisation(Permission.INVENTORY_VIEW)
def cross_own(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return _cross(request, room_of(organisation))


@in_organisation(Permission.INVENTORY_VIEW)
def take_own(request: HttpRequest, organisation: Organisation, table: str) -> HttpResponse:
    return _take(request, room_of(organisation), table)


@on_platform(Permission.INVENTORY_REVIEW)
def show_staff(request: HttpRequest) -> HttpResponse:
    return _show(request, STAFF)


@on_platform(Permission.INVENTORY_REVIEW)
def cross_staff(request: HttpRequest) -> HttpResponse:
    return _cross(request, STAFF)


@on_platform(Permission.INVENTORY_REVIEW)
def take_staff(request: HttpRequest, table: str) -> HttpResponse:
    return _take(request, STAFF, table)


def _show(request: HttpRequest, room: Room) -> HttpResponse:
    source = _source(request, room)
    analysis = Analysis(source.survey(room.level))
    form = WaveForm(level=room.level, source=source)
    context = {**_frame(room, source), "analysis": analysis, "form": form}
    return render(request, "inventory/analysis/page.html", context)


def _cross(request: HttpRequest, room: Room) -> HttpResponse:
    source = _source(request, room)
    form = _table_form(request, room, source)
    context = {**_frame(room, source), "form": form}
    if form.is_valid():
        found = _cross_fields(source, room, form)
        context |= {"sheet": show_table(found), "several": say_several(found), "key": make_key(found)}
    return render(request, "inventory/analysis/table.html", context)


def _take(request: HttpRequest, room: Room, name: str) -> HttpResponse:
    """One table of the analysis, or the one of two fields, as CSV."""
    source = _source(request, room)
    if name in SHEETS:
        sheet = Analysis(source.survey(room.level, READ_BY.get(name, ()))).sheet(name)
    elif name == "table" and (form := _table_form(request, room, source)).is_valid():
        sheet = show_table(_cross_fields(source, room, form))
    else:
        raise Http404
    response = HttpResponse(b"".join(write_csv(sheet.export_head, sheet.export_rows)), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{source.code}-{sheet.name}.csv"'
    return response


def _cross_fields(source: Source, room: Room, form: TableForm) -> CrossTable:
    row, column = form.cleaned_data["row"], form.cleaned_data["column"]
    survey = source.survey(room.level, codes_of(row, column)).by_name
    return cross(survey.initiatives, row, column, room.level)


def _source(request: HttpRequest, room: Room) -> Source:
    found = source_for(room.level, request.GET.get("wave", ""))
    if found is None:
        raise Http404
    return found


def _table_form(request: HttpRequest, room: Room, source: Source) -> TableForm:
    """Of one field that is not chosen, the first table stands."""
    asked = {name: request.GET.get(name) or first for name, first in FIRST.items()}
    return TableForm({**asked, "wave": source.code}, level=room.level, source=source)


def _frame(room: Room, source: Source) -> dict[str, Any]:
    return {"room": room, "source": source, "organisation": room.organisation}
