"""People, settings and solutions as plain JSON values: sorted, stable, and read back only if well formed."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .model import CohortError, Mentee, Mentor, Person, Problem, Settings
from .result import Solution

T = TypeVar("T")
Json = dict[str, Any]


def _to_plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _to_plain(value[key]) for key in sorted(value)}
    if isinstance(value, frozenset):
        return [_to_plain(item) for item in sorted(value)]
    if isinstance(value, list | tuple):
        return [_to_plain(item) for item in value]
    return value


def cohort_to_json(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> Json:
    return {"mentees": _list_people(mentees), "mentors": _list_people(mentors), "settings": _to_plain(settings)}


def _list_people(people: Iterable[Person]) -> list[Json]:
    return [_to_plain(person) for person in sorted(people, key=attrgetter("id"))]


def solution_to_json(solution: Solution) -> Json:
    plain: Json = _to_plain(solution)
    return plain


def _hash_plain(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def hash_settings(settings: Settings) -> str:
    return _hash_plain(_to_plain(settings))


def hash_people(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> str:
    """Of every field of everybody, in order of id."""
    digest = hashlib.sha256()
    for kind, people in ((Mentee, mentees), (Mentor, mentors)):
        names = [field.name for field in fields(kind)]
        read = attrgetter(*names)
        rows = [read(person) for person in sorted(people, key=attrgetter("id"))]
        digest.update(json.dumps([names, rows], separators=(",", ":"), sort_keys=True, default=_sort_set).encode())
    return digest.hexdigest()


def _sort_set(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else _to_plain(value)


def cohort_from_json(document: Mapping[str, Any]) -> tuple[list[Mentee], list[Mentor], Settings]:
    """Left-out optional fields take their defaults. Raises CohortError with every field that cannot be read."""
    problems: list[Problem] = []
    mentees = _read_people(Mentee, document, "mentees", problems)
    mentors = _read_people(Mentor, document, "mentors", problems)
    settings = _Reader("", problems).read(Settings, document.get("settings", {}), "settings")
    if problems:
        raise CohortError(problems)
    return mentees, mentors, settings


def _read_people(kind: type[T], document: Mapping[str, Any], key: str, problems: list[Problem]) -> list[T]:
    rows = document.get(key)
    if not isinstance(rows, list):
        problems.append(Problem("", key, "missing", f"{key!r} must be a list."))
        return []
    readers = [_Reader(str(row.get("id", "")) if isinstance(row, dict) else "", problems) for row in rows]
    return [reader.read(kind, row, key) for reader, row in zip(readers, rows, strict=True)]


def solution_from_json(document: Mapping[str, Any]) -> Solution:
    """Raises CohortError if the document is no solution; whether it is a true one is for `verify` to say."""
    problems: list[Problem] = []
    solution: Solution = _Reader("", problems).read(Solution, document, "solution")
    if problems:
        raise CohortError(problems)
    return solution


@cache
def _read_hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _can_be_hashed(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_can_be_hashed, value))
    return not isinstance(value, list | dict)


class _Reader:
    """Reads plain values as the annotated types and notes what does not fit."""

    def __init__(self, row_id: str, problems: list[Problem]) -> None:
        self.row_id, self.problems = row_id, problems

    def read(self, kind: Any, value: Any, name: str) -> Any:
        if kind is Any:
            return value
        if is_dataclass(kind) and isinstance(value, dict):
            return self._read_record(kind, value, name)
        if get_origin(kind) in (Union, UnionType):
            return None if value is None else self.read(get_args(kind)[0], value, name)
        if get_origin(kind) in (tuple, frozenset) and isinstance(value, list):
            return self._read_items(kind, value, name)
        if get_origin(kind) in (dict, Mapping) and isinstance(value, dict):
            return {key: self.read(get_args(kind)[1], item, name) for key, item in value.items()}
        if type(value) is not kind:
            told = kind.__name__ if isinstance(kind, type) else str(kind)
            self._note(name, "wrong_type", f"{name} holds {value!r}, which is no {told}.")
        return value

    def _read_record(self, kind: Any, value: Json, name: str) -> Any:
        hints = _read_hints(kind)
        for key in sorted(value.keys() - hints.keys()):
            self._note(key, "unknown_field", f"{name} has no field {key!r}.")
        found = {key: self.read(hints[key], value[key], key) for key in hints if key in value}
        try:
            return kind(**found)
        except TypeError:
            missing = sorted(field.name for field in fields(kind) if field.name not in found)
            self._note(name, "missing", f"{name} lacks a field; not given: {', '.join(missing)}.")
            return None

    def _read_items(self, kind: Any, value: list[Any], name: str) -> Any:
        arguments = get_args(kind)
        if get_origin(kind) is tuple and Ellipsis not in arguments:
            if len(value) != len(arguments):
                self._note(name, "wrong_type", f"{name} holds {value!r}, which has not {len(arguments)} entries.")
            return tuple(self.read(one, item, name) for one, item in zip(arguments, value, strict=False))
        items = [self.read(arguments[0], item, name) for item in value]
        if get_origin(kind) is tuple:
            return tuple(items)
        # what cannot be hashed has been noted as a wrong type
        return frozenset(item for item in items if _can_be_hashed(item))

    def _note(self, field: str, code: str, message: str) -> None:
        self.problems.append(Problem(self.row_id, field, code, message))
