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


@dataclass(frozen=True)
class Note:
    """`write(token)` in the restore's transaction, in a place that stays; `is_there(token)` asks afterwards."""

    write: Callable[[str], object]
    is_there: Callable[[str], bool]


_notes: list[Note] = []
_before: list[Callable[[], object]] = []
_steps: dict[str, AfterRestore] = {}


def register_after_restore(step: AfterRestore) -> None:
    _steps[step.name] = step


def register_before_restore(function: Callable[[], object]) -> None:
    """`function` puts in safety, outside the database, what the database alone knows and must outlive it."""
    if function not in _before:
        _before.append(function)


def register_note(note: Note) -> None:
    if note not in _notes:
        _notes.append(note)


def write_note(token: str) -> None:
    for note in _notes:
        note.write(token)


def is_noted(token: str) -> bool:
    """Whether the restore of this token came in."""
    return any(note.is_there(token) for note in _notes)


def prepare_restore() -> None:
    for function in _before:
        function()


def steps_after_restore() -> list[AfterRestore]:
    return list(_steps.values())
