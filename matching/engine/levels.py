"""All stages as one whole number per pair, so that a change has one price that says what it costs in each of them.

A pair counts `pair`, and `weight` for every level that it reaches, and its points. Each unit is greater than whatever
all smaller ones together can change along a chain of exchanges, so sums are compared stage by stage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from .field import Ints
from .model import CohortError, Problem, Settings
from .result import Certificate
from .score import Points
from .validation import MAX_CAPACITY, TOP_POINTS

FAR: Final = np.int64(2**61)  # no pair, no path
_MOST: Final = 2**59


@dataclass(frozen=True)
class Levels:
    """`bands`: (points, weight), the gravest last. `pair`, `point`: weight of a pair and of each of its points. Every
    mentee who moves costs `move`, so that among equal exchanges the shortest is found."""

    bands: tuple[tuple[int, int], ...]
    pair: int
    point: int
    move: int

    @property
    def full(self) -> int:
        """A pair that reaches every level, without its points."""
        return self.pair + sum(weight for _points, weight in self.bands)

    def worth(self, points: Points) -> Ints:
        """-FAR where a pair is not admissible."""
        worth: Ints = self._table[points]
        return worth

    @cached_property
    def _table(self) -> Ints:
        """By points; the last entry is that of -1."""
        points = np.arange(TOP_POINTS + 2)
        worth = self.full + self.point * points
        for level, weight in self.bands:
            worth[points < level] -= weight
        worth[-1] = -FAR
        return worth

    def split(self, loss: int) -> tuple[int, tuple[int, ...], int]:
        """Pairs, pairs that reach each of `bands`, and points that a loss stands for; any of them may be negative."""
        parts = []
        for unit in (self.pair, *(weight for _points, weight in reversed(self.bands)), self.point):
            part = (2 * loss + unit) // (2 * unit)
            parts.append(part)
            loss -= part * unit
        return parts[0], tuple(reversed(parts[1:-1])), parts[-1]


def find_levels(settings: Settings, certificate: Certificate, shape: tuple[int, int]) -> Levels:
    """With a floor the price is in pairs that fall below it. Raises CohortError where the numbers would not fit."""
    points = [stage.level for stage in certificate.stages if stage.name in ("floor", "band")]
    longest = 2 * (min(shape) + MAX_CAPACITY + 2)  # twice as many as move along a path or stand at its beginning
    step = longest if settings.fairness == "bottleneck" else 2 * longest
    for move in (1, 0):
        point = longest if move else 1
        units = [20_000 * longest * point * step**number for number in range(len(points) + 1)]
        if units[-1] <= _MOST:
            return Levels(tuple(zip(reversed(points), units[:-1], strict=True)), units[-1], point, move)
    message = f"{len(points)} bands are too many to price changes among {shape[0]} mentees and {shape[1]} mentors."
    raise CohortError([Problem("", "bands", "out_of_range", message)])


def add_prices(levels: Levels, sides: Sequence[Ints]) -> Ints:
    """Prices of the stages count, each band (the gravest first) and total as one price."""
    units = levels.pair, *(weight for _points, weight in reversed(levels.bands)), levels.point
    total = np.zeros_like(sides[0])
    for unit, side in zip(units, sides, strict=True):
        total += unit * side
    return total
