"""Where an application stands, for the person who sent it; confirm, withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from programmes.access.guards import GET_POST, by_link, own_account
from programmes.access.links import grant_session
from programmes.applications import domain
from programmes.applications.forms.steps import list_answers, short_answers
from programmes.applications.guards import CONFIRM, STATUS, has_link_or_account, of_applicant
from programmes.applications.models import Application
from programmes.applications.own import find_earlier, find_other_role, may_change, own_applications
from programmes.applications.wording import describe_standing, name_day, say_badge
from programmes.cohorts.guards import say_terms_of
from programmes.people.data_views import EXPORTS_AN_HOUR, asked_form, data_file
from programmes.people.domain import choose_language
from programmes.people.exports import export_personal_data
from programmes.people.holdings import Person
from programmes.people.visitor import person_of
from wimmentor.base import clock, limits
from wimmentor.base.actors import Actor
from wimmentor.base.clock import wall_of
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import remember_language

TEMPLATES = "programmes/applications/status"
Status = Application.Status
# In the session: application whose answers were given up -> the one that counts.
COUNTS = "applications_that_count"
SAID_BY_THE_PAGE = {"earlier_exists", "nothing_to_confirm"}


@by_link(CONFIRM, methods=GET_POST)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A scanner that opens the link changes nothing; she presses a button."""
    if counts := request.session.get(COUNTS, {}).get(str(pk)):
        return redirect("application-status", pk=counts)
    application = get_object_or_404(Application.objects.select_related("cohort__programme__organisation"), pk=pk)
    say_terms_of(application.cohort)
    if request.method == "POST":
        return _confirm(request, application)
    if application.email_confirmed_at is not None or application.status != Status.SUBMITTED:
        return redirect("application-status", pk=pk)
    earlier = find_earlier(application)
    context = {
        "application": application,
        "cohort": application.cohort,
        "earlier": earlier,
        "other_role": None if earlier else find_other_role(application),
        "may_replace": earlier is not None and may_change(earlier, clock.now()),
    }
    return render(request, f"{TEMPLATES}/confirm.html", context)


def _confirm(request: HttpRequest, application: Application) -> HttpResponse:
    choice = request.POST.get("choice", "")
    try:
        counts = domain.confirm_email(application=application, choice=choice, by=_actor(request, CONFIRM))
    except DomainError as error:
        if error.code not in SAID_BY_THE_PAGE:
            messages.error(request, str(error.message))
        return redirect("application-confirm", pk=application.pk)
    grant_session(request, purpose=STATUS, subject_id=counts.pk)
    if counts.pk != application.pk:
        # A second press finds these answers erased and their link ended: it leads to those that count.
        grant_session(request, purpose=CONFIRM, subject_id=application.pk)
        request.session[COUNTS] = {**request.session.get(COUNTS, {}), str(application.pk): counts.pk}
    return redirect("application-status", pk=counts.pk)


@of_applicant(purpose=STATUS)
def status(request: HttpRequest, application: Application) -> HttpResponse:
    if application.status == Status.DRAFT:
        return redirect("application-resume", pk=application.pk)
    if application.status == Status.WITHDRAWN:
        return render(request, f"{TEMPLATES}/withdrawn.html", {"cohort": application.cohort})
    instant = clock.now()
    context = {
        "application": application,
        "cohort": application.cohort,
        "standing": describe_standing(application, instant),
        "short": short_answers(application),
        "answers": list_answers(application),
        "may_edit": may_change(application, instant),
        "today": name_day(wall_of(instant, application.time_zone or application.cohort.time_zone).date()),
    }
    return render(request, f"{TEMPLATES}/status.html", context)


@of_applicant(purpose=STATUS, methods=("POST",))
def language(request: HttpRequest, application: Application) -> HttpResponse:
    """The letters about this application; for her account, too, where she is signed in as its owner."""
    chosen = request.POST.get("language", "")
    response = redirect("application-status", pk=application.pk)
    try:
        domain.choose_application_language(application=application, language=chosen, by=_actor(request, STATUS))
    except DomainError as error:
        messages.error(request, str(error.message))
        return response
    if request.user.is_authenticated and application.user_id == request.user.pk:
        choose_language(user=person_of(request), language=chosen, by=Actor.of(request.user))
    remember_language(response, chosen)
    return response


@of_applicant(purpose=STATUS, methods=GET_POST)
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    if request.method == "POST":
        domain.withdraw_application(application=application, by=_actor(request, STATUS))
        grant_session(request, purpose=STATUS, subject_id=application.pk)
        return redirect("application-status", pk=application.pk)
    if application.status == Status.WITHDRAWN:
        return redirect("application-status", pk=application.pk)
    context = {"application": application, "cohort": application.cohort}
    return render(request, f"{TEMPLATES}/withdraw.html", context)


@of_applicant(purpose=STATUS, methods=("POST",))
def export(request: HttpRequest, application: Application) -> HttpResponse:
    """Whoever only filled in the form with this address gets what she wrote, no letters that went there."""
    limits.spend("export", f"application:{application.pk}", allowed=EXPORTS_AN_HOUR, seconds=3600)
    form = asked_form(request)
    email = application.email if has_link_or_account(request, application) else ""
    parts = export_personal_data(
        person=Person(email, application_id=application.pk),
        subject=application,
        form=form,
        by=_actor(request, STATUS),
        organisation_id=application.cohort.organisation_id,
        cohort_id=application.cohort_id,
    )
    return data_file(request, parts, form)


@own_account()
def my_applications(request: HttpRequest) -> HttpResponse:
    applications = own_applications(request.user)
    return render(
        request, f"{TEMPLATES}/my_applications.html", {"rows": [(each, say_badge(each)) for each in applications]}
    )


def _actor(request: HttpRequest, purpose: str) -> Actor:
    return Actor.of(request.user) if request.user.is_authenticated else Actor.link(purpose)
