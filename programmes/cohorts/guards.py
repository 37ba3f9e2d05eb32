from typing import Any

from django.http import Http404

from programmes.access.guards import in_tenant
from programmes.access.permissions import Permission
from programmes.access.tenancy import visible_to
from programmes.cohorts.models import Cohort, Programme
from wimmentor.base.languages import say_terms


def load_programme(user: Any, kwargs: dict[str, Any]) -> tuple[str, Programme, int]:
    found = visible_to(user, Programme.objects.select_related("organisation")).filter(
        organisation__slug=kwargs.pop("organisation"), slug=kwargs.pop("programme")
    )
    programme = found.first()
    if programme is None:
        raise Http404
    say_terms(programme.organisation.terms)
    return "programme", programme, programme.organisation_id


def load_cohort(user: Any, kwargs: dict[str, Any]) -> tuple[str, Cohort, int]:
    found = visible_to(user, Cohort.objects.select_related("programme__organisation")).filter(
        programme__organisation__slug=kwargs.pop("organisation"),
        programme__slug=kwargs.pop("programme"),
        slug=kwargs.pop("cohort"),
    )
    cohort = found.first()
    if cohort is None:
        raise Http404
    say_terms_of(cohort)
    return "cohort", cohort, cohort.programme.organisation_id


def in_programme(permission: Permission, *, methods: tuple[str, ...] = ("GET",)) -> Any:
    """For routes with <slug:organisation>/<slug:programme>: the view gets `programme`."""
    return in_tenant(permission, load=load_programme, methods=methods)


def in_cohort(permission: Permission, *, methods: tuple[str, ...] = ("GET",)) -> Any:
    """For routes with <slug:organisation>/<slug:programme>/<slug:cohort>: the view gets `cohort`."""
    return in_tenant(permission, load=load_cohort, methods=methods)


def say_terms_of(cohort: Cohort) -> None:
    """For pages of participants: the words of the organisation whose cohort it is."""
    say_terms(cohort.programme.organisation.terms)
