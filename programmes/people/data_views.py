"""Her data: take it along, or have it erased."""

from collections.abc import Iterable

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, own_account
from programmes.people import erasure, exports
from programmes.people.forms import EraseForm
from programmes.people.holdings import Person
from programmes.people.visitor import person_of
from wimmentor.base import limits
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

JSON, HTML = "json", "html"
# Enough for whoever looks twice, too little to keep the site busy.
EXPORTS_AN_HOUR = 10


@own_account()
def show_data(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/people/account_data.html")


@own_account(methods=("POST",))
def export_data(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    limits.spend("export", f"user:{user.pk}", allowed=EXPORTS_AN_HOUR, seconds=3600)
    form = asked_form(request)
    parts = exports.export_personal_data(person=Person.of(user), subject=user, form=form, by=Actor.of(user))
    return data_file(request, parts, form)


@own_account(methods=GET_POST)
def erase_account(request: HttpRequest) -> HttpResponse:
    return _erase(request)


@reauthentication_required
def _erase(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    form = EraseForm(request.POST or None, address=user.email)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.erase_person(user=user, by=Actor.of(user))
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            logout(request)
            messages.success(request, _("Your account is erased, and all that you wrote here with it."))
            return redirect("home")
    context = {"form": form, "hindrances": erasure.hindrances_of(user)}
    return render(request, "programmes/people/account_erase.html", context)


def asked_form(request: HttpRequest) -> str:
    return HTML if request.POST.get("form") == HTML else JSON


def data_file(request: HttpRequest, parts: Iterable[exports.Part], form: str) -> HttpResponse:
    if form == HTML:
        response = render(request, "programmes/people/data_file.html", {"parts": exports.to_read(parts)})
    else:
        response = HttpResponse(exports.as_json(parts, site=settings.SITE_URL), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="wimmentor-my-data.{form}"'
    response["Cache-Control"] = "no-store, private"
    return response
