"""The form that everybody can fill in: five steps, a page with all answers, sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from programmes.access.guards import GET_POST, public
from programmes.access.links import grant_session
from programmes.applications import domain
from programmes.applications.forms.about import StartForm
from programmes.applications.forms.base import StepForm
from programmes.applications.forms.steps import build_step_form, list_answers, open_steps
from programmes.applications.guards import CONFIRM, EDIT, has_proven_address, of_applicant
from programmes.applications.models import Application
from programmes.applications.steps import CHECK, STEPS, position, step_after, step_before
from programmes.cohorts.models import Cohort
from programmes.cohorts.queries import public_cohorts
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.limits import client_address, spend
from wimmentor.base.text import fold_email

TEMPLATES = "programmes/applications/apply"
HOUR = 3600
Status = Application.Status


@public("Everybody may apply; an account is not needed.", methods=GET_POST)
def start(request: HttpRequest, organisation: str, programme: str, cohort: str, role: str) -> HttpResponse:
    application = _blank_application(organisation, programme, cohort, role)
    taking = application.cohort.takes_applications(clock.now())
    # Whoever opened the form in time and sends it late keeps her text.
    if not taking and (request.method == "GET" or application.cohort.opens_at > clock.now()):
        return render(request, f"{TEMPLATES}/closed.html", _page(application, taking_soon=_taking_soon(application)))
    form = StartForm(request.POST or None, application=application, initial=_known_of(request))
    if request.method == "POST" and form.is_valid():
        started = _start(request, form)
        if started is not None:
            return _go_on(started, "about")
    return render(request, f"{TEMPLATES}/step.html", _page(application, form=form, **_step_words("about")))


def _blank_application(organisation: str, programme: str, cohort: str, role: str) -> Application:
    found = (
        public_cohorts()
        .exclude(phase=Cohort.Phase.DRAFT)
        .filter(programme__organisation__slug=organisation, programme__slug=programme, slug=cohort)
        .select_related("programme__organisation", "mentee_questions", "mentor_questions")
        .first()
    )
    if found is None or role not in Application.Role.values:
        raise Http404
    questions = found.mentor_questions if role == Application.Role.MENTOR else found.mentee_questions
    return Application(cohort=found, role=role, questionnaire=questions)


def _taking_soon(application: Application) -> bool:
    return application.cohort.phase == Cohort.Phase.OPEN and application.cohort.opens_at > clock.now()


def _known_of(request: HttpRequest) -> dict[str, str]:
    if not request.user.is_authenticated:
        return {}
    first, _blank, last = request.user.name.partition(" ")
    return {"email": request.user.email, "first_name": first, "last_name": last}


def _start(request: HttpRequest, form: StartForm) -> Application | None:
    """None: the refusal stands in the form."""
    try:
        spend("application-from", client_address(request), allowed=60, seconds=HOUR)
        spend("application-for", fold_email(form.cleaned_data["email"]), allowed=20, seconds=HOUR)
        started = domain.start_application(
            cohort=form.application.cohort,
            role=form.application.role,
            submission_key=form.cleaned_data["submission_key"],
            values=form.column_values(),
            answers=form.given_answers(),
            by=_actor(request),
        )
    except DomainError as error:
        form.add_refusal(error)
        return None
    grant_session(request, purpose=EDIT, subject_id=started.pk)
    return started


@of_applicant(purpose=EDIT, subject="key", methods=GET_POST)
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
        elif saved:
            return _go_on(application, CHECK if "back" in request.GET else step)
        if saved:
            return redirect(request.get_full_path())
    return render(request, f"{TEMPLATES}/step.html", _page(application, form=form, **_step_words(step)))


def _elsewhere(request: HttpRequest, application: Application) -> HttpResponse | None:
    """Where she sees what can still be done, if it is not writing."""
    taking = application.cohort.takes_applications(clock.now())
    if application.status == Status.DRAFT:
        if taking or request.method == "POST":
            return None
        answers = list_answers(application)
        return render(request, f"{TEMPLATES}/late.html", _page(application, answers=answers))
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
            by=_actor(request),
        )
    except DomainError as error:
        form.add_refusal(error)
        return False
    grant_session(request, purpose=EDIT, subject_id=form.application.pk)
    return True


def _go_on(application: Application, step: str) -> HttpResponse:
    if application.status != Status.DRAFT or step == CHECK:
        return redirect("apply-check", key=application.submission_key)
    following = step_after(step)
    if following == CHECK:
        return redirect("apply-check", key=application.submission_key)
    return redirect("apply-step", key=application.submission_key, step=following)


@of_applicant(purpose=EDIT, subject="key", methods=GET_POST)
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
    return render(request, f"{TEMPLATES}/check.html", _page(application, **context))


def _submit(request: HttpRequest, application: Application) -> HttpResponse:
    proven = has_proven_address(request, application)
    try:
        sent = domain.submit_application(application=application, address_proven=proven, by=_actor(request))
    except DomainError as error:
        if error.code != "late":
            messages.error(request, str(error.message))
        # The page of a late draft says when it closed, and shows what is kept.
        return redirect("apply-check", key=application.submission_key)
    if proven and sent.email_confirmed_at is None:
        grant_session(request, purpose=CONFIRM, subject_id=sent.pk)
        return redirect("application-confirm", pk=sent.pk)
    return redirect("apply-done", key=sent.submission_key)


@of_applicant(purpose=EDIT, subject="key")
def done(request: HttpRequest, application: Application) -> HttpResponse:
    if application.status == Status.DRAFT:
        return redirect("apply-check", key=application.submission_key)
    if application.status == Status.WITHDRAWN:
        return redirect("application-status", pk=application.pk)
    return render(request, f"{TEMPLATES}/done.html", _page(application))


@of_applicant(purpose=EDIT, subject="key", methods=("POST",))
def send(request: HttpRequest, application: Application) -> HttpResponse:
    """The link to go on, or once more the link that confirms the address."""
    _send_link(request, application, saved=True)
    if application.status == Status.SUBMITTED and application.email_confirmed_at is None:
        return redirect("apply-done", key=application.submission_key)
    return redirect("application-status", pk=application.pk)


@of_applicant(purpose="application.resume")
def resume(request: HttpRequest, application: Application) -> HttpResponse:
    """Where the link to go on leads: the first step that is open."""
    grant_session(request, purpose=EDIT, subject_id=application.pk)
    missing = open_steps(application) if application.status == Status.DRAFT else []
    if missing:
        return redirect("apply-step", key=application.submission_key, step=missing[0])
    return redirect("apply-check", key=application.submission_key)


def _send_link(request: HttpRequest, application: Application, *, saved: bool) -> None:
    try:
        spend("application-link-from", client_address(request), allowed=30, seconds=HOUR)
        spend("application-link-for", application.email, allowed=6, seconds=HOUR)
        domain.send_link(application=application, by=_actor(request))
    except DomainError as error:
        messages.error(request, str(error.message))
        return
    words = _("The link is on its way to %(email)s.") % {"email": application.email}
    if not saved:
        words = _("%(sent)s This step is kept once the marked answers are changed.") % {"sent": words}
    messages.success(request, words)


def _actor(request: HttpRequest) -> Actor:
    return Actor.of(request.user) if request.user.is_authenticated else Actor.link(EDIT)


def _page(application: Application, **context: object) -> dict[str, object]:
    cohort = application.cohort
    return {
        "application": application,
        "cohort": cohort,
        "programme": cohort.programme,
        "controller": cohort.programme.organisation,
        **context,
    }


def _step_words(step: str) -> dict[str, object]:
    before = step_before(step)
    return {
        "step": STEPS[step],
        "number": position(step),
        "total": len(STEPS),
        "before": before,
        "before_number": position(before) if before else 0,
    }
