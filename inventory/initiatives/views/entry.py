from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.cohort_figures import answers_of_programme
from inventory.initiatives.forms import AnswersForm
from inventory.initiatives.guards import actor_of, keeps_inventory
from inventory.initiatives.questionnaire import questions_of
from inventory.initiatives.registry import own_parts, way_on
from inventory.initiatives.rows import Answers
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts.models import Programme
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.refusals import said_beside_fields


@keeps_inventory(Permission.INVENTORY_VIEW)
def list_own(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    records = queries.records_of(organisation)
    by_link = getattr(request, "by_link", False)  # which opens answers, and no figures of programmes
    context = {
        "organisation": organisation,
        "rows": pages.entry_rows(records, reader="iwim"),
        "parts": own_parts(request, organisation),
        "programmes": [] if by_link else queries.programmes_without_record(organisation, records),
    }
    return render(request, "inventory/initiatives/own_list.html", context)


@keeps_inventory(methods=GET_POST)
def create(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return _create(request, organisation, {})


@in_organisation(Permission.INVENTORY_EDIT, methods=GET_POST)
def draft(request: HttpRequest, organisation: Organisation, programme: int) -> HttpResponse:
    """From a programme that runs here: everything that is known is filled in, and can be changed."""
    found = get_object_or_404(Programme.objects.filter(organisation=organisation), pk=programme)
    return _create(request, organisation, answers_of_programme(found, list(found.cohorts.all())))


def _create(request: HttpRequest, organisation: Organisation, known: Answers) -> HttpResponse:
    questions = list(questions_of("initiative", short=True))
    form = AnswersForm(request.POST or None, questions=questions, answers=known)
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            given = {code: answer for code, answer in form.given.items() if answer}
            # What the short form does not ask comes along.
            asked = {question.code for question in questions}
            rest = {code: answer for code, answer in known.items() if code not in asked}
            record = domain.create_initiative(
                organisation=organisation, by=actor_of(request), answers={**rest, **given}
            )
            whole = reverse("initiative-record", args=[organisation.slug, record.initiative_id])
            return redirect(whole if known else way_on(organisation, whole))
    context = {"organisation": organisation, "form": form, "drafted": bool(known)}
    return render(request, "inventory/initiatives/new.html", context)
