"""The certificate checked stage by stage against the points of all pairs. Knows nothing of how it was found."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .model import Settings
from .result import Certificate, Prices, Stage
from .score import Points

_TOP_POINTS: Final = 10_000
_TOP_PRICE: Final = 2**40
_MOST_KEPT: Final = 2_000_000
_BLOCK_PAIRS: Final = 131_072
Ints = NDArray[np.int64]
Where = NDArray[np.intp]
Priced = tuple[Ints, Ints]


class Proof:
    """The pairings that are best in all stages checked so far.

    `points`: of the open mentees and all mentors; `assigned`: the chosen mentor per row or -1; `places`: open ones.
    """

    def __init__(self, points: Points, assigned: Ints, places: Ints, held: Ints) -> None:
        self.points, self.assigned, self.held = points, assigned, held
        self.most, self.least = np.minimum(places, len(points)), np.zeros_like(places)
        self.must_rows = np.zeros(len(points), dtype=bool)
        self.tight: list[tuple[Where, Where]] | None = None
        self.floor, self.done = 0, list[tuple[Stage, Priced]]()
        rows = np.flatnonzero(assigned >= 0)
        self.chosen = points[rows, assigned[rows]]
        self.load = np.bincount(assigned[rows], minlength=len(places))

    def check(self, stage: Stage, ids: tuple[Sequence[str], Sequence[str]], *, bound_only: bool) -> Iterator[str]:
        """What does not hold of the stage. `bound_only`: the pairs need not reach its value."""
        priced = all(_are_prices(side, names) for side, names in zip(_sides(stage), ids, strict=True))
        if not priced or stage.level not in range(_TOP_POINTS + 1):
            yield "the prices, or its level, are not whole numbers for exactly these people."
            return
        rows, columns = (np.array([price for _, price in side], dtype=np.int64) for side in _sides(stage))
        if (rows[~self.must_rows] < 0).any():
            yield "the price of a mentee who can be left out is negative."
        paid, worth = self._sum_prices(stage, rows, columns), self._sum_worth(stage)
        if paid != stage.value or not (worth == paid or (bound_only and worth <= paid)):
            yield f"the prices add up to {paid}, the pairs are worth {worth}, told was {stage.value}."
        if stage.name == "floor" and stage.level < _TOP_POINTS and paid >= len(self.chosen):
            yield "the prices do not prove that some pair must be as low."
        found = self._find(stage, (rows, columns))
        if stage.name == "total":
            found = self._keep(found)
        if any(self._is_broken(stage, (rows, columns), *pairs) for pairs in found):
            yield "a pair is worth more than its two prices."

    def _sum_prices(self, stage: Stage, rows: Ints, columns: Ints) -> int:
        loads = [self.least, self.most]
        if stage.name == "load":
            loads = [np.clip((columns + 1) // 2 - self.held, self.least, self.most)]
        best = np.max([load * columns - self._cost(stage, load) for load in loads], axis=0, initial=-_TOP_PRICE)
        return int(rows.sum() + best.sum())

    def _sum_worth(self, stage: Stage) -> int:
        if stage.name == "floor":
            return stage.value if (self.chosen >= stage.level).all() else -1
        return int(_worth(stage, self.chosen).sum(dtype=np.int64) - self._cost(stage, self.load).sum())

    def _cost(self, stage: Stage, load: Ints) -> Ints:
        cost: Ints = (self.held + load) ** 2 - self.held**2 if stage.name == "load" else np.zeros_like(load)
        return cost

    def _find(self, stage: Stage, priced: Priced) -> Iterator[tuple[Where, Where]]:
        """All pairs that could break the stage, and some that cannot, block by block."""
        rows, columns = priced
        if stage.name == "load":
            # its pairs are tight in the stage of points
            yield from self.tight if self.tight is not None else self._find(*self.done[-1])
            return
        if self.done and stage.name == "total":
            # a pair that both sides pay for in the count is in no best pairing
            paid_rows, paid_columns = self.done[0][1]
            rows, columns = rows + (_TOP_POINTS + 1) * paid_rows, columns + (_TOP_POINTS + 1) * (paid_columns - 1)
        kind = np.int16 if np.abs(rows).max(initial=0) + np.abs(columns).max(initial=0) < 2**15 else np.int64
        dense = stage.name == "total"
        rows, columns = (rows - dense).astype(kind), columns.astype(kind)  # of points the tight pairs come along
        # where no worth is above 1, whoever is paid for with every partner needs no look
        open_rows = np.arange(len(rows)) if dense else np.flatnonzero(rows < 1 - int(columns.min(initial=0)))
        open_columns = np.arange(len(columns)) if dense else np.flatnonzero(columns < 1 - int(rows.min(initial=0)))
        height = max(1, _BLOCK_PAIRS // max(len(open_columns), 1))
        for start in range(0, len(open_rows), height):
            part = open_rows[start : start + height]
            block = self.points[start : start + height] if dense else self.points[np.ix_(part, open_columns)]
            found = np.flatnonzero(_worth(stage, block) > rows[part, None] + columns[open_columns])
            if found.size:
                yield part[found // len(open_columns)], open_columns[found % len(open_columns)]

    def _keep(self, found: Iterator[tuple[Where, Where]]) -> Iterator[tuple[Where, Where]]:
        """Remember what was found for the stage after, unless it is much."""
        kept, size = list[tuple[Where, Where]](), 0
        for pairs in found:
            size += pairs[0].size
            if size <= _MOST_KEPT:
                kept.append(pairs)
            yield pairs
        self.tight = kept if size <= _MOST_KEPT else None

    def _is_broken(self, stage: Stage, priced: Priced, rows: Where, columns: Where) -> bool:
        points = self.points[rows, columns]
        open_pairs = (points >= self.floor) & (self.most[columns] > 0)
        for done, (row_prices, column_prices) in self.done:
            open_pairs &= row_prices[rows] + column_prices[columns] == _worth(done, points)
        return bool((open_pairs & (priced[0][rows] + priced[1][columns] < _worth(stage, points))).any())

    def narrow(self, stage: Stage) -> None:
        """Ask from now on only pairings that are best in this stage, which has been checked."""
        if stage.name == "floor":
            self.floor = stage.level
            return
        rows, columns = (np.array([price for _, price in side], dtype=np.int64) for side in _sides(stage))
        self.done.append((stage, (rows, columns)))
        self.must_rows = self.must_rows | (rows > 0)
        least = np.where(columns > 0, self.most, self.least)
        self.least, self.most = least, np.where(columns < 0, self.least, self.most)


def _sides(stage: Stage) -> tuple[Prices, Prices]:
    return stage.mentee_prices, stage.mentor_prices


def _are_prices(side: Prices, ids: Sequence[str]) -> bool:
    return [name for name, _ in side] == list(ids) and all(
        type(price) is int and abs(price) <= _TOP_PRICE for _, price in side
    )


def _worth(stage: Stage, points: Points) -> NDArray[np.int16]:
    if stage.name == "total":
        return points
    least = {"count": 0, "band": stage.level, "floor": stage.level + 1}.get(stage.name, _TOP_POINTS + 1)
    return (points >= least).astype(np.int16)


def list_stages(settings: Settings, certificate: Certificate) -> list[tuple[str, int]]:
    """Name and level of the stages that these settings ask for."""
    floor = next((stage.level for stage in certificate.stages if stage.name == "floor"), 0)
    fair = {"bottleneck": [("floor", floor)], "bands": [("band", 100 * band) for band in settings.bands]}
    return [("count", 0), *fair.get(settings.fairness, []), ("total", 0), ("load", 0)]
