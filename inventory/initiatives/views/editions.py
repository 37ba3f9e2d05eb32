from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.cohort_figures import figures_of_cohort
from inventory.initiatives.domain.editions import follow_edition
from inventory.initiatives.forms import EditionForm
from inventory.initiatives.guards import actor_of, keeps_inventory
from inventory.initiatives.models import Edition, Initiative, Record
from inventory.initiatives.questionnaire import questions_of
from inventory.initiatives.saving import say_saved
from inventory.initiatives.views.records import load_record
from inventory.initiatives.wording import read_answers
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.cohorts.models import Cohort
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.refusals import said_beside_fields, said_on_next_page


@keeps_inventory(methods=GET_POST)
def create(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    initiative, record = load_record(organisation, pk)
    return _edit(request, initiative, record, Edition(record=record))


@keeps_inventory(methods=GET_POST)
def edit(request: HttpRequest, organisation: Organisation, pk: int, edition: int) -> HttpResponse:
    initiative, record = load_record(organisation, pk)
    return _edit(request, initiative, record, _load(initiative, record, edition))


def _edit(request: HttpRequest, initiative: Initiative, record: Record, edition: Edition) -> HttpResponse:
    form = EditionForm(
        request.POST or None,
        questions=questions_of("edition"),
        answers=edition.answers,
        about=record.answers,
        label=edition.label,
        year=edition.year,
    )
    organisation = initiative.organisation
    if request.method == "POST" and form.is_valid():
        with said_beside_fields(form):
            merge = domain.save_edition(
                initiative=initiative,
                label=form.cleaned_data["label"],
                year=form.cleaned_data["year"],
                before=edition if edition.pk else None,
                given=form.given,
                seen=form.seen_digests(),
                by=actor_of(request),
            )
            if say_saved(request, form, merge, queries.living_record(initiative)):
                return redirect("initiative-record", organisation=organisation.slug, pk=initiative.pk)
    context = {"organisation": organisation, "record": record, "edition": edition, "form": form}
    return render(request, "inventory/initiatives/edition.html", {**context, "title": pages.title_of(record)})


@keeps_inventory(methods=GET_POST)
def remove(request: HttpRequest, organisation: Organisation, pk: int, edition: int) -> HttpResponse:
    initiative, record = load_record(organisation, pk)
    found = _load(initiative, record, edition)
    if request.method == "POST":
        with said_on_next_page(request):
            domain.remove_edition(initiative=initiative, edition=found, by=actor_of(request))
            messages.info(request, _("Removed. What was published before keeps it."))
        return redirect("initiative-record", organisation=organisation.slug, pk=pk)
    context = {"organisation": organisation, "record": record, "edition": found, "title": pages.title_of(record)}
    return render(request, "inventory/initiatives/edition_remove.html", context)


@in_organisation(Permission.INVENTORY_EDIT, methods=GET_POST)
def adopt(request: HttpRequest, organisation: Organisation, pk: int, cohort: int) -> HttpResponse:
    """Figures of a cohort that runs here: shown first, and entered only when the organisation approves."""
    initiative, record = load_record(organisation, pk)
    own = Cohort.objects.filter(programme__organisation=organisation).select_related("programme", "figures")
    found = get_object_or_404(own, pk=cohort)
    if request.method == "POST":
        with said_on_next_page(request):
            domain.adopt_cohort(initiative=initiative, cohort=found, by=actor_of(request))
            messages.info(request, _("Entered as an edition. You can add what the cohort does not know."))
        return redirect("initiative-record", organisation=organisation.slug, pk=pk)
    told = read_answers(figures_of_cohort(found), level="edition", reader="iwim", about=record.answers)
    context = {"organisation": organisation, "record": record, "cohort": found, "title": pages.title_of(record)}
    context |= {"known": [one for one in told if one.is_given], "open": [one for one in told if not one.is_given]}
    return render(request, "inventory/initiatives/edition_adopt.html", context)


def _load(initiative: Initiative, record: Record, pk: int) -> Edition:
    """Of an earlier record too: once it was carried forward, the same edition has another row."""
    found = get_object_or_404(Edition.objects.filter(record__initiative=initiative), pk=pk)
    return follow_edition(record, found) or found
