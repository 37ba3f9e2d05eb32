"""Integer dual prices recovered from an optimal assignment, because the flow solver does not hand out its own."""

from typing import Final

import numpy as np

from .candidates import Candidates
from .faces import Face, Worth, cost_of_place
from .field import Ints

_NO_BOUND: Final = np.int64(2**62)


def recover_prices(face: Face, candidates: Candidates, worth: Worth, assigned: Ints) -> tuple[Ints, Ints]:
    """Prices u per row and v per column with u + v >= worth for every candidate and = for every chosen pair.

    v[j] = max over i of (worth[i, j] - u[i]), raised from the least that j's load allows until nothing changes, where
    u[i] = worth of i's pair - its mentor's price. `idle` is the price of an unused place; it rises where somebody must
    be paired or a load is fixed, and is taken off at the end.
    """
    height, width = face.field.height, face.field.width
    order, columns, starts = candidates.by_column
    pair_rows, pair_worth = candidates.rows[order], candidates.worth(worth, (height, width))[order]
    matched, chosen, points = face.field.chosen(assigned)
    own = np.zeros(height, dtype=np.int64)
    own[matched] = worth.of(points, matched, chosen, (height, width))
    low, high = _bounds(face, worth, np.bincount(chosen, minlength=width))
    optional = matched[~face.must_rows[matched]]
    prices, idle = np.where(low > -_NO_BOUND, low, 0), np.int64(0)
    for _sweep in range(height + width + 2):
        rows = np.full(height, -idle)
        rows[matched] = own[matched] - prices[chosen]
        raised = prices.copy()
        if len(columns):
            asked = np.maximum.reduceat(pair_worth - rows[pair_rows], starts)
            raised[columns] = np.maximum(raised[columns], asked)
        np.maximum(raised, np.where(low > -_NO_BOUND, low + idle, raised), out=raised)
        over = max(int((raised - high).max(initial=0)), int(-(rows[optional].min(initial=0))))
        if over <= idle and np.array_equal(raised, prices):
            return rows + idle, prices - idle
        prices, idle = raised, max(idle, np.int64(over))
    raise RuntimeError("The assignment is not optimal: its prices rise for ever.")


def _bounds(face: Face, worth: Worth, load: Ints) -> tuple[Ints, Ints]:
    """The least and the greatest price at which each mentor's load is best, beside that of an unused place."""
    may_fall, may_rise = load > face.least, load < face.most
    if worth.name == "load":
        low = np.where(may_fall, cost_of_place(face.field.held, load), -_NO_BOUND)
        high = np.where(may_rise, cost_of_place(face.field.held, load + 1), _NO_BOUND)
        return low, high
    # where mentees must stay with her, the price of a mentor may be below that of an unused place
    low = np.where((face.least < face.most) & (may_fall | (load == 0)), 0, -_NO_BOUND)
    return low, np.where(may_rise, 0, _NO_BOUND)
