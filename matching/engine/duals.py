"""Integer dual prices recovered from an optimal assignment, because the flow solver does not hand out its own."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .explain import reach_mentors
from .flow import Assigned, Prices
from .score import Points

_ROWS_AT_ONCE: Final = 128


def price_total(points: Points, places: Prices, assigned: Assigned, bonus: int) -> tuple[Prices, Prices]:
    """Least mentor prices v with v[j] >= worth[i, j] - u[i], where u[i] = worth of i's pair - its mentor's price.

    Raised from zero until nothing changes; only mentees whose price fell are looked at again.
    """
    height, width = points.shape
    matched = np.flatnonzero(assigned >= 0)
    worth = np.zeros(height, dtype=np.int64)
    worth[matched] = points[matched, assigned[matched]].astype(np.int64) + bonus
    mentor_prices, mentee_prices = np.zeros(width, dtype=np.int64), worth.copy()
    fallen = np.arange(height)
    while fallen.size and width:
        for start in range(0, fallen.size, _ROWS_AT_ONCE):
            rows = fallen[start : start + _ROWS_AT_ONCE]
            asked = points[rows] + (bonus - mentee_prices[rows])[:, None]
            asked[points[rows] < 0] = 0
            np.maximum(mentor_prices, asked.max(axis=0), out=mentor_prices)
        lowered = mentee_prices.copy()
        lowered[matched] = worth[matched] - mentor_prices[assigned[matched]]
        fallen = np.flatnonzero(lowered < mentee_prices)
        mentee_prices = lowered
        if fallen.size and int(mentee_prices[fallen].min()) < 0:
            raise RuntimeError("The assignment is not optimal: a mentee's price fell below zero.")
    used = np.bincount(assigned[matched], minlength=width)
    if width and int(mentor_prices[used < places].max(initial=0)) > 0:
        raise RuntimeError("The assignment is not optimal: a free place has a price.")
    return mentee_prices, mentor_prices


def price_count(points: Points, assigned: Assigned) -> tuple[Prices, Prices]:
    """A cover by prices 0 and 1: mentors whom an unmatched mentee could reach by exchanges, and all other mentees."""
    admissible = points >= 0
    out = np.flatnonzero((assigned < 0) & admissible.any(axis=1))
    start: NDArray[np.bool_] = np.logical_or.reduce(admissible[out], axis=0)
    reached = reach_mentors(admissible, assigned, start)
    matched = np.flatnonzero(assigned >= 0)
    mentee_prices = np.zeros(points.shape[0], dtype=np.int64)
    mentee_prices[matched] = ~reached[assigned[matched]]
    return mentee_prices, reached.astype(np.int64)
