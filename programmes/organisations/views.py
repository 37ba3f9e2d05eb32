from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, own_account
from programmes.access.permissions import Permission
from programmes.organisations import domain
from programmes.organisations.forms import OrganisationEditForm, OrganisationForm
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from programmes.organisations.registry import desk_sections, overview_sections
from programmes.organisations.sections import list_desk_organisations, state_badge
from programmes.people.models import User
from programmes.people.visitor import person_of
from wimmentor.base import limits
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError

EDITED = (
    *("name", "full_name", "type", "part_of", "countries", "languages"),
    *("website", "contact_name", "contact_email"),
)


@own_account()
def show_desk(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    return render(
        request,
        "programmes/organisations/desk.html",
        {"organisations": list_desk_organisations(user), "sections": desk_sections(user)},
    )


@own_account(methods=GET_POST)
def register_organisation(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    initial = {"contact_name": user.name, "contact_email": user.email, "type": "wim_national"}
    form = OrganisationForm(request.POST or None, user=user, initial=initial)
    if form.is_valid():
        try:
            limits.spend("organisation-register", str(user.pk), allowed=10, seconds=86400)
            organisation = domain.register_organisation(by=Actor.of(user), **form.cleaned_data)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("organisation-overview", organisation=organisation.slug)
    return render(request, "programmes/organisations/organisation_register.html", {"form": form})


@in_organisation(Permission.ORGANISATION_VIEW)
def show_organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    permissions: frozenset[Permission] = request.permissions  # type: ignore[attr-defined]
    values = {
        "organisation": organisation,
        "badge": state_badge(organisation),
        "sections": overview_sections(organisation, permissions),
        "may_edit": Permission.ORGANISATION_EDIT in permissions,
    }
    return render(request, "programmes/organisations/organisation_overview.html", values)


@in_organisation(Permission.ORGANISATION_EDIT, methods=GET_POST)
def edit_organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    user = person_of(request)
    initial = {name: getattr(organisation, name) for name in (*EDITED, "version")}
    form = OrganisationEditForm(request.POST or None, user=user, organisation=organisation, initial=initial)
    if form.is_valid() and _saves(form, organisation, user):
        messages.success(request, _("Saved."))
        return redirect("organisation-overview", organisation=organisation.slug)
    return render(
        request, "programmes/organisations/organisation_edit.html", {"organisation": organisation, "form": form}
    )


def _saves(form: OrganisationEditForm, organisation: Organisation, user: User) -> bool:
    values: dict[str, Any] = dict(form.cleaned_data)
    try:
        domain.edit_organisation(organisation=organisation, seen=values.pop("version"), by=Actor.of(user), **values)
    except Conflict:
        raise
    except DomainError as refusal:
        form.add_refusal(refusal)
        return False
    return True
