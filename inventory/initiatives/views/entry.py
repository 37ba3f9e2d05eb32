from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inventory.initiatives import domain, pages, queries
from inventory.initiatives.forms import COUNTS, EditionFormSet, InitiativeForm
from inventory.initiatives.models import Initiative
from programmes.access.guards import GET_POST
from programmes.access.permissions import Permission
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


@in_organisation(Permission.INVENTORY_VIEW)
def list_own(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    rows = pages.entry_rows(queries.initiatives_of(organisation))
    return render(request, "inventory/initiatives/own_list.html", {"organisation": organisation, "rows": rows})


@in_organisation(Permission.INVENTORY_EDIT, methods=GET_POST)
def create(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = InitiativeForm(request.POST or None)
    editions = EditionFormSet(request.POST or None, prefix="editions")
    if request.method == "POST" and form.is_valid() and editions.is_valid():
        try:
            initiative = domain.create_initiative(
                organisation=organisation, by=Actor.of(request.user), editions=editions.values(), **form.values()
            )
            return redirect("initiative-edit", organisation=organisation.slug, pk=initiative.pk)
        except DomainError as error:
            form.add_refusal(error)
    context = {"organisation": organisation, "form": form, "editions": editions, "initiative": None}
    return render(request, "inventory/initiatives/edit.html", context)


@in_organisation(Permission.INVENTORY_EDIT, methods=GET_POST)
def edit(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    initiative = get_object_or_404(queries.initiatives_of(organisation), pk=pk)
    form = InitiativeForm(request.POST or None, initial=InitiativeForm.initial_of(initiative))
    editions = EditionFormSet(request.POST or None, prefix="editions", initial=_editions(initiative))
    if request.method == "POST" and form.is_valid() and editions.is_valid():
        try:
            domain.edit_initiative(
                initiative=initiative,
                seen=form.cleaned_data["version"] or 0,
                by=Actor.of(request.user),
                editions=editions.values(),
                **form.values(),
            )
            messages.info(request, _("Saved."))
            return redirect(request.path)
        except Conflict:
            raise
        except DomainError as error:
            form.add_refusal(error)
    context = {"organisation": organisation, "form": form, "editions": editions, "initiative": initiative}
    return render(request, "inventory/initiatives/edit.html", context)


@in_organisation(Permission.INVENTORY_EDIT, methods=("POST",))
def submit(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    initiative = get_object_or_404(queries.initiatives_of(organisation), pk=pk)
    try:
        domain.submit_initiative(initiative=initiative, by=Actor.of(request.user))
    except Conflict:
        raise
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect("initiative-edit", organisation=organisation.slug, pk=pk)
    messages.info(request, _("Sent to IWiM. They read it and publish it, or write back with a question."))
    return redirect("initiatives-list", organisation=organisation.slug)


def _editions(initiative: Initiative) -> list[dict[str, object]]:
    names = ("label", "year", *COUNTS, *(f"{name}_state" for name in COUNTS))
    return [{name: getattr(edition, name) for name in names} for edition in initiative.editions.all()]
