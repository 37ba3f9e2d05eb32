"""A reader who knows all that is shown, and which hidden cells are small, and bounds each of them (scipy's simplex).

It shares nothing with the suppression but the meaning of a table: what adds up to what.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

ANSWERED = "answered"
Key = tuple[str, str]  # ("", column) and (row, "") are sums
SMALL = range(1, 5)


@dataclass
class Attack:
    """`rows` and `columns`: (parts, codes). `told_small`: hidden cells that are known to be from 1 to 4."""

    rows: tuple[tuple[str, ...], tuple[str, ...]]
    columns: tuple[tuple[str, ...], tuple[str, ...]]
    truth: Mapping[Key, int]
    shown: set[Key]
    told_small: set[Key]
    total: int
    equal: list[tuple[dict[Key, int], int]] = field(default_factory=list)
    at_most: list[dict[Key, int]] = field(default_factory=list)

    def pinned(self, wanted: set[Key]) -> list[Key]:
        """Those of `wanted` that can be one number only."""
        self._add_up()
        return sorted(key for key in wanted if floor(self._bound(key, -1)) <= ceil(self._bound(key, 1)))

    def _add_up(self) -> None:
        row_lines, column_lines = [*self.rows[0], *self.rows[1]], [*self.columns[0], *self.columns[1]]
        for line in row_lines:
            self._sum_up([(line, part) for part in self.columns[0]], (line, ""))
        for line in column_lines:
            self._sum_up([(part, line) for part in self.rows[0]], ("", line))
        for line in ["", *row_lines]:
            self._bound_codes([(line, code) for code in self.columns[1]], (line, ANSWERED))
        for line in ["", *column_lines]:
            self._bound_codes([(code, line) for code in self.rows[1]], (ANSWERED, line))
        self.equal.append(({(part, ""): 1 for part in self.rows[0]}, self.total))
        self.equal.append(({("", part): 1 for part in self.columns[0]}, self.total))
        self.equal += [({key: 1}, self.truth.get(key, 0)) for key in self.shown]

    def _sum_up(self, parts: list[Key], whole: Key) -> None:
        self.equal.append((dict.fromkeys(parts, 1) | {whole: -1}, 0))

    def _bound_codes(self, codes: list[Key], answered: Key) -> None:
        if codes:
            self.at_most.append({answered: 1} | dict.fromkeys(codes, -1))
        self.at_most += [{code: 1, answered: -1} for code in codes]

    def _bound(self, wanted: Key, sign: int) -> float:
        keys = self._keys()
        place = {key: number for number, key in enumerate(keys)}
        goal = np.zeros(len(keys))
        goal[place[wanted]] = sign
        found = linprog(
            goal,
            A_ub=_matrix(self.at_most, place) if self.at_most else None,
            b_ub=np.zeros(len(self.at_most)) if self.at_most else None,
            A_eq=_matrix([row for row, _value in self.equal], place),
            b_eq=[value for _row, value in self.equal],
            bounds=[(1, 4) if key in self.told_small else (0, self.total) for key in keys],
            method="highs",
        )
        assert found.status == 0, found.message  # the truth is one of the answers
        return float(sign * found.fun) + (1e-6 if sign < 0 else -1e-6)

    def _keys(self) -> list[Key]:
        rows, columns = ["", *self.rows[0], *self.rows[1]], ["", *self.columns[0], *self.columns[1]]
        return [(row, column) for row in rows for column in columns if row or column]


def _matrix(rows: list[dict[Key, int]], place: Mapping[Key, int]) -> csr_matrix:
    found = list(_entries(rows, place))
    return csr_matrix(
        ([value for _r, _c, value in found], ([r for r, _c, _v in found], [c for _r, c, _v in found])),
        shape=(len(rows), len(place)),
    )


def _entries(rows: list[dict[Key, int]], place: Mapping[Key, int]) -> Iterator[tuple[int, int, int]]:
    for number, row in enumerate(rows):
        for key, value in row.items():
            yield number, place[key], value
