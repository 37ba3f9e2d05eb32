"""What higher areas do when a wave is published, and what they leave out of what it told."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from inventory.waves.models import Wave
from wimmentor.base.actors import Actor

Follower = Callable[[Wave, Actor], None]
_followers: list[Follower] = []


def on_wave_published(follow: Follower) -> None:
    """`follow(wave, by)`: inside the transaction that publishes."""
    if follow not in _followers:
        _followers.append(follow)


def tell_published(wave: Wave, by: Actor) -> None:
    for follow in _followers:
        follow(wave, by)


@dataclass(frozen=True)
class LeftOut:
    """Ids; of an organisation all that it told."""

    organisations: Collection[int] = ()
    initiatives: Collection[int] = ()


FindLeftOut = Callable[[Wave], LeftOut]
_finders: list[FindLeftOut] = []


def register_left_out(find: FindLeftOut) -> None:
    """`find(wave)`: what it told and nobody is shown any more."""
    if find not in _finders:
        _finders.append(find)


def left_out_of(wave: Wave) -> LeftOut:
    found = [find(wave) for find in _finders]
    return LeftOut(
        [pk for each in found for pk in each.organisations], [pk for each in found for pk in each.initiatives]
    )
