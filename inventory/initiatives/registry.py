"""Parts of the public directory and of an organisation's inventory page that higher areas fill (waves, analysis,
publications)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from inventory.initiatives.models import Record
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor


@dataclass(frozen=True)
class PagePart:
    template: str
    context: dict[str, Any]


ChangeFollower = Callable[[int, Actor], None]
DirectoryPart = Callable[[HttpRequest], PagePart | None]
OwnPart = Callable[[HttpRequest, Organisation], PagePart | None]
_directory: dict[str, list[DirectoryPart]] = {"above": [], "below": []}
_own: list[OwnPart] = []


def register_directory_part(make: DirectoryPart, *, place: str) -> None:
    """`place`: above or below the list."""
    if make not in _directory[place]:
        _directory[place].append(make)


def register_own_part(make: OwnPart) -> None:
    if make not in _own:
        _own.append(make)


def directory_parts(request: HttpRequest, place: str) -> list[PagePart]:
    return [part for make in _directory[place] if (part := make(request)) is not None]


def own_parts(request: HttpRequest, organisation: Organisation) -> list[PagePart]:
    return [part for make in _own if (part := make(request, organisation)) is not None]


_followers: list[ChangeFollower] = []


def on_answers_changed(follow: ChangeFollower) -> None:
    """`follow(organisation id, by)`: somebody has written something for this organisation."""
    if follow not in _followers:
        _followers.append(follow)


def tell_changed(organisation_id: int, by: Actor) -> None:
    for follow in _followers:
        follow(organisation_id, by)


_withdrawals: list[ChangeFollower] = []


def on_withdrawn(follow: ChangeFollower) -> None:
    """`follow(organisation id, by)`: it has changed what it allows, or an entry was taken off the public list. Inside
    the transaction."""
    if follow not in _withdrawals:
        _withdrawals.append(follow)


def tell_withdrawn(organisation_id: int, by: Actor) -> None:
    for follow in _withdrawals:
        follow(organisation_id, by)


LeaveOut = Callable[[QuerySet[Record]], QuerySet[Record]]
_read_elsewhere: list[LeaveOut] = []


def register_read_elsewhere(leave_out: LeaveOut) -> None:
    """`leave_out(records)`: without those that are read together with others (as a response to a wave)."""
    if leave_out not in _read_elsewhere:
        _read_elsewhere.append(leave_out)


def read_here(records: QuerySet[Record]) -> QuerySet[Record]:
    for leave_out in _read_elsewhere:
        records = leave_out(records)
    return records


WayOn = Callable[[Organisation], str | None]
_ways: list[WayOn] = []


def register_way_on(find: WayOn) -> None:
    """`find(organisation)`: the address to go on at once a short form is answered, if there is something to go on."""
    if find not in _ways:
        _ways.append(find)


def way_on(organisation: Organisation, otherwise: str) -> str:
    return next((address for find in _ways if (address := find(organisation))), otherwise)
