"""Counts by one field, and by two; with what a reader of a level may see of them. Unknown is never no."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any, TypeVar

from inventory.analysis.exchanges import ANSWERED, Cell, Lines
from inventory.analysis.field import Field, is_state, organisation_of
from inventory.analysis.levels import Level, Units
from inventory.analysis.suppression import Inner, Sums, count_cells, hide_inner, hide_sums

Made = TypeVar("Made")


@dataclass(frozen=True)
class Count:
    """A figure as it is shown: `number` None is hidden; `least` is public by name in any case."""

    number: int | None
    least: int

    @property
    def is_hidden(self) -> bool:
        return self.number is None

    @property
    def known(self) -> int:
        return self.least if self.number is None else self.number


@dataclass(frozen=True)
class Tally:
    """Counts by one field. `lines`: codes in their order, then the states in which an answer is missing."""

    field: Field
    total: int
    counts: Mapping[str, Count]
    told: Count
    lines: tuple[str, ...]
    sums: Sums

    @property
    def codes(self) -> list[str]:
        return [line for line in self.lines if not is_state(line)]

    @property
    def states(self) -> list[str]:
        return [line for line in self.lines if is_state(line)]

    @property
    def hides(self) -> bool:
        return any(count.is_hidden for count in self.counts.values())


@dataclass(frozen=True)
class CrossTable:
    rows: Tally
    columns: Tally
    cells: Mapping[Cell, Count]

    @property
    def hides(self) -> bool:
        return any(count.is_hidden for count in [*self.cells.values(), *self.rows.counts.values()])


def tally(units: Sequence[Any], by: Field, level: Level) -> Tally:
    """Of the units of a survey each table is made once; fields have names of their own."""
    return _once(units, ("tally", by.name, level), lambda: _tally(units, by, level))


def read_all(units: Sequence[Any], by: Field) -> list[Lines]:
    return _once(units, ("lines", by.name), lambda: [by.read(unit) for unit in units])


def _once(units: Sequence[Any], what: Any, make: Callable[[], Made]) -> Made:
    return units.once(what, make) if isinstance(units, Units) else make()


def _tally(units: Sequence[Any], by: Field, level: Level) -> Tally:
    answers = read_all(units, by)
    lines = by.lines_for(answers)
    guarded = list(compress(answers, guard(units, [by], level)))
    sums = _follow(hide_sums(guarded, lines), units, by, lines, level) if guarded else Sums()
    whole = _count(answers)
    open_counts = whole - _count(guarded)
    counts = {line: _show(line in sums.hidden, whole[line], open_counts[line]) for line in lines}
    return Tally(by, len(units), counts, _told(by, counts, whole, open_counts), _shown_lines(by, lines, counts), sums)


def cross(units: Sequence[Any], rows: Field, columns: Field, level: Level) -> CrossTable:
    """The sums of the lines are those of the tables of one field, decided there."""
    of_rows, of_columns = tally(units, rows, level), tally(units, columns, level)
    pairs = list(zip(read_all(units, rows), read_all(units, columns), strict=True))
    guarded = list(compress(pairs, guard(units, [rows, columns], level)))
    inner = hide_inner(guarded, of_rows.sums, of_columns.sums) if guarded else Inner()
    whole, hidden = count_cells(pairs), count_cells(guarded)

    def hides(cell: Cell) -> bool:
        """In a line that is known to be empty nothing can be hidden."""
        is_empty = of_rows.counts[cell[0]].number == 0 or of_columns.counts[cell[1]].number == 0
        return inner.hides(cell) and not is_empty

    cells = {
        (row, column): _show(hides((row, column)), whole[row, column], whole[row, column] - hidden[row, column])
        for row in (*((ANSWERED,) if rows.several else ()), *of_rows.lines)
        for column in of_columns.lines
    }
    return CrossTable(of_rows, of_columns, cells)


def _follow(sums: Sums, units: Sequence[Any], by: Field, lines: Iterable[str], level: Level) -> Sums:
    """Two fields that follow from the same answers could be held against each other."""
    hidden = frozenset(line for base in by.bases for line in tally(units, base, level).sums.hidden)
    if not hidden:
        return sums
    return Sums(sums.hidden.union(line for line in lines if not hidden.isdisjoint(by.comes_from(line))), sums.small)


def guard(units: Sequence[Any], by: Iterable[Field], level: Level) -> Sequence[bool]:
    """Which units are not public by name in a table by these fields."""
    if level == "iwim":
        return [False] * len(units)
    if any(one.visibility != "public" for one in by):
        return [True] * len(units)
    return _once(units, "unnamed", lambda: [not organisation_of(unit).named for unit in units])


def _count(answers: Iterable[Lines]) -> Counter[str]:
    return Counter(chain.from_iterable(answers))


def _show(hidden: bool, number: int, least: int) -> Count:
    return Count(None if hidden else number, least)


def _told(by: Field, counts: Mapping[str, Count], whole: Counter[str], least: Counter[str]) -> Count:
    """How many answered; where one of the states is hidden, that would give it away."""
    if by.several:
        return counts[ANSWERED]
    hidden = any(is_state(line) and count.is_hidden for line, count in counts.items())
    answered = [line for line in counts if not is_state(line)]
    return _show(hidden, sum(whole[line] for line in answered), sum(least[line] for line in answered))


def _shown_lines(by: Field, lines: Iterable[str], counts: Mapping[str, Count]) -> tuple[str, ...]:
    """States that occur; of an open list also only codes that occur by name, since to name another would say where
    somebody is who is not named."""

    def is_shown(line: str) -> bool:
        count = counts[line]
        if is_state(line):
            return count.number != 0
        return line in by.codes or bool(count.known)

    return tuple(line for line in lines if line != ANSWERED and is_shown(line))
