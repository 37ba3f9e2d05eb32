"""The difference of two groups' means with an interval: all differences that a permutation test does not refuse.

A difference d' is refused if, with d' taken off the first group, so many divisions of all values into two groups of
these sizes differ at least as much as the true division does, that they are not more than the stated share (`rate`).
Each division says from where to where it speaks for a difference; the interval's ends are the outermost ends for which
enough divisions speak. Deterministic: all divisions where they are few, else the same random ones.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

MOST_DIVISIONS = 2000
SEED = 20210729
# Two numbers that differ by less are the same in another order of addition.
TINY = 1e-9
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """`low` or `high` None: so few values cannot refuse any difference on that side."""

    value: float
    low: float | None
    high: float | None

    @property
    def is_found(self) -> bool:
        return (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)


def compare_means(first: Floats, second: Floats, *, rate: float) -> Difference:
    values = np.concatenate([first, second])
    observed = first.mean() - second.mean()
    lows, highs = _reach(values, len(first), observed)
    kept = int(rate * len(lows))  # so many may be as far out and the difference is refused still
    low = np.partition(lows, kept)[kept] - TINY
    high = np.partition(highs, len(highs) - 1 - kept)[len(highs) - 1 - kept] + TINY
    return Difference(
        float(observed), float(low) if np.isfinite(low) else None, float(high) if np.isfinite(high) else None
    )


def _reach(values: Floats, size: int, observed: float) -> tuple[Floats, Floats]:
    """For which differences taken off the first group each division differs at least as much as the true one.

    With x taken off it differs by a - b x and the true division by d - x, so the ends are where both are equal."""
    rest = len(values) - size
    divisions, b = _divide(size, rest), _share_left(size, rest)
    sums = divisions.astype(np.float64) @ values
    a = sums / size - (values.sum() - sums) / rest
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (observed - a) / (1 - b), (observed + a) / (1 + b)
    always = np.abs(b) >= 1
    lows, highs = np.minimum(one, other), np.maximum(one, other)
    return np.where(always, -np.inf, lows), np.where(always, np.inf, highs)


@lru_cache(maxsize=128)
def _share_left(size: int, rest: int) -> Floats:
    """By how much of what is taken off the first group each division still differs."""
    stayed = _divide(size, rest)[:, :size].sum(axis=1)
    left: Floats = stayed / size - (size - stayed) / rest
    return left


@lru_cache(maxsize=32)
def _divide(size: int, rest: int) -> npt.NDArray[np.bool_]:
    """Rows of who is in the first group; the true division is the first row. It depends on the sizes alone."""
    number = size + rest
    if comb(number, size) <= MOST_DIVISIONS:
        chosen = np.array(list(combinations(range(number), size)))
        found = np.zeros((len(chosen), number), dtype=np.bool_)
        np.put_along_axis(found, chosen, values=True, axis=1)
        return found
    place = np.arange(number, dtype=np.uint32)
    keys = np.random.default_rng(SEED).integers(2**32, size=(MOST_DIVISIONS, number), dtype=np.uint32)
    keys = (keys << np.uint32(number.bit_length())) | place  # no two are the same
    keys[0] = place
    bounds = np.partition(keys, size - 1, axis=1)[:, size - 1 : size]
    drawn: npt.NDArray[np.bool_] = keys <= bounds
    return drawn
