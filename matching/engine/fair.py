"""Fairness: the best worst pair (bottleneck), or as few pairs as possible below some levels (bands)."""

from dataclasses import dataclass

import numpy as np

from .cover import extend, price_cover
from .faces import Face, Step, Worth
from .field import NOBODY, Field, Ints
from .model import Stop
from .stages import Solved, continue_stage, unpriced
from .validation import TOP_POINTS


@dataclass(frozen=True, slots=True)
class Floor:
    """With `points` as the least of a pair as many can be paired as without; `above` covers all pairs with more, by
    prices that add up to less than that many. Empty where no pair has more points than `points`."""

    points: int
    assigned: Ints
    above: tuple[Ints, Ints]


def find_floor(field: Field, solved: Ints, cover: Step) -> Floor:
    """Bisection. `solved`: as many pairs as possible; `cover` proves that."""
    points = field.chosen(solved)[2]
    count = len(points)
    nothing = np.zeros(field.height, dtype=np.int64), np.zeros(field.width, dtype=np.int64)
    if not count:
        return Floor(TOP_POINTS, solved, nothing)
    low, high = int(points.min()), _most_possible(field, cover)
    assigned, above, shown = solved, nothing, TOP_POINTS + 1
    trial = high
    while low < high or shown != low + 1:
        rows, columns, points = field.chosen(assigned)
        kept = np.full_like(assigned, NOBODY)
        kept[rows[points >= trial]] = columns[points >= trial]
        found, reach = extend(field, trial, kept, count)
        if reach is None:
            low, assigned = trial, found
        else:
            high, above, shown = trial - 1, price_cover(reach, found), trial
        if low == TOP_POINTS:
            break
        trial = (low + high + 1) // 2 if low < high else low + 1
    return Floor(low, assigned, above)


def _most_possible(field: Field, cover: Step) -> int:
    """Whoever must be paired has no better pair than her best one; so has a mentor who must be full."""
    best_of_column = np.full(field.width, -1, dtype=np.int16)
    best_of_row = np.full(field.height, -1, dtype=np.int16)
    open_columns = field.places > 0
    for part, block in field.blocks():
        np.maximum(best_of_column, block.max(axis=0), out=best_of_column)
        best_of_row[part] = block.max(axis=1, initial=-1, where=open_columns)
    rows = best_of_row[cover.row_prices > 0].min(initial=TOP_POINTS)
    columns = best_of_column[(cover.column_prices > 0) & open_columns].min(initial=TOP_POINTS)
    return int(min(rows, columns))


def solve_bands(face: Face, levels: tuple[int, ...], solved: Solved, stop: Stop) -> tuple[Face, Solved]:
    """The face in which as many pairs as possible reach the first level, of those the second, and so on."""
    for level in levels:
        start = unpriced(face, Worth("band", level=level))
        solved = continue_stage(face, start, solved.assigned, solved.candidates, stop)
        if not solved.proven:
            break
        face = face.after(solved.step)
    return face, solved
