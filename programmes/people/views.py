from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, by_link, own_account, public
from programmes.access.links import SESSION_KEY
from programmes.people import domain
from programmes.people.forms import ProfileForm
from programmes.people.queries import active_users
from programmes.people.registry import account_sections
from programmes.people.visitor import person_of
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import remember_language, site_languages


@own_account()
def show_account(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/people/account_home.html", {"sections": account_sections(person_of(request))})


@own_account(methods=GET_POST)
def edit_profile(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    initial = {"name": user.name, "language": user.language, "time_zone": user.time_zone}
    form = ProfileForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "programmes/people/account_profile.html", {"form": form})
    domain.edit_profile(user=user, by=Actor.of(user), **form.cleaned_data)
    messages.success(request, _("Saved."))
    response = redirect("account-home")
    remember_language(response, user.language)
    return response


@public("Everybody chooses the language she reads.", methods=("POST",))
def choose_language(request: HttpRequest) -> HttpResponse:
    """In this browser, and for good where she is signed in; then back to the page she was on."""
    there, language = request.POST.get("next", ""), request.POST.get("language", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    # Only an address: other words would be looked up as the name of a view.
    response = redirect(there if is_ours and there.startswith("/") else "home")
    if language not in site_languages():
        return response
    if request.user.is_authenticated:
        domain.choose_language(user=person_of(request), language=language, by=Actor.of(request.user))
    remember_language(response, language)
    return response


@by_link(domain.SIGN_IN, methods=GET_POST)
def sign_in_by_link(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(active_users(), pk=pk)
    if request.method == "GET":
        return render(request, "programmes/people/sign_in_by_link.html", {"person": user})
    try:
        domain.use_sign_in_link(user=user, link_id=_granted_link(request, pk))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return redirect("account_login")
    response: HttpResponse = perform_login(request, user, email=user.email)
    return response


def _granted_link(request: HttpRequest, pk: int) -> int:
    grant: list[int] = request.session[SESSION_KEY][f"{domain.SIGN_IN}:{pk}"]
    return grant[1]
