"""A mentor leaves: each of her mentees is placed again by one shortest exchange (Kuhn 1955, Munkres 1957)."""

from dataclasses import replace

import numpy as np

from .field import NOBODY
from .levels import FAR
from .residual import ABSENT, Residual


def leave_mentor(residual: Residual, column: int) -> Residual:
    """The best pairing without this mentor, with prices that prove it."""
    places = residual.field.places.copy()
    places[column] = 0
    waiting = residual.members(column)
    assigned = residual.assigned.copy()
    assigned[waiting] = ABSENT
    field = replace(residual.field, places=places)
    # the prices of the next step come from these lengths, so moves must not count
    left = Residual(field, replace(residual.levels, move=0), assigned, residual.row_prices, residual.column_prices)
    for row in waiting:
        left = _place(left, int(row))
    return left


def _place(residual: Residual, row: int) -> Residual:
    """One absent mentee joins: shortest path from her to the outside, then prices raised by what is nearer than it."""
    outside = residual.width
    worth = residual.worth(np.array([row]))[0]
    price = max(0, int((worth - residual.column_prices).max(initial=0)))
    start = np.append(np.minimum(price + residual.column_prices - worth, FAR), price)
    paths = residual.search(start, residual.leave, outside)
    length = int(paths.length[outside])
    nearer = np.maximum(length - paths.length, 0)
    assigned, node = residual.assigned.copy(), outside
    while True:
        before = int(paths.near[node])
        mover = row if before == NOBODY else residual.mover(before, node)
        if mover != NOBODY:
            assigned[mover] = NOBODY if node == outside else node
        if before == NOBODY:
            break
        node = before
    row_prices = residual.row_prices - np.append(nearer, 0)[residual.home]
    row_prices[row] = price - length
    column_prices = residual.column_prices + nearer[:-1]
    return Residual(residual.field, residual.levels, assigned, row_prices, column_prices)


def sum_worth(residual: Residual) -> int:
    return int(residual.levels.worth(residual.field.chosen(residual.assigned)[2]).sum())
