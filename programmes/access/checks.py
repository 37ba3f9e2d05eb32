"""System checks: no view without a guard, no model of ours without its path to the organisation."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from programmes.access.guards import Access
from programmes.access.tenancy import check_models

OUR_APPS = ("programmes", "matching", "inventory")
# Routes of packages: who may open them is written down here, since their views carry no guard.
FOREIGN: dict[str, Access] = {}


def register_foreign(name: str, access: Access) -> None:
    FOREIGN[name] = access


def walk(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, str, Any]]:
    """(name, path, callback) of every route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "", path, pattern.callback


def access_of(name: str, callback: Any) -> Access | None:
    return getattr(callback, "access", None) or FOREIGN.get(name)


@register()
def check_routes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"The route {path!r} ({name or 'no name'}) has no guard: nobody may open it.", id="access.E002")
        for name, path, callback in walk()
        if access_of(name, callback) is None
    ]


@register()
def check_tenancy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    ours = [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]
    return check_models(ours)
