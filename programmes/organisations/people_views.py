"""Members and invitations of an organisation."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, by_link
from programmes.access.permissions import Permission
from programmes.access.roles import ROLES
from programmes.organisations import domain, queries
from programmes.organisations.emails import INVITATION
from programmes.organisations.forms import InvitationForm
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Invitation, Organisation
from wimmentor.base import limits
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

# Of an organisation that nobody has verified: enough for those who run it.
INVITATIONS_A_DAY = 10


@in_organisation(Permission.ORGANISATION_VIEW)
def list_people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return _show_people(request, organisation, InvitationForm(organisation=organisation))


@in_organisation(Permission.ORGANISATION_INVITE, methods=("POST",))
def invite_person(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = InvitationForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _show_people(request, organisation, form)
    try:
        _spend_invitation(request, organisation)
        domain.invite_person(organisation=organisation, by=Actor.of(request.user), **form.cleaned_data)
    except DomainError as refusal:
        form.add_refusal(refusal)
        return _show_people(request, organisation, form)
    messages.success(request, _("An invitation goes to %s.") % form.cleaned_data["email"])
    return redirect("organisation-people", organisation=organisation.slug)


def _spend_invitation(request: HttpRequest, organisation: Organisation) -> None:
    limits.spend("invite", str(organisation.pk), allowed=30, seconds=3600)
    limits.spend("invite-by", str(request.user.pk), allowed=30, seconds=3600)
    if organisation.is_verified:
        return
    # Its name is anybody's words, and goes to any address.
    try:
        for whose in (f"organisation:{organisation.pk}", f"user:{request.user.pk}"):
            limits.spend("invite-unverified", whose, allowed=INVITATIONS_A_DAY, seconds=86400)
    except limits.TooMany as refusal:
        raise DomainError(
            _("Until IWiM has verified your organisation, %(number)d invitations a day go out. Send this one tomorrow.")
            % {"number": INVITATIONS_A_DAY},
            code="too_many_unverified",
        ) from refusal


def _show_people(request: HttpRequest, organisation: Organisation, form: InvitationForm) -> HttpResponse:
    may_invite = Permission.ORGANISATION_INVITE in request.permissions  # type: ignore[attr-defined]
    invitations = queries.open_invitations(organisation.invitations.all()) if may_invite else []
    values = {
        "organisation": organisation,
        "members": queries.members(organisation),
        "invitations": invitations,
        "may_invite": may_invite,
        "form": form,
    }
    return render(request, "programmes/organisations/organisation_people.html", values)


@in_organisation(Permission.ORGANISATION_INVITE, methods=("POST",))
def revoke_invitation(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    invitation = get_object_or_404(organisation.invitations.all(), pk=pk)
    domain.revoke_invitation(invitation=invitation, by=Actor.of(request.user))
    messages.success(request, _("The invitation is taken back. Its link does not work any more."))
    return redirect("organisation-people", organisation=organisation.slug)


@in_organisation(Permission.ORGANISATION_INVITE, methods=GET_POST)
def remove_membership(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    membership = get_object_or_404(organisation.memberships.select_related("user"), pk=pk)
    if request.method == "GET":
        values = {"organisation": organisation, "membership": membership}
        return render(request, "programmes/organisations/membership_remove.html", values)
    try:
        domain.remove_membership(membership=membership, by=Actor.of(request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return redirect("organisation-people", organisation=organisation.slug)
    messages.success(request, _("%s has this role no longer.") % membership.user)
    if membership.user_id == request.user.pk:
        return redirect("desk")
    return redirect("organisation-people", organisation=organisation.slug)


@by_link(INVITATION, methods=GET_POST)
def accept_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), pk=pk)
    is_open = queries.is_open(invitation)
    if request.method == "GET" or not is_open:
        values = {"invitation": invitation, "is_open": is_open, "role": ROLES[invitation.role]}
        return render(request, "programmes/organisations/invitation_accept.html", values)
    membership = domain.accept_invitation(invitation=invitation, by=Actor.link(INVITATION))
    target = redirect("organisation-overview", organisation=invitation.organisation.slug)
    if request.user == membership.user:
        return target
    if request.user.is_authenticated:
        get_adapter().logout(request)
    response: HttpResponse = perform_login(
        request, membership.user, email=membership.user.email, redirect_url=target.url
    )
    return response
