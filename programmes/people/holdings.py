"""What the site holds about a person: which rows, which columns, what she gets and why not the rest.

Every area registers its own part (`<area>/personal_data.py`). A model that no holding covers is registered as not
personal, with its reason; tests walk all models and columns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from programmes.people.models import User


@dataclass(frozen=True)
class Person:
    """Somebody with a proven address. `application_id`: she came by the link of one application, and gets what
    belongs to that one only."""

    email: str
    user: User | None = None
    application_id: int | None = None

    @classmethod
    def of(cls, user: User) -> "Person":
        return cls(user.email, user)


@dataclass(frozen=True)
class Holding:
    """`rows`: of this person. Every column is exported but those in `left_out` (name -> reason). `words` adds what
    makes a row readable (the name of a cohort)."""

    name: str
    title: Promise | str
    model: type[Model]
    rows: Callable[[Person], QuerySet[Any]]
    left_out: Mapping[str, str] = field(default_factory=dict)
    words: Callable[[Any], dict[str, Any]] | None = None


_holdings: dict[str, Holding] = {}
_not_personal: dict[str, str] = {}


def register_personal_data(*holdings: Holding) -> None:
    for holding in holdings:
        _holdings[holding.name] = holding


def register_not_personal(models: Mapping[str, str]) -> None:
    """Label of a model -> why none of its rows is about one person, or why she does not get it."""
    _not_personal.update(models)


def all_holdings() -> list[Holding]:
    return list(_holdings.values())


def not_personal() -> dict[str, str]:
    return dict(_not_personal)
