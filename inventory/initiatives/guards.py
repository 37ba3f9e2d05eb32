"""An organisation's answers: opened by its members who keep the inventory, by the link that a wave sent to it, and,
where it has no member (companies, somebody who answered by telephone), by IWiM staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from programmes.access.guards import View, public
from programmes.access.links import may_by_link
from programmes.access.permissions import Permission
from programmes.access.tenancy import platform_permissions
from programmes.organisations.guards import in_organisation
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.languages import say_terms

ANSWER = "inventory.answer"
BY_LINK = frozenset({Permission.INVENTORY_VIEW, Permission.INVENTORY_EDIT})


def keeps_inventory(
    permission: Permission = Permission.INVENTORY_EDIT, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], View]:
    """For routes with <slug:organisation>; the view gets `organisation`. The link's subject is the organisation."""

    def decorate(view: View) -> View:
        opened = in_organisation(permission, methods=methods)(view)

        @public("replaced below", methods=methods)
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            organisation = _linked(request, kwargs["organisation"])
            request.by_link = organisation is not None  # type: ignore[attr-defined]
            organisation = organisation or _looked_after(request, kwargs["organisation"])
            if organisation is None:
                return opened(request, **kwargs)
            del kwargs["organisation"]
            request.permissions = BY_LINK  # type: ignore[attr-defined]
            say_terms(organisation.terms)
            return view(request, organisation=organisation, **kwargs)

        guarded.access = opened.access  # type: ignore[attr-defined]
        return guarded

    return decorate


def actor_of(request: HttpRequest) -> Actor:
    """Who came by the link is known by it alone, also where somebody else is signed in."""
    return Actor.link(ANSWER) if getattr(request, "by_link", False) else Actor.of(request.user)


def _linked(request: HttpRequest, slug: str) -> Organisation | None:
    """Members come by their own right, so that their names stand by what they change."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None or not may_by_link(request, purpose=ANSWER, subject_id=organisation.pk):
        return None
    user = request.user
    if user.is_authenticated and organisation.memberships.filter(user_id=user.pk).exists():
        return None
    return organisation


def _looked_after(request: HttpRequest, slug: str) -> Organisation | None:
    """Nobody else could write for it."""
    user = request.user
    if not user.is_authenticated or Permission.INVENTORY_REVIEW not in platform_permissions(user):
        return None
    return Organisation.objects.filter(slug=slug, memberships=None).first()
