"""What a package holds: tables of cells, each of text, a number or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inventory.waves.cells import Cell

# In the order in which they are read and listed.
NAMES = ("organisations", "initiatives", "editions", "statements", "answers", "code_lists", "withheld")


@dataclass(frozen=True)
class Table:
    """As many cells in each row as there are columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, name: str, columns: Sequence[str], records: Iterable[Mapping[str, Cell]]) -> "Table":
        return cls(name, tuple(columns), tuple(tuple(record.get(column) for column in columns) for record in records))

    def as_json(self) -> dict[str, Any]:
        return {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}

    def column(self, name: str) -> tuple[Cell, ...]:
        """Nothing, where it has none of this name."""
        if name not in self.columns:
            return ()
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def records(self) -> Iterable[dict[str, Cell]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


Tables = Mapping[str, Table]


def tables_as_json(tables: Tables) -> dict[str, Any]:
    return {name: table.as_json() for name, table in tables.items()}
