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
Packed = npt.NDArray[np.uint8]
BYTES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1).astype(np.float64)


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
    packed, b = _divide(size, rest)
    sums = _add_up(packed, values)
    a = sums / size - (values.sum() - sums) / rest
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (observed - a) / (1 - b), (observed + a) / (1 + b)
    always = np.abs(b) >= 1
    lows, highs = np.minimum(one, other), np.maximum(one, other)
    return np.where(always, -np.inf, lows), np.where(always, np.inf, highs)


def _add_up(packed: Packed, values: Floats) -> Floats:
    """The sum of each division's first group. What each byte of eight values can add up to is worked out once."""
    eights = np.zeros(packed.shape[1] * 8)
    eights[: len(values)] = values
    of_bytes = eights.reshape(-1, 8) @ BYTES.T
    sums: Floats = of_bytes[np.arange(len(of_bytes)), packed].sum(axis=1)
    return sums


@lru_cache(maxsize=128)
def _divide(size: int, rest: int) -> tuple[Packed, Floats]:
    """Who is in the first group of each division, the true one first; and by how much of what is taken off the first
    group each still differs. Kept, since it depends on the sizes alone: an analysis needs some dozens."""
    divisions = _choose(size, size + rest)
    stayed = divisions[:, :size].sum(axis=1)
    return np.packbits(divisions, axis=1), stayed / size - (size - stayed) / rest


def _choose(size: int, number: int) -> npt.NDArray[np.bool_]:
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
