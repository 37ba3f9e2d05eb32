"""What the pages of the form share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from programmes.applications.guards import EDIT
from programmes.applications.models import Application
from programmes.applications.steps import CHECK, STEPS, position, step_after, step_before
from wimmentor.base.actors import Actor

TEMPLATES = "programmes/applications/apply"
HOUR = 3600
Status = Application.Status


def go_on(application: Application, step: str) -> HttpResponse:
    if application.status != Status.DRAFT or step == CHECK:
        return redirect("apply-check", key=application.submission_key)
    following = step_after(step)
    if following == CHECK:
        return redirect("apply-check", key=application.submission_key)
    return redirect("apply-step", key=application.submission_key, step=following)


def go_back(application: Application, step: str) -> HttpResponse:
    return redirect("apply-step", key=application.submission_key, step=step_before(step) or step)


def actor_of(request: HttpRequest) -> Actor:
    return Actor.of(request.user) if request.user.is_authenticated else Actor.link(EDIT)


def page_of(application: Application, **context: object) -> dict[str, object]:
    cohort = application.cohort
    return {
        "application": application,
        "cohort": cohort,
        "programme": cohort.programme,
        "controller": cohort.programme.organisation,
        **context,
    }


def words_of(step: str) -> dict[str, object]:
    before = step_before(step)
    return {
        "step": STEPS[step],
        "number": position(step),
        "total": len(STEPS),
        "before": before,
        "before_number": position(before) if before else 0,
    }
