"""What the locks leave open: the mentees without a lock and the places beside the locked pairs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .model import Mentee, Mentor, Settings
from .score import Points

_BLOCK_PAIRS: Final = 262_144  # a block and what is computed from it stay in the cache

Ints = NDArray[np.int64]
Where = NDArray[np.intp]
Flags = NDArray[np.bool_]
NOBODY: Final = -1  # in an assignment: a column per open mentee, or this


@dataclass(frozen=True, slots=True)
class Field:
    """`points`: the whole matrix. `rows`: positions of the open mentees in it; `places`: open places per mentor;
    `held`: locked mentees per mentor. Everywhere else a row is a position in `rows`."""

    points: Points
    rows: Where
    places: Ints
    held: Ints

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.places)

    @property
    def shape(self) -> tuple[int, int]:
        return self.height, self.width

    @property
    def most_pairs(self) -> int:
        return min(self.height, int(self.places.sum()))

    def take(self, rows: Where) -> Points:
        return self.points[self.rows[rows]]

    def at(self, rows: Where, columns: Where) -> Points:
        return self.points[self.rows[rows], columns]

    def chosen(self, assigned: Ints) -> tuple[Where, Ints, Points]:
        """Row, column and points of the pairs of an assignment."""
        rows = np.flatnonzero(assigned >= 0)
        return rows, assigned[rows], self.at(rows, assigned[rows])

    def blocks(self) -> Iterator[tuple[slice, Points]]:
        """Some rows at a time, from the first to the last."""
        height = max(1, _BLOCK_PAIRS // max(self.width, 1))
        whole = self.height == len(self.points)
        for start in range(0, self.height, height):
            part = slice(start, min(start + height, self.height))
            yield part, self.points[part] if whole else self.points[self.rows[part]]


def find_field(points: Points, mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> Field:
    locked = {mentee_id for mentee_id, _ in settings.locked}
    taken = Counter(mentor_id for _, mentor_id in settings.locked)
    rows = [row for row, mentee in enumerate(mentees) if mentee.id not in locked]
    held = np.array([taken[mentor.id] for mentor in mentors], dtype=np.int64)
    capacity = np.array([mentor.capacity for mentor in mentors], dtype=np.int64)
    return Field(points, np.array(rows, dtype=np.intp), capacity - held, held)


def index_pairs(mentees: Sequence[Mentee], mentors: Sequence[Mentor], field: Field, chosen: Mapping[str, str]) -> Ints:
    """Position of the mentor per open mentee, -1 = unmatched. `chosen`: mentor id by mentee id."""
    column = {mentor.id: position for position, mentor in enumerate(mentors)}
    assigned = [column[chosen[mentees[row].id]] if mentees[row].id in chosen else -1 for row in field.rows]
    return np.array(assigned, dtype=np.int64)
