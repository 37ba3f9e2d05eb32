"""Passes over the whole matrix: which pairs are worth a look at these prices. In int16 where the numbers allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import DTypeLike

from .candidates import PER_ROW, best_of_each_row
from .faces import Face, Step, Worth
from .field import Field, Ints, Where
from .score import Points
from .validation import TOP_POINTS

_SAMPLE_ROWS: Final = 512
_CLOSED: Final = 20_000  # more than any pair can be worth beyond its bonus
_NARROW: Final = 22_000  # prices up to here leave room for points in an int16
_LIFT: Final = TOP_POINTS + 1


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of some rows whose prices exceed their worth by less than a margin; below 0 they break the proof."""

    rows: Where
    columns: Where
    points: Points
    slack: Ints


def pick_start(field: Field, cut: int, bonus: int) -> tuple[Where, Ints]:
    """Keys of the pairs that look best of each row, and the prices of mentors under which they do.

    A mentor with c places of n mentees sells them to the c who like her most: from a sample of rows her price is about
    the points that are exceeded there as often as c of n.
    """
    keys: list[Where] = []
    if not field.most_pairs:
        return np.zeros(0, dtype=np.intp), np.zeros(field.width, dtype=np.int64)
    prices, gap = _sample_prices(field, cut)
    for part, block in field.blocks():
        gain = _gain(block, prices, cut)
        least = np.maximum(gain.max(axis=1, initial=-_CLOSED) - gap, -_CLOSED // 2)
        found = np.flatnonzero(gain >= least[:, None])
        rows, columns = np.divmod(found, max(field.width, 1))
        slack = -gain.ravel()[found].astype(np.int64)
        rows += part.start
        best = best_of_each_row(rows, columns, slack, PER_ROW, field.width)
        keys.append(rows[best] * field.width + columns[best])
    return np.concatenate(keys), prices.astype(np.int64) + bonus


def _sample_prices(field: Field, cut: int) -> tuple[Points, np.int16]:
    """Prices per mentor, and by how much the pairs that we want of each row fall behind its best one."""
    count = min(field.height, _SAMPLE_ROWS)
    sample = field.take(np.linspace(0, field.height - 1, count).astype(np.intp))
    ranked = -np.sort(-np.where(sample >= cut, sample, 0), axis=0)
    position = np.minimum(field.places * count // field.height, count - 1)
    prices = ranked[position, np.arange(field.width)]
    prices[field.places == 0] = _CLOSED
    gain = np.sort(_gain(sample, prices, cut).astype(np.int32), axis=1)
    behind = gain[:, -1] - gain[:, -min(PER_ROW, field.width)]
    return prices, np.int16(min(int(np.quantile(behind, 0.75, method="nearest")), _CLOSED // 2))


def _gain(block: Points, prices: Points, cut: int) -> Points:
    gain: Points = block - prices
    np.copyto(gain, np.iinfo(np.int16).min, where=block < cut)
    return gain


def find_near(face: Face, step: Step, margin: int) -> Iterator[Near]:
    """All pairs of the face with price of row + price of column - worth < margin, block by block."""
    worth, field = step.worth, face.field
    row_prices, prices, kind = _prices_to_scan(face, step)
    floor = (row_prices - margin).astype(kind)
    for part, block in field.blocks():
        worths = (block >= worth.level) if worth.name == "band" else block
        found = np.flatnonzero(worths.astype(kind, copy=False) - prices > floor[part, None])
        rows, columns = np.divmod(found, max(field.width, 1))
        points = block.ravel()[found]
        rows += part.start
        kept = np.flatnonzero(face.keeps(rows, columns, points))
        yield _measure(step, field.shape, rows[kept], columns[kept], points[kept])


def _prices_to_scan(face: Face, step: Step) -> tuple[Ints, Ints, DTypeLike]:
    """Prices with which most pairs outside the face look as far from their worth as they are; and a type for them."""
    row_prices, prices = step.row_prices, step.column_prices - step.worth.bonus
    if face.steps and step.worth.name == "total":
        # a pair that both covers of the count pay for is in no best pairing
        row_prices = row_prices + _LIFT * face.steps[0].row_prices
        prices = prices + _LIFT * (face.steps[0].column_prices - 1)
    prices = np.where(
        face.most > 0, prices, max(int(prices.max(initial=0)), TOP_POINTS - int(row_prices.min(initial=0)))
    )
    wide = int(np.abs(prices).max(initial=0)) > _NARROW or int(np.abs(row_prices).max(initial=0)) > _NARROW
    kind = np.int32 if wide else np.int16
    return row_prices, prices.astype(kind), kind


def _measure(step: Step, shape: tuple[int, int], rows: Where, columns: Where, points: Points) -> Near:
    slack = step.row_prices[rows] + step.column_prices[columns] - step.worth.of(points, rows, columns, shape)
    return Near(rows, columns, points, slack)


def find_tight(face: Face, step: Step, margin: int) -> Iterator[Near]:
    """As `find_near` for a stage in which the pairs of the face are tight in a stage of points before."""
    dense = next(known for known in face.steps if known.worth.name == "total")
    for near in find_near(face, dense, 1):
        found = _measure(step, face.field.shape, near.rows, near.columns, near.points)
        kept = found.slack < margin
        yield Near(found.rows[kept], found.columns[kept], found.points[kept], found.slack[kept])


def is_dense(worth: Worth) -> bool:
    return worth.name in ("total", "band")
