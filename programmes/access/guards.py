"""Decorators that say who may open a view. The route inventory and the permission matrix read what they leave."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import get_template

from programmes.access import links, tenancy
from programmes.access.permissions import Permission
from programmes.access.roles import roles_with

View = Callable[..., HttpResponse]
GET_POST = ("GET", "POST")


@dataclass(frozen=True)
class Access:
    permission: str
    methods: tuple[str, ...]
    reason: str = ""
    shared: bool = False
    roles: tuple[str, ...] = ()


def _refuse_method(request: HttpRequest, access: Access) -> HttpResponse:
    refusal = HttpResponseNotAllowed(access.methods)
    if request.method == "GET":  # somebody opened the address of a button
        refusal.content = get_template("405.html").render({"plain_page": True}, request)
    return refusal


def _guard(access: Access, opens: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """`opens(view, request, kwargs)` answers for the view or refuses; methods are checked first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            allowed = {*access.methods, "HEAD"} if "GET" in access.methods else set(access.methods)
            if request.method not in allowed:
                return _refuse_method(request, access)
            if request.method == "HEAD":  # a view that asks "is it GET, or else?" would do what only a POST may
                request.method = "GET"  # the server leaves the body out
            return opens(view, request, kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(reason: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    return _guard(Access("public", methods, reason, shared=True), lambda view, request, kwargs: view(request, **kwargs))


def own_account(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """One's own pages: the view loads only rows of request.user."""

    def opens(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, **kwargs)

    return _guard(Access(Permission.ACCOUNT_OWN, methods), opens)


def by_link(purpose: str, *, subject: str = "pk", methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Opened by a purpose link's short session for the subject id in the address."""

    def opens(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        if not links.may_by_link(request, purpose=purpose, subject_id=kwargs[subject]):
            raise Http404
        return view(request, **kwargs)

    return _guard(Access(f"link:{purpose}", methods), opens)


def on_platform(permission: Permission, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """IWiM staff, across organisations."""

    def opens(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        granted = tenancy.platform_permissions(request.user)
        if permission not in granted:
            raise PermissionDenied
        request.permissions = granted  # type: ignore[attr-defined]
        return view(request, **kwargs)

    return _guard(Access(permission, methods, shared=True, roles=tuple(roles_with(permission))), opens)


def in_tenant(
    permission: Permission,
    *,
    load: Callable[[Any, dict[str, Any]], tuple[str, Any, int]],
    methods: tuple[str, ...] = ("GET",),
) -> Callable[[View], View]:
    """`load(user, kwargs)` takes the slugs out of kwargs and returns (argument name, object, organisation id)
    through `visible_to`, or raises Http404. A stranger gets 404, a member without the right 403."""

    def opens(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        name, obj, organisation_id = load(request.user, kwargs)
        granted = tenancy.permissions_in(request.user, organisation_id)
        if permission not in granted:
            raise PermissionDenied
        request.permissions = granted  # type: ignore[attr-defined]
        return view(request, **{name: obj}, **kwargs)

    return _guard(Access(permission, methods, roles=tuple(roles_with(permission))), opens)
