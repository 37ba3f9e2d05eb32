from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from programmes.access.guards import public
from programmes.cohorts import queries
from programmes.cohorts.notices import CONDUCT_VERSION, PRIVACY_VERSION
from programmes.organisations.models import Organisation
from programmes.people.retention import notice_rules
from wimmentor.base.languages import say_terms


def _platform_contact() -> str:
    platform = Organisation.objects.filter(is_platform=True).only("contact_email").first()
    return platform.contact_email if platform else settings.SECURITY_CONTACT


@public("The privacy notice of the site.")
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "version": date.fromisoformat(PRIVACY_VERSION),
        "contact": _platform_contact(),
        "organisations": queries.public_organisations(),
        "kept": notice_rules(),
    }
    return render(request, "programmes/cohorts/privacy.html", context)


@public("The privacy notice of an organisation that runs programmes here.")
def organisation_privacy(request: HttpRequest, organisation: str) -> HttpResponse:
    controller = get_object_or_404(queries.public_organisations(), slug=organisation)
    say_terms(controller.terms)
    context = {
        "version": date.fromisoformat(PRIVACY_VERSION),
        "controller": controller,
        "contact": _platform_contact(),
        "kept": notice_rules(),
    }
    return render(request, "programmes/cohorts/organisation_privacy.html", context)


@public("The code of conduct.")
def conduct(request: HttpRequest) -> HttpResponse:
    context = {"version": date.fromisoformat(CONDUCT_VERSION), "contact": _platform_contact()}
    return render(request, "programmes/cohorts/conduct.html", context)


@public("Whom to ask.")
def site_help(request: HttpRequest) -> HttpResponse:
    context = {"contact": _platform_contact(), "organisations": queries.public_organisations()}
    return render(request, "programmes/cohorts/help.html", context)
