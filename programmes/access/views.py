from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from programmes.access import links
from programmes.access.guards import GET_POST, public
from programmes.access.models import PurposeLink
from programmes.access.renewals import find_renewal, mask_address
from wimmentor.base import limits
from wimmentor.base.languages import remember_language, spoken


@public("The secret token in the address opens it; it only fills the visitor's own session.", methods=GET_POST)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    link = links.find_link(token)
    purpose = links.PURPOSES.get(link.purpose) if link else None
    if link is None or purpose is None or link.revoked_at is not None:
        return render(request, "programmes/access/link_unknown.html", {"plain_page": True}, status=404)
    if link.language:
        translation.activate(spoken(link.language))
    if not links.is_usable(link):
        return _renew_link(request, link) if request.method == "POST" else _show_expired(request, link)
    links.grant_session(request, purpose=link.purpose, subject_id=link.subject_id, link_id=link.pk)
    response = redirect(purpose.target(link.subject_id))
    if link.language:
        remember_language(response, spoken(link.language))
    return response


def _show_expired(request: HttpRequest, link: PurposeLink) -> HttpResponse:
    renewal = find_renewal(link.purpose)
    address = mask_address(renewal.address(link.subject_id)) if renewal else ""
    context = {"address": address, "purpose": links.PURPOSES[link.purpose]}
    return render(request, "programmes/access/link_expired.html", context, status=410)


def _renew_link(request: HttpRequest, link: PurposeLink) -> HttpResponse:
    renewal = find_renewal(link.purpose)
    if renewal is None or not renewal.address(link.subject_id):
        return _show_expired(request, link)
    limits.spend("renew-link", str(link.pk), allowed=3, seconds=3600)
    limits.spend("renew-link-from", limits.client_address(request), allowed=20, seconds=3600)
    renewal.send(link.subject_id)
    messages.success(request, _("A new link is on its way. Look at your e-mail."))
    return redirect(request.path)
