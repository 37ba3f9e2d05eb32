"""Which mentors some mentees can get at when others make room."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .field import Field, Flags, Ints, Where

_ROWS_AT_ONCE: Final = 64


@dataclass(frozen=True, slots=True)
class Reach:
    """Mentors reached from some mentees by exchanges; `via`: the row from which each was reached first.

    A reached mentor's mentees could go to their other mentors. `free`: a reached mentor with a place, or -1.
    """

    columns: Flags
    via: Where
    free: int


def reach_mentors(field: Field, cut: int, assigned: Ints, start: Where, most_mentees: int | None = None) -> Reach:
    """Breadth first from the rows in `start`, over pairs with at least `cut` points, until a free place is found.

    Ends early once more than `most_mentees` mentees would move.
    """
    used = np.bincount(assigned[assigned >= 0], minlength=field.width)
    reached = field.places == 0  # nobody moves to a mentor without a place
    via = np.full(field.width, -1, dtype=np.intp)
    frontier, movers = start, 0
    while frontier.size:
        gained = np.zeros(field.width, dtype=bool)
        for begin in range(0, frontier.size, _ROWS_AT_ONCE):
            rows, left = frontier[begin : begin + _ROWS_AT_ONCE], np.flatnonzero(~reached)
            if not left.size:
                break
            open_pairs = field.points[np.ix_(field.rows[rows], left)] >= cut
            found = np.flatnonzero(open_pairs.any(axis=0))
            new = left[found]
            via[new] = rows[open_pairs[:, found].argmax(axis=0)]
            reached[new] = gained[new] = True
            movers += int(used[new].sum())
            free = new[used[new] < field.places[new]]
            if free.size:
                return Reach(reached & (field.places > 0), via, int(free[0]))
            if most_mentees is not None and movers > most_mentees:
                return Reach(reached & (field.places > 0), via, -1)
        frontier = np.flatnonzero((assigned >= 0) & gained[assigned])
    return Reach(reached & (field.places > 0), via, -1)
