"""All stages as one whole number per pair, so that a change has one price that says what it costs in each of them.

A pair counts `pair`, and `weight` for every level that it reaches, and its points. Each unit is greater than whatever
all smaller ones together can change along a chain of exchanges, so sums are compared stage by stage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from .field import Ints
from .model import CohortError, Problem, Settings
from .result import Certificate
from .score import Points

FAR: Final = np.int64(2**61)  # no pair, no path
_MOST: Final = 2**59


@dataclass(frozen=True, slots=True)
class Levels:
    """`bands`: (points, weight), the gravest last. `pair`: weight of the pair itself."""

    bands: tuple[tuple[int, int], ...]
    pair: int

    @property
    def full(self) -> int:
        """A pair that reaches every level, without its points."""
        return self.pair + sum(weight for _points, weight in self.bands)

    def worth(self, points: Points) -> Ints:
        """-FAR where a pair is not admissible."""
        worth = points.astype(np.int64) + self.full
        for level, weight in self.bands:
            np.subtract(worth, weight, out=worth, where=points < level)
        np.copyto(worth, -FAR, where=points < 0)
        return worth

    def split(self, loss: int) -> tuple[int, tuple[int, ...], int]:
        """Pairs, pairs that reach each of `bands`, and points that a loss stands for; any of them may be negative."""
        parts = []
        for unit in (self.pair, *(weight for _points, weight in reversed(self.bands))):
            part = (2 * loss + unit) // (2 * unit)
            parts.append(part)
            loss -= part * unit
        return parts[0], tuple(reversed(parts[1:])), loss


def find_levels(settings: Settings, certificate: Certificate, most_pairs: int) -> Levels:
    """With a floor the price is in pairs that fall below it. Raises CohortError where the numbers would not fit."""
    names = [(stage.name, stage.level) for stage in certificate.stages]
    points = [level for name, level in names if name in ("floor", "band")]
    unit, step, bands = 40_000 * (most_pairs + 2), 4 * (most_pairs + 2), []
    for level in reversed(points):
        bands.append((level, unit))
        unit *= step
    if unit > _MOST:
        message = f"{len(bands)} bands and {most_pairs} pairs are too many to price changes."
        raise CohortError([Problem("", "bands", "out_of_range", message)])
    return Levels(tuple(bands), unit)


def add_prices(levels: Levels, sides: Sequence[Ints]) -> Ints:
    """Prices of the stages count, each band (the gravest first) and total as one price."""
    units = levels.pair, *(weight for _points, weight in reversed(levels.bands)), 1
    total = np.zeros_like(sides[0])
    for unit, side in zip(units, sides, strict=True):
        total += unit * side
    return total
