"""One stage solved over a face: few pairs to the flow solver, prices from its answer, more pairs where those break.

Column generation: once no pair of the whole matrix is worth more than its two prices, the prices prove the answer.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .candidates import PER_ROW, Candidates, best_of_each_row, keys_of
from .duals import recover_prices
from .faces import Face, Step, Worth
from .field import Ints, Where
from .flow import route
from .model import Stop
from .pricing import find_near, find_tight, is_dense, pick_start

_MARGIN: Final = 200  # points: pairs so near to their prices come along, since they will be asked for next
# Of pairings that are equal in all that is proven the earliest is wanted, but among thousands of equal people the
# first that are found must do: still the same ones each time.
_ORDER_ROUNDS: Final = 4


@dataclass(frozen=True)
class Solved:
    """`proven`: no pair is worth more than its prices. Otherwise the row prices were raised until that holds, and what
    they add up to is a bound."""

    assigned: Ints
    step: Step
    candidates: Candidates
    proven: bool


def solve_points(face: Face, bonus: int, stop: Stop) -> Solved:
    """From nothing: the stage 'total'."""
    keys, column_prices = pick_start(face.field, face.cut, bonus)
    candidates = Candidates.of(face.field, keys)
    worth = Worth("total", bonus=bonus)
    gain = candidates.worth(worth, face.field.shape) - column_prices[candidates.columns]
    row_prices = np.zeros(face.field.height, dtype=np.int64)
    np.maximum.at(row_prices, candidates.rows, gain)
    return solve_stage(face, candidates, Step(worth, row_prices, column_prices), stop)


def solve_stage(face: Face, candidates: Candidates, start: Step, stop: Stop) -> Solved:
    """`candidates` must hold an assignment of the face. `start`: any prices; good ones save rounds."""
    worth, row_prices, column_prices = start.worth, start.row_prices, start.column_prices
    rounds = 0
    while True:
        assigned = route(face, candidates, worth, row_prices, column_prices)
        row_prices, column_prices = recover_prices(face, candidates, worth, assigned)
        step = Step(worth, row_prices, column_prices)
        # cohorts without features need many equal pairs, so more of them come along as it lasts
        missing, broken = _find_missing(face, step, PER_ROW << min(max(rounds - 3, 0), 6))
        if not broken.any() or (worth.name == "order" and rounds == _ORDER_ROUNDS):
            return Solved(assigned, step, candidates, proven=True)
        if stop():
            return Solved(assigned, Step(worth, row_prices + broken, column_prices), candidates, proven=False)
        candidates, rounds = candidates.joined(face.field, missing), rounds + 1


def continue_stage(face: Face, start: Step, assigned: Ints, candidates: Candidates, stop: Stop) -> Solved:
    """The next stage from what is known of the one before, as far as it is still in the face, as `assigned` is."""
    known = candidates.joined(face.field, keys_of(assigned, face.field.width)).within(face)
    return solve_stage(face, known, start, stop)


def unpriced(face: Face, worth: Worth) -> Step:
    return Step(worth, np.zeros(face.field.height, dtype=np.int64), np.zeros(face.field.width, dtype=np.int64))


def _find_missing(face: Face, step: Step, most: int) -> tuple[Where, Ints]:
    """Keys of the pairs that the solver should see too, at most `most` a row, and by how much each row's price is too
    low."""
    margin = _MARGIN if step.worth.name == "total" else 1
    broken, keys = np.zeros(face.field.height, dtype=np.int64), []
    find = find_near if is_dense(step.worth) else find_tight
    for near in find(face, step, margin):
        if not len(near.rows):
            continue
        np.maximum.at(broken, near.rows, -near.slack)
        best = best_of_each_row(near.rows, near.columns, near.slack, most, face.field.width)
        keys.append(near.rows[best] * face.field.width + near.columns[best])
    return np.concatenate(keys) if keys else np.zeros(0, dtype=np.intp), broken
