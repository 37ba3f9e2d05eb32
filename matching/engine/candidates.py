"""The few pairs that are handed to the flow solver, out of all."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from .faces import Face, Worth
from .field import Field, Ints, Where
from .score import Points

PER_ROW: Final = 16  # pairs that one mentee gets in one round


@dataclass(frozen=True)
class Candidates:
    """Row, column and points of pairs, in order of row and column, each once."""

    rows: Where
    columns: Where
    points: Points

    @classmethod
    def of(cls, field: Field, keys: Where) -> "Candidates":
        rows, columns = np.divmod(_sort_once(keys), max(field.width, 1))
        return cls(rows, columns, field.at(rows, columns))

    def keys(self, width: int) -> Where:
        return self.rows * width + self.columns

    def joined(self, field: Field, *keys: Where) -> "Candidates":
        return self.of(field, np.concatenate([self.keys(field.width), *keys]))

    def within(self, face: Face) -> "Candidates":
        kept = face.keeps(self.rows, self.columns, self.points)
        return Candidates(self.rows[kept], self.columns[kept], self.points[kept])

    def worth(self, worth: Worth, shape: tuple[int, int]) -> Ints:
        return worth.of(self.points, self.rows, self.columns, shape)

    @cached_property
    def by_column(self) -> tuple[Where, Where, Where]:
        """An order of the pairs by column, the columns that occur, and where each begins in that order."""
        order = np.argsort(self.columns, kind="stable")
        columns, starts = np.unique(self.columns[order], return_index=True)
        return order, columns, starts


def keys_of(assigned: Ints, width: int) -> Where:
    rows = np.flatnonzero(assigned >= 0)
    return rows * width + assigned[rows]


def best_of_each_row(rows: Where, columns: Where, slack: Ints, most: int, width: int) -> Where:
    """Positions of the pairs with the least slack of each row, at most `most` a row. `rows` in order.

    Of equals each row takes other columns, so that rows that are alike do not all ask for the same few.
    """
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    counts = np.diff(first, append=len(rows))
    if not len(rows) or int(counts.max()) <= most:
        return np.arange(len(rows))
    above, turned = slack - slack.min(), (columns - rows * most) % width
    order = np.argsort((rows * (int(above.max()) + 1) + above) * width + turned, kind="stable")
    rank = np.arange(len(rows)) - np.repeat(first, counts)
    return order[rank < most]


def _sort_once(keys: Where) -> Where:
    ordered = np.sort(keys)
    return ordered[np.diff(ordered, prepend=-1) > 0]
