"""Most pairs: exchanges that place one more mentee, or a cover that proves that none does (König)."""

import numpy as np

from .field import Field, Ints
from .reach import Reach, reach_mentors


def extend(field: Field, cut: int, assigned: Ints, wanted: int) -> tuple[Ints, Reach | None]:
    """Exchange until `wanted` are paired (then None) or no exchange places one more (then how far they reach)."""
    assigned = assigned.copy()
    while int((assigned >= 0).sum()) < wanted:
        reach = reach_mentors(field, cut, assigned, np.flatnonzero(assigned < 0))
        if reach.free < 0:
            return assigned, reach
        column = reach.free
        while column >= 0:
            row = reach.via[column]
            assigned[row], column = column, assigned[row]
    return assigned, None


def cover_all(field: Field, assigned: Ints) -> tuple[Ints, Ints]:
    """The cover where everybody is paired or every place is taken."""
    everybody = bool((assigned >= 0).all())
    return np.full(field.height, int(everybody)), ((field.places > 0) & (not everybody)).astype(np.int64)


def price_cover(reach: Reach, assigned: Ints) -> tuple[Ints, Ints]:
    """Prices 0 and 1: the reached mentors, and every mentee who is paired with another one."""
    row_prices = np.zeros(len(assigned), dtype=np.int64)
    matched = np.flatnonzero(assigned >= 0)
    row_prices[matched] = ~reach.columns[assigned[matched]]
    return row_prices, reach.columns.astype(np.int64)
