"""Which figures of a table are hidden outside IWiM, so that none about one to four can be read or worked out.

Counted here is only what is not public by name: answers of organisations that are counted without their name, and
answers to questions that are not public. What is public by name anybody may add up, and needs no hiding.

The rule that holds: for each small figure there are other answers that could have been given, with which all that is
shown would be the same and that figure another one. First the table of one field alone is decided (`hide_sums`), once;
the inside of a table of two fields follows it (`hide_inner`): a line whose sum is hidden is hidden wholly, and so much
more is hidden that two of those who answered could have exchanged an answer. A reader may even know which hidden
figures are small, but not in lines that are hidden wholly. Where nothing helps, everything is withheld.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice, product
from math import inf
from typing import TypeVar

from inventory.analysis.exchanges import ANSWERED, STATE, Alternatives, Cell, Lines, Unit, changes_inside
from inventory.initiatives.readers import is_few

Place = TypeVar("Place", str, Cell)
# So many ways are looked at for the small figures of a table: it is quick, and hides rather too much than too little.
ALL_WAYS = 30_000
FEWEST_WAYS, MOST_WAYS = 20, 300


@dataclass(frozen=True)
class Sums:
    """Hidden lines of a table of one field; of `small` ones a reader may know that they are from 1 to 4."""

    hidden: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Inner:
    """What is hidden inside a table of two fields: whole lines, and single cells."""

    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    cells: frozenset[Cell] = frozenset()

    def hides(self, cell: Cell) -> bool:
        return cell[0] in self.rows or cell[1] in self.columns or cell in self.cells


def hide_sums(answers: Sequence[Lines], lines: Sequence[str]) -> Sums:
    """`lines`: all of the table, also those in which nothing stands. Of a field with one code each, how many answered
    is no line, and told unless a state is hidden: few are hidden so too."""
    counts = Counter(chain.from_iterable(answers))
    alternatives = Alternatives(lines)
    several = ANSWERED in lines
    if not several:
        counts[ANSWERED] = sum(counts[code] for code in alternatives.codes)
    hidden = {line for line, number in counts.items() if is_few(number)}
    small = set(hidden)
    if several and ANSWERED in hidden:  # a code can be no more than those who answered: none of them is told
        hidden, small = hidden.union(alternatives.codes), small.difference(alternatives.codes)
    hidden |= {ANSWERED} - set(lines)
    patterns = list(dict.fromkeys(answers))
    for line in [line for line in dict.fromkeys((ANSWERED, *lines)) if is_few(counts[line])]:
        newly = _cheapest(_changing(alternatives, patterns, line), counts, hidden, small)
        if newly is None:
            return Sums(frozenset(lines))
        hidden |= newly
    return Sums(frozenset(hidden.intersection(lines)), frozenset(small.intersection(lines)))


def _changing(alternatives: Alternatives, patterns: Sequence[Lines], line: str) -> Iterator[dict[str, int]]:
    """Also by how much fewer or more have answered, where that is no line."""
    if ANSWERED in alternatives.lines:
        yield from alternatives.changing(patterns, line)
        return
    for one in alternatives.codes if line == ANSWERED else [line]:
        for changes in alternatives.changing(patterns, one):
            answered = sum(number for other, number in changes.items() if not other.startswith(STATE))
            if answered or line != ANSWERED:
                yield changes | {ANSWERED: answered}


def count_cells(units: Iterable[Unit]) -> Counter[Cell]:
    """Many give the same two answers."""
    counts: Counter[Cell] = Counter()
    for (rows, columns), number in Counter(units).items():
        for cell in product(rows, columns):
            counts[cell] += number
    return counts


def hide_inner(units: Sequence[Unit], rows: Sums, columns: Sums) -> Inner:
    inside = _Inside(units, rows.hidden, columns.hidden)
    for cell in sorted(inside.cells):
        while (newly := inside.protect(cell)) is None and inside.hide_line(cell):
            pass
        inside.hide_cells(newly or set())
    return Inner(frozenset(inside.rows), frozenset(inside.columns), frozenset(inside.cells))


class _Inside:
    """`hidden`: every cell that is, also those of lines; `small`: those of which a reader may know it."""

    def __init__(self, units: Sequence[Unit], rows: Iterable[str], columns: Iterable[str]) -> None:
        self.counts = count_cells(units)
        self.patterns = sorted(dict.fromkeys(units), key=self._weigh)
        self.along: dict[str, list[Unit]] = {}
        self.across: dict[str, list[Unit]] = {}
        for unit in self.patterns:
            for row in unit[0]:
                self.along.setdefault(row, []).append(unit)
            for column in unit[1]:
                self.across.setdefault(column, []).append(unit)
        self.rows: set[str] = set()
        self.columns: set[str] = set()
        self.cells = {cell for cell, number in self.counts.items() if is_few(number)}
        self.hidden, self.small = set(self.cells), set(self.cells)
        # Who answered is no line of the table, but could be worked out.
        for row in (ANSWERED, *rows):
            self._hide_row(row)
        for column in (ANSWERED, *columns):
            self._hide_column(column)
        self.most_ways = min(max(ALL_WAYS // (len(self.cells) or 1), FEWEST_WAYS), MOST_WAYS)

    def _weigh(self, unit: Unit) -> tuple[int, int]:
        """Those who stand in few lines change little; those who stand in small figures change what is hidden."""
        return len(unit[0]) * len(unit[1]), sum(self.counts[row, column] for row in unit[0] for column in unit[1])

    def protect(self, cell: Cell) -> set[Cell] | None:
        """Cells to hide so that this one could be another."""
        return _cheapest(self._ways(cell), self.counts, self.hidden, self.small)

    def hide_cells(self, cells: set[Cell]) -> None:
        self.cells |= cells
        self.hidden |= cells

    def hide_line(self, cell: Cell) -> bool:
        """The line of the cell that shows less; False where both are hidden and it is no use."""
        row, column = cell
        if row in self.rows and column in self.columns:
            return False
        along = sum(other not in self.hidden for other in self.counts if other[0] == row)
        across = sum(other not in self.hidden for other in self.counts if other[1] == column)
        if column in self.columns or (row not in self.rows and along <= across):
            self._hide_row(row)
        else:
            self._hide_column(column)
        return True

    def _hide_row(self, row: str) -> None:
        self.rows.add(row)
        self._hide_line({(row, column) for column in self.across})

    def _hide_column(self, column: str) -> None:
        self.columns.add(column)
        self._hide_line({(row, column) for row in self.along})

    def _hide_line(self, cells: set[Cell]) -> None:
        self.hidden |= cells
        self.small -= cells

    def _ways(self, cell: Cell) -> Iterator[dict[Cell, int]]:
        """One less in the cell, or one more."""
        row, column = cell
        along, across = self.along[row], self.across[column]
        inside = [unit for unit in along if column in unit[1]]
        less = (
            change
            for other in self.patterns
            if row not in other[0] and column not in other[1]
            for one in inside
            for change in changes_inside(one, other, cell)
        )
        yield from islice(less, self.most_ways)
        more = (
            change
            for one in along
            if column not in one[1]
            for other in across
            if row not in other[0]
            for change in chain(changes_inside(one, other, cell), changes_inside(other, one, cell))
        )
        yield from islice(more, self.most_ways)


def _cheapest(
    ways: Iterable[Mapping[Place, int]], counts: Counter[Place], hidden: Set[Place], small: Set[Place]
) -> set[Place] | None:
    """Of the changes that a reader would not see, the one for which least is to be hidden still."""
    best: Mapping[Place, int] | None = None
    least = inf
    for changes in ways:
        cost = 0
        for place, number in changes.items():
            if place in small and not is_few(counts[place] + number):
                break
            if place not in hidden:
                cost += 1 + counts[place]
        else:
            if cost < least:
                best, least = changes, cost
            if not cost:
                break
    return None if best is None else {place for place in best if place not in hidden}
