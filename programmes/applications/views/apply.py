"""The form once there is a draft: its steps, a page with all answers, sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST
from programmes.access.links import grant_session, granted_link
from programmes.applications import domain
from programmes.applications.forms.base import StepForm
from programmes.applications.forms.steps import build_step_form, list_answers, open_steps
from programmes.applications.guards import CONFIRM, RESUME, STATUS, grant_editing, has_proven_address, of_applicant
from programmes.applications.models import Application
from programmes.applications.steps import CHECK, STEPS
from programmes.applications.views.pages import HOUR, TEMPLATES, Status, actor_of, go_back, go_on, page_of, words_of
from wimmentor.base import clock
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import spoken_now
from wimmentor.base.limits import client_address, spend, spend_letter


@of_applicant(purpose=RESUME, subject="key", methods=GET_POST)
def step(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    if elsewhere := _elsewhere(request, application):
        return elsewhere
    form = build_step_form(step, application, request.POST or None)
    if request.method == "POST":
        saved = form.is_valid() and _save(request, form)
        if "later" in request.POST:
            _send_link(request, application, saved=saved)
        elif "before" in request.POST and (saved or not form.has_changed()):
            return go_back(application, step)
        elif saved:
            return go_on(application, CHECK if "back" in request.GET else step)
        if saved:
            return redirect(request.get_full_path())
    return render(request, f"{TEMPLATES}/step.html", page_of(application, form=form, **words_of(step)))


def _elsewhere(request: HttpRequest, application: Application) -> HttpResponse | None:
    """Where she sees what can still be done, if it is not writing."""
    taking = application.cohort.takes_applications(clock.now())
    if application.status == Status.DRAFT:
        if taking or request.method == "POST":
            return None
        answers = list_answers(application)
        return render(request, f"{TEMPLATES}/late.html", page_of(application, answers=answers))
    if application.status == Status.SUBMITTED and (taking or request.method == "POST"):
        return None
    return redirect("application-status", pk=application.pk)


def _save(request: HttpRequest, form: StepForm) -> bool:
    try:
        domain.save_step(
            application=form.application,
            step=form.step,
            values=form.column_values(),
            answers=form.given_answers(),
            consents=form.given_consents(),
            language=spoken_now(),
            by=actor_of(request),
        )
    except DomainError as error:
        form.add_refusal(error)
        return False
    grant_editing(request, form.application)
    return True


@of_applicant(purpose=RESUME, subject="key", methods=GET_POST)
def check(request: HttpRequest, application: Application) -> HttpResponse:
    """All answers; Send."""
    if request.method == "POST" and application.status != Status.DRAFT:
        return redirect("apply-done", key=application.submission_key)
    if elsewhere := _elsewhere(request, application):
        return elsewhere
    missing = open_steps(application)
    if request.method == "POST" and not missing:
        return _submit(request, application)
    answers = list_answers(application)
    context = {"answers": answers, "missing": missing, "refused": request.method == "POST"}
    return render(request, f"{TEMPLATES}/check.html", page_of(application, **context))


def _submit(request: HttpRequest, application: Application) -> HttpResponse:
    proven = has_proven_address(request, application)
    try:
        sent = domain.submit_application(
            application=application,
            address_proven=proven,
            before_letter=lambda: spend_letter("application-for", application.email, request),
            by=actor_of(request),
        )
    except DomainError as error:
        if error.code != "late":
            messages.error(request, str(error.message))
        # The page of a late draft says when it closed, and shows what is kept.
        return redirect("apply-check", key=application.submission_key)
    grant_editing(request, sent)
    if not proven:
        return redirect("apply-done", key=sent.submission_key)
    if sent.email_confirmed_at is None:
        grant_session(request, purpose=CONFIRM, subject_id=sent.pk)
        return redirect("application-confirm", pk=sent.pk)
    # The link by which she came may have been opened hours ago.
    grant_session(request, purpose=STATUS, subject_id=sent.pk)
    return redirect("apply-done", key=sent.submission_key)


@of_applicant(purpose=RESUME, subject="key")
def done(request: HttpRequest, application: Application) -> HttpResponse:
    if application.status == Status.DRAFT:
        return redirect("apply-check", key=application.submission_key)
    if application.status == Status.WITHDRAWN:
        return redirect("application-status", pk=application.pk)
    return render(request, f"{TEMPLATES}/done.html", page_of(application))


@of_applicant(purpose=RESUME, subject="key", methods=("POST",))
def send(request: HttpRequest, application: Application) -> HttpResponse:
    """The link to go on, or once more the link that confirms the address."""
    _send_link(request, application, saved=True)
    if application.status == Status.SUBMITTED and application.email_confirmed_at is None:
        return redirect("apply-done", key=application.submission_key)
    return redirect("application-status", pk=application.pk)


@of_applicant(purpose=RESUME)
def resume(request: HttpRequest, application: Application) -> HttpResponse:
    """Where the link to go on leads: the first step that is open."""
    # Whoever only opened a link that went to a mistyped address loses this with the link.
    grant_editing(request, application, link_id=granted_link(request, purpose=RESUME, subject_id=application.pk))
    missing = open_steps(application) if application.status == Status.DRAFT else []
    if missing:
        return redirect("apply-step", key=application.submission_key, step=missing[0])
    return redirect("apply-check", key=application.submission_key)


def _send_link(request: HttpRequest, application: Application, *, saved: bool) -> None:
    try:
        spend("application-link-from", client_address(request), allowed=30, seconds=HOUR)
        spend_letter("application-link-for", application.email, request)
        domain.send_link(application=application, by=actor_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
        return
    words = _("The link is on its way to %(email)s.") % {"email": application.email}
    if not saved:
        words = _("%(sent)s This step is kept once the marked answers are changed.") % {"sent": words}
    messages.success(request, words)
