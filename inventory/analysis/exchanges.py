"""Other answers that could have been given: what changes in a table when somebody answers otherwise, or when two of
those who answered exchange an answer.

An answer is the lines of the table in which it stands: one code or state; for a field that takes several codes,
ANSWERED and its codes, or its state.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ANSWERED = "answered"
STATE = "?"  # states of an answer are lines too; their names begin so, since some codes are called the same
Lines = tuple[str, ...]
Cell = tuple[str, str]
Unit = tuple[Lines, Lines]


@dataclass(frozen=True)
class Alternatives:
    """The lines of a table of one field."""

    lines: Sequence[str]

    @property
    def codes(self) -> list[str]:
        return [line for line in self.lines if line != ANSWERED and not line.startswith(STATE)]

    def changing(self, answers: Sequence[Lines], line: str) -> Iterator[dict[str, int]]:
        """By how much the sums change if one answer were another, such that the sum of `line` changes."""
        for answer in answers:
            for other in self._without(answer, line) if line in answer else self._with(answer, line):
                yield difference(answer, other)

    def _without(self, answer: Lines, line: str) -> Iterator[Lines]:
        if ANSWERED not in self.lines:
            yield from ((other,) for other in self.lines if other != line)
            return
        kept = tuple(one for one in answer if one not in (line, ANSWERED))
        if line in self.codes:
            yield from [(ANSWERED, *kept)] if kept else []
            yield from ((ANSWERED, *kept, code) for code in self.codes if code not in answer)
        elif line != ANSWERED:
            yield from ((ANSWERED, code) for code in self.codes)
        yield from ((state,) for state in self.lines if state.startswith(STATE) and state != line)

    def _with(self, answer: Lines, line: str) -> Iterator[Lines]:
        if ANSWERED not in self.lines or line.startswith(STATE):
            yield (line,)
        elif line == ANSWERED:
            yield from ((ANSWERED, code) for code in self.codes)
        elif ANSWERED in answer:
            yield (*answer, line)
            yield from ((*(one for one in answer if one != code), line) for code in answer if code != ANSWERED)
        else:
            yield (ANSWERED, line)


def difference(answer: Lines, other: Lines) -> dict[str, int]:
    gained = {line: 1 for line in other if line not in answer}
    return gained | {line: -1 for line in answer if line not in other}


def exchanges(giver: Lines, taker: Lines, line: str) -> Iterator[dict[str, int]]:
    """What the giver's lines change by if `line` goes from the giver to the taker, who stands elsewhere."""
    if line == ANSWERED or ANSWERED not in giver or ANSWERED not in taker:
        yield difference(giver, taker)
        return
    if len(giver) > 2:
        yield {line: -1}
    yield from ({line: -1, code: 1} for code in taker if code not in giver)


def changes_inside(giver: Unit, taker: Unit, cell: Cell) -> Iterator[dict[Cell, int]]:
    """What changes inside a table of two fields if the giver lets the taker have the cell's row or its column, in which
    the taker does not stand yet, for something else or nothing."""
    row, column = cell
    if row in giver[0] and row not in taker[0]:
        across = difference(taker[1], giver[1])
        for change in exchanges(giver[0], taker[0], row):
            yield {(r, c): n * m for r, n in change.items() for c, m in across.items()}
    if column in giver[1] and column not in taker[1]:
        along = difference(taker[0], giver[0])
        for change in exchanges(giver[1], taker[1], column):
            yield {(r, c): n * m for c, n in change.items() for r, m in along.items()}
