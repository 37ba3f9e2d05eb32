from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.domain.opening import carried_answers, known_answers
from inventory.initiatives.forms import AnswersForm
from inventory.initiatives.guards import actor_of, keeps_inventory
from inventory.initiatives.models import Record
from inventory.initiatives.questionnaire import SECTIONS, Question, questions_of, sections_of
from inventory.initiatives.registry import way_on
from inventory.initiatives.saving import say_saved
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.organisations.models import Organisation
from wimmentor.base.refusals import said_beside_fields


def load_sheet(organisation: Organisation) -> Record:
    """Not yet written: what the site knows, unsaved."""
    known = known_answers(organisation)
    return queries.living_sheet(organisation) or Record(organisation=organisation, answers=known)


@keeps_inventory(Permission.INVENTORY_VIEW)
def show(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    record = load_sheet(organisation)
    context = {"organisation": organisation, "record": record, "chapters": pages.chapters_of(record, reader="iwim")}
    context["inquiries"] = list(pages.inquiries_of(record)) if record.pk else []
    return render(request, "inventory/initiatives/sheet.html", context)


@keeps_inventory(methods=GET_POST)
def edit(request: HttpRequest, organisation: Organisation, section: str) -> HttpResponse:
    record = load_sheet(organisation)
    form = AnswersForm(request.POST or None, questions=_questions(section), answers=carried_answers(record))
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            given, seen = form.given, form.seen_digests()
            merge = domain.save_sheet(organisation=organisation, given=given, seen=seen, by=actor_of(request))
            if say_saved(request, form, merge, queries.living_sheet(organisation)):
                whole = reverse("organisation-sheet", args=[organisation.slug])
                return redirect(way_on(organisation, whole) if section == "short" else whole)
    heading = SECTIONS.get(section, _("The short form"))
    context = {"organisation": organisation, "record": record, "form": form, "section": section, "heading": heading}
    return render(request, "inventory/initiatives/sheet_edit.html", context)


def _questions(section: str) -> list[Question]:
    """The confirmation (K5) is given when everything is sent."""
    if section == "short":
        return list(questions_of("organisation", short=True))
    if section not in sections_of("organisation"):
        raise Http404
    return [one for one in questions_of("organisation", section=section) if one.kind != "confirm"]
