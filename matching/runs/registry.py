"""What the board knows about pairs and a run must respect; filled in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass, field

from programmes.cohorts.models import Cohort

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class PairWishes:
    """(mentee application id, mentor application id). `held` pairs have a live offer: they stay as they are."""

    locked: Pairs = field(default_factory=frozenset)
    forbidden: Pairs = field(default_factory=frozenset)
    held: Pairs = field(default_factory=frozenset)


_sources: list[Callable[[Cohort], PairWishes]] = []


def register_wish_source(source: Callable[[Cohort], PairWishes]) -> None:
    _sources.append(source)


def wishes_of(cohort: Cohort) -> PairWishes:
    locked: set[tuple[int, int]] = set()
    forbidden: set[tuple[int, int]] = set()
    held: set[tuple[int, int]] = set()
    for source in _sources:
        wishes = source(cohort)
        locked |= wishes.locked
        forbidden |= wishes.forbidden
        held |= wishes.held
    return PairWishes(frozenset(locked), frozenset(forbidden), frozenset(held))
