"""The fewest of several kinds, any number of each, that meet demands: integer covering by branch and bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_NODES: Final = 5_000  # of the search; within these the answer is exact
Demand = tuple[frozenset[int], int]  # the kinds that count for it, never none, and how many of them are needed
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cover:
    """`counts` per kind meet all demands; fewer than `bound` in all cannot."""

    counts: tuple[int, ...]
    bound: int


def cover_demands(kinds: int, demands: Sequence[Demand], most_nodes: int = MOST_NODES) -> Cover:
    search = _Search(kinds, demands, most_nodes)
    bound = search.bound(np.array(search.needed))
    search.explore(np.zeros(kinds, dtype=np.int64))
    total = int(search.best.sum())
    return Cover(tuple(search.best.tolist()), total if search.nodes <= most_nodes else min(bound, total))


class _Search:
    def __init__(self, kinds: int, demands: Sequence[Demand], most_nodes: int) -> None:
        self.useful = np.zeros((len(demands), kinds), dtype=np.int64)
        for number, (useful, _needed) in enumerate(demands):
            self.useful[number, sorted(useful)] = 1
        self.needed = np.array([needed for _useful, needed in demands], dtype=np.int64)
        self.most_nodes, self.nodes = most_nodes, 0
        self.seen: set[bytes] = set()
        self.best = self._meet_greedily(kinds)

    def _meet_greedily(self, kinds: int) -> Ints:
        """Always the kind that counts for most unmet demands."""
        counts = np.zeros(kinds, dtype=np.int64)
        while (left := self._left(counts)).any():
            counts[((left > 0) @ self.useful).argmax()] += 1
        return counts

    def _left(self, counts: Ints) -> Ints:
        left: Ints = np.maximum(self.needed - self.useful @ counts, 0)
        return left

    def bound(self, left: Ints) -> int:
        """How many more at least: the greatest demands that share no kind add up."""
        used, total = np.zeros(self.useful.shape[1], dtype=bool), 0
        for number in np.argsort(-left, kind="stable"):
            kinds = self.useful[number] > 0
            if left[number] and not (kinds & used).any():
                total, used = total + int(left[number]), used | kinds
        return total

    def explore(self, counts: Ints) -> None:
        self.nodes += 1
        key, left = counts.tobytes(), self._left(counts)
        known = key in self.seen or int(counts.sum()) + self.bound(left) >= int(self.best.sum())
        if self.nodes > self.most_nodes or known:
            return
        self.seen.add(key)
        if not left.any():
            self.best = counts.copy()
            return
        hardest = min(np.flatnonzero(left), key=lambda number: (self.useful[number].sum(), number))
        gains = (left > 0) @ self.useful
        for kind in sorted(np.flatnonzero(self.useful[hardest]), key=lambda kind: (-gains[kind], kind)):
            counts[kind] += 1
            self.explore(counts)
            counts[kind] -= 1
