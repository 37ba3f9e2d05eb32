"""Objects load through `visible_to`: another organisation's id is as good as an id that does not exist."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error
from django.db import models

from programmes.access.permissions import Permission
from programmes.access.roles import permissions_of_roles

M = TypeVar("M", bound=models.Model)
# A function (user id) -> queryset of rows with organisation_id and role; filled by the organisations area.
_sources: list[Callable[[int], models.QuerySet[Any]]] = []


def register_membership_source(source: Callable[[int], models.QuerySet[Any]]) -> None:
    _sources[:] = [source]


def memberships_of(user: Any) -> models.QuerySet[Any]:
    return _sources[0](user.pk)


def visible_to(user: Any, queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """The rows that belong to an organisation of which `user` is a member."""
    path: str | None = getattr(queryset.model, "tenancy_path", None)
    if path is None or not user.is_authenticated:
        return queryset.none()
    return queryset.filter(**{f"{path}__in": memberships_of(user).values("organisation_id")})


def permissions_in(user: Any, organisation_id: int) -> frozenset[Permission]:
    if not user.is_authenticated:
        return frozenset()
    roles = memberships_of(user).filter(organisation_id=organisation_id).values_list("role", flat=True)
    return permissions_of_roles(set(roles))


def platform_permissions(user: Any) -> frozenset[Permission]:
    """What a member of the platform's own organisation may do across organisations."""
    if not user.is_authenticated:
        return frozenset()
    roles = memberships_of(user).filter(organisation__is_platform=True).values_list("role", flat=True)
    return permissions_of_roles(set(roles))


def check_models(models_to_check: list[type[models.Model]]) -> list[CheckMessage]:
    """Every model of ours names its path to the organisation, or says why it has none."""
    return [
        Error(
            f"{model.__name__} names no tenancy_path. Name one, or None with a tenancy_reason.",
            obj=model,
            id="access.E001",
        )
        for model in models_to_check
        if not hasattr(model, "tenancy_path") or (model.tenancy_path is None and not hasattr(model, "tenancy_reason"))
    ]
