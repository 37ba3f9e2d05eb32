"""What the areas do once a backup is in the database, before anybody sees it. Filled in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class AfterRestore:
    """`run` is called inside the restore's transaction, in the order of registration, and counts what it changed;
    `what` says in the command's output what was counted; without it nothing is said."""

    name: str
    what: str | Promise
    run: Callable[[], int]


_before: list[Callable[[], object]] = []
_steps: dict[str, AfterRestore] = {}


def register_after_restore(step: AfterRestore) -> None:
    _steps[step.name] = step


def register_before_restore(function: Callable[[], object]) -> None:
    """`function` puts in safety, outside the database, what the database alone knows and must outlive it."""
    if function not in _before:
        _before.append(function)


def prepare_restore() -> None:
    for function in _before:
        function()


def steps_after_restore() -> list[AfterRestore]:
    return list(_steps.values())
