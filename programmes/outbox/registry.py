"""How a cohort is found by its address: cohorts stand above the outbox, so they tell. Filled in registrations."""

from collections.abc import Callable
from typing import Any

# (user, keyword arguments of the route) -> (argument name, cohort, organisation id), or Http404.
Loader = Callable[[Any, dict[str, Any]], tuple[str, Any, int]]
_loaders: list[Loader] = []


def register_cohort_loader(loader: Loader) -> None:
    _loaders[:] = [loader]


def load_cohort(user: Any, kwargs: dict[str, Any]) -> tuple[str, Any, int]:
    return _loaders[0](user, kwargs)
