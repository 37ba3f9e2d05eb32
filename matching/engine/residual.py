"""What exchanges cost: the graph of mentors along which mentees can move from a best pairing to others.

A node is a mentor, or the outside (number `width`), where the unmatched are and where unused places come from. An arc
from one to another is a mentee of the one who goes to the other; its length is what is lost by that: price of the
mentee + price of the other - worth of the pair, never negative. Lengths of paths are differences between whole pairings
(Edmonds and Karp 1972).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from .field import NOBODY, Field, Ints, Where
from .levels import FAR, Levels
from .score import Points

AT_ONCE: Final = 400  # up to so many mentors the lengths between all of them are computed together
_ROWS_AT_ONCE: Final = 64
ABSENT: Final = -2  # in `assigned`: takes no part


@dataclass(frozen=True, slots=True)
class Paths:
    """From or to one node: the length per node, and its neighbour on the way (-1: none)."""

    length: Ints
    near: Where

    def follow(self, node: int) -> list[int]:
        """From `node` as far as the way goes."""
        nodes = [node]
        while self.near[nodes[-1]] >= 0:
            nodes.append(int(self.near[nodes[-1]]))
        return nodes


class Residual:
    """`row_prices` and `column_prices` prove `assigned` best under `levels`."""

    def __init__(self, field: Field, levels: Levels, assigned: Ints, row_prices: Ints, column_prices: Ints) -> None:
        self.field, self.levels, self.assigned = field, levels, assigned
        self.row_prices, self.column_prices = row_prices, column_prices
        self.width = field.width
        self._movers: dict[tuple[int, int], int] = {}
        self._closed = np.flatnonzero(field.places == 0)
        self.load = np.bincount(assigned[assigned >= 0], minlength=self.width)
        self.home = np.where(assigned == NOBODY, self.width, np.where(assigned == ABSENT, self.width + 1, assigned))
        self._order = np.argsort(self.home, kind="stable")
        self._starts = np.searchsorted(self.home[self._order], np.arange(self.width + 2))

    def members(self, node: int) -> Where:
        return self._order[self._starts[node] : self._starts[node + 1]]

    def worth(self, rows: Where) -> Ints:
        """Of these mentees with every mentor; -FAR where the pair is not admissible."""
        worth: Ints = self.levels.worth(self.field.take(rows))
        worth[:, self._closed] = -FAR
        return worth

    def is_best(self) -> bool:
        """Whether the prices prove the pairs: no length below 0, and what is used or left free costs nothing."""
        matched, columns, points = self.field.chosen(self.assigned)
        tight = np.array_equal(self.row_prices[matched] + self.column_prices[columns], self.levels.worth(points))
        idle = self.row_prices[self.assigned == NOBODY].any() or self.column_prices[self.load < self.field.places].any()
        least = min(int(self.row_prices.min(initial=0)), int(self.column_prices.min(initial=0)))
        if not tight or idle or least < 0 or (self.load > self.field.places).any():
            return False
        everybody = np.arange(self.field.height)
        blocks = (everybody[start : start + _ROWS_AT_ONCE] for start in range(0, len(everybody), _ROWS_AT_ONCE))
        return all((self.lengths(rows) >= 0).all() for rows in blocks)

    def lengths(self, rows: Where) -> Ints:
        lengths: Ints = self.column_prices - self.worth(rows)
        lengths += self.row_prices[rows, None] + self.levels.move
        return lengths

    def leave(self, node: int) -> Ints:
        """The shortest arcs out of a node, to every mentor and to the outside."""
        rows = self.members(node)
        found = np.full(self.width + 1, FAR)
        for start in range(0, rows.size, _ROWS_AT_ONCE):
            found[:-1] = np.minimum(found[:-1], self.lengths(rows[start : start + _ROWS_AT_ONCE]).min(axis=0))
        if node == self.width:
            # a place that somebody left may stay unused
            found[:-1] = np.minimum(found[:-1], np.where(self.load > 0, self.column_prices, FAR))
        elif self.load[node] < self.field.places[node]:
            found[-1] = 0
        elif rows.size:
            found[-1] = self.row_prices[rows].min() + self.levels.move
        return found

    @cached_property
    def _out(self) -> Ints:
        return self.leave(self.width)

    def _leave(self, node: int) -> Ints:
        return self._out if node == self.width else self.leave(node)

    def arrive(self, node: int) -> Ints:
        """The shortest arcs into a node, from every mentor and from the outside."""
        found = np.full(self.width + 1, FAR)
        if node == self.width:
            single = np.where(self.assigned >= 0, self.row_prices + self.levels.move, FAR)
        else:
            points: Points = self.field.points[self.field.rows, node]
            price = self.column_prices[node] + self.levels.move
            single = np.minimum(self.row_prices + price - self.levels.worth(points), FAR)
        nodes, starts = self._groups
        if len(nodes):
            found[nodes] = np.minimum.reduceat(single[self._order], starts)[: len(nodes)]
        if node == self.width:
            found[:-1][self.load < self.field.places] = 0
        elif self.load[node] > 0:
            found[-1] = min(found[-1], self.column_prices[node])
        found[node] = FAR
        return found

    @cached_property
    def _groups(self) -> tuple[Where, Where]:
        """Nodes with members, and where these begin in the order; one more start where the absent begin."""
        nodes = np.flatnonzero(np.diff(self._starts))
        starts = self._starts[nodes]
        end = int(self._starts[-1])
        return nodes, starts if end == len(self._order) else np.append(starts, end)

    def mover(self, one: int, other: int) -> int:
        """The mentee who moves along the shortest arc, or NOBODY where a place is left or stays unused."""
        found = self._movers.get((one, other))
        if found is None:
            found = self._movers[one, other] = self._find_mover(one, other)
        return found

    def _find_mover(self, one: int, other: int) -> int:
        rows = self.members(one)
        if other == self.width:
            free = self.load[one] < self.field.places[one]
            return NOBODY if free else int(rows[self.row_prices[rows].argmin()])
        worth = self.levels.worth(self.field.at(rows, np.full_like(rows, other)))
        lengths = self.row_prices[rows] + self.column_prices[other] + self.levels.move - worth
        unused = self.column_prices[other] if one == self.width and self.load[other] > 0 else FAR
        return NOBODY if int(lengths.min(initial=FAR)) >= unused else int(rows[lengths.argmin()])

    def search(self, start: Ints, step: Callable[[int], Ints], until: int = NOBODY) -> Paths:
        """Dijkstra from the lengths in `start`; `step` gives the arcs of a node, out of it or into it."""
        length, waiting = start.copy(), start.copy()
        near = np.full(len(start), -1, dtype=np.intp)
        while True:
            node = int(waiting.argmin())
            if waiting[node] >= FAR or node == until:
                return Paths(length, near)
            waiting[node] = 2 * FAR
            found = step(node) + length[node]
            better = found < length
            np.copyto(length, found, where=better)
            np.copyto(waiting, found, where=better)
            np.copyto(near, node, where=better)

    def paths_to(self, node: int, since: int = NOBODY) -> Paths:
        """`near`: the next node on the way to `node`. Complete only for those not farther than `since`."""
        if self.width <= AT_ONCE:
            return Paths(self._between[0][:, node], self._between[1][:, node])
        return self.search(self._alone(node), self.arrive, since)

    def paths_from(self, node: int, until: int = NOBODY) -> Paths:
        """`near`: the node before on the way from `node`. Complete only for those not farther than `until`."""
        if self.width <= AT_ONCE:
            return Paths(self._between[0][node], self._between[2][node])
        return self.search(self._alone(node), self._leave, until)

    def _alone(self, node: int) -> Ints:
        start = np.full(self.width + 1, FAR)
        start[node] = 0
        return start

    @cached_property
    def _between(self) -> tuple[Ints, Where, Where]:
        """Lengths between all nodes, the next one and the one before on the way (Floyd 1962)."""
        nodes = np.arange(self.width + 1)
        length = np.stack([self._leave(node) for node in range(self.width + 1)])
        after = np.where(length < FAR, nodes, -1)
        before = np.where(length < FAR, nodes[:, None], -1)
        np.fill_diagonal(length, 0)
        np.fill_diagonal(after, -1)
        np.fill_diagonal(before, -1)
        for node in nodes:
            found = length[:, node, None] + length[node]
            better = found < length
            np.copyto(length, found, where=better)
            np.copyto(after, after[:, node, None], where=better)
            np.copyto(before, before[node], where=better)
        return length, after, before
