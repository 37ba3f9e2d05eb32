"""The first step, before there is a draft."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.access.guards import GET_POST, public
from programmes.applications import domain
from programmes.applications.forms.about import StartForm
from programmes.applications.guards import grant_editing
from programmes.applications.models import Application
from programmes.applications.views.pages import HOUR, TEMPLATES, actor_of, go_on, page_of, words_of
from programmes.cohorts.guards import say_terms_of
from programmes.cohorts.models import Cohort
from programmes.cohorts.queries import public_cohorts
from wimmentor.base import clock
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import spoken_now
from wimmentor.base.limits import client_address, spend


@public("Everybody may apply; an account is not needed.", methods=GET_POST)
def start(request: HttpRequest, organisation: str, programme: str, cohort: str, role: str) -> HttpResponse:
    application = _blank_application(organisation, programme, cohort, role)
    say_terms_of(application.cohort)
    taking = application.cohort.takes_applications(clock.now())
    # Whoever opened the form in time and sends it late keeps her text.
    if not taking and (request.method == "GET" or application.cohort.opens_at > clock.now()):
        return render(request, f"{TEMPLATES}/closed.html", page_of(application, taking_soon=_taking_soon(application)))
    form = StartForm(request.POST or None, application=application, initial=_known_of(request))
    if request.method == "POST" and form.is_valid():
        started = _start(request, form)
        if started is not None:
            return go_on(started, "about")
    return render(request, f"{TEMPLATES}/step.html", page_of(application, form=form, **words_of("about")))


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
        started = domain.start_application(
            cohort=form.application.cohort,
            role=form.application.role,
            submission_key=form.cleaned_data["submission_key"],
            values=form.column_values(),
            answers=form.given_answers(),
            language=spoken_now(),
            by=actor_of(request),
        )
    except DomainError as error:
        form.add_refusal(error)
        return None
    # Once it is sent, whoever still has this form and its key has to come by a link of our e-mails.
    if started.status == Application.Status.DRAFT:
        grant_editing(request, started)
    return started
