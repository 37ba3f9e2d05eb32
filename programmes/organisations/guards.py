from typing import Any

from django.http import Http404

from programmes.access.guards import in_tenant
from programmes.access.permissions import Permission
from programmes.access.tenancy import visible_to
from programmes.organisations.models import Organisation
from wimmentor.base.languages import say_terms


def load_organisation(user: Any, kwargs: dict[str, Any]) -> tuple[str, Organisation, int]:
    organisation = visible_to(user, Organisation.objects.all()).filter(slug=kwargs.pop("organisation")).first()
    if organisation is None:
        raise Http404
    say_terms(organisation.terms)
    return "organisation", organisation, organisation.pk


def in_organisation(permission: Permission, *, methods: tuple[str, ...] = ("GET",)) -> Any:
    """For routes with <slug:organisation>: the view gets `organisation`."""
    return in_tenant(permission, load=load_organisation, methods=methods)
