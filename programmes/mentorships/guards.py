"""Pages of one person about one pair: opened by her purpose link, or signed in by the account of her application."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from programmes.access.guards import Access, View, by_link, public


def by_link_or_owner(
    purpose: str, *, owner: Callable[[int], int | None], methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], View]:
    """`owner` gives the user id behind a subject id. For everybody else it is the same as `by_link`."""

    def decorate(view: View) -> View:
        opened = by_link(purpose, methods=methods)(view)

        @public("replaced below", methods=methods)
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            user = request.user
            if user.is_authenticated and owner(kwargs["pk"]) == user.pk:
                return view(request, **kwargs)
            return opened(request, **kwargs)

        guarded.access = Access(f"link:{purpose}", methods)  # type: ignore[attr-defined]
        return guarded

    return decorate
