"""The pairings that are still in the running after some stages: all that are best in every one of them.

After a stage with prices u, v the best pairings are exactly those that use tight pairs alone (u + v = worth), leave
out nobody with a price and give every mentor a load that is best at her price (complementary slackness). The next stage
chooses among them; there a price may be negative where a mentee must be paired or a mentor's load is fixed.
"""

from dataclasses import dataclass, replace

import numpy as np

from .field import Field, Flags, Ints, Where
from .score import Points


@dataclass(frozen=True, slots=True)
class Worth:
    """What a pair is worth in one stage: 1 in 'count', 1 from `level` points on in 'band', its points + `bonus` in
    'total', 0 in 'load' (where places cost), more the earlier mentee and mentor stand in 'order'."""

    name: str
    level: int = 0
    bonus: int = 0

    def of(self, points: Points, rows: Where, columns: Where, shape: tuple[int, int]) -> Ints:
        if self.name == "total":
            return points.astype(np.int64) + self.bonus
        if self.name == "band":
            return (points >= self.level).astype(np.int64)
        if self.name == "order":
            return (shape[0] - rows).astype(np.int64) * (shape[1] - columns)
        return np.full(len(points), int(self.name == "count"), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Step:
    """A solved stage: its integer prices per row and column."""

    worth: Worth
    row_prices: Ints
    column_prices: Ints


@dataclass(frozen=True, slots=True)
class Face:
    """`cut`: fewest points of a pair. `must_rows` must be paired; the open load of a mentor is `least` to `most`."""

    field: Field
    must_rows: Flags
    least: Ints
    most: Ints
    cut: int = 0
    steps: tuple[Step, ...] = ()

    @classmethod
    def whole(cls, field: Field) -> "Face":
        most = np.minimum(field.places, field.height)
        return cls(field, np.zeros(field.height, dtype=bool), np.zeros_like(most), most)

    def keeps(self, rows: Where, columns: Where, points: Points) -> Flags:
        kept: Flags = (points >= self.cut) & (self.most[columns] > 0)
        for step in self.steps:
            here = np.flatnonzero(kept)
            if not here.size:
                break
            worth = step.worth.of(points[here], rows[here], columns[here], self.field.shape)
            kept[here] = step.row_prices[rows[here]] + step.column_prices[columns[here]] == worth
        return kept

    def after(self, step: Step) -> "Face":
        least, most = best_loads(step, self)
        must_rows = self.must_rows | (step.row_prices > 0)
        return replace(self, steps=(*self.steps, step), must_rows=must_rows, least=least, most=most)


def cost_of_place(held: Ints, load: Ints) -> Ints:
    """In stage 'load' the n-th mentee of a mentor, locked ones among them, costs 2n - 1: n places cost n squared."""
    return 2 * (held + load) - 1


def best_loads(step: Step, face: Face) -> tuple[Ints, Ints]:
    """The smallest and the greatest load that are best for each mentor at her price."""
    price = step.column_prices
    if step.worth.name == "load":
        # a place is filled below its price, and may be at it: 2 * (held + n) - 1 < price
        least = (price + 2) // 2 - face.field.held - 1
        most = (price + 1) // 2 - face.field.held
    else:
        least = np.where(price > 0, face.most, face.least)
        most = np.where(price < 0, face.least, face.most)
    return np.clip(least, face.least, face.most), np.clip(most, face.least, face.most)


def sum_prices(face: Face, step: Step) -> int:
    """What no pairing of the face can exceed in this stage: prices of rows, and of each mentor at her best load."""
    load, _most = best_loads(step, face)
    filled = load * step.column_prices
    if step.worth.name == "load":
        held = face.field.held
        filled -= (held + load) ** 2 - held**2
    return int(step.row_prices.sum() + filled.sum())
