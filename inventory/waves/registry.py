"""What higher areas do when a wave is published."""

from collections.abc import Callable

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
