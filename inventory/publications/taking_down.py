"""A package without what somebody asked to have removed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from inventory.publications.code_lists import keep_used_places
from inventory.publications.tables import Table, Tables
from inventory.publications.withheld import TAKEN_DOWN
from inventory.waves.cells import Cell

Record = dict[str, Cell]


@dataclass(frozen=True)
class TakenDown:
    """Identifiers as they stand in packages."""

    organisations: frozenset[str] = frozenset()
    initiatives: frozenset[str] = frozenset()


def take_down(tables: Tables, asked: TakenDown) -> dict[str, Table]:
    """With an organisation go its initiatives, editions and statements. How many there were is said."""
    initiatives = {
        row["id"]
        for row in tables["initiatives"].records()
        if row["organisation_id"] in asked.organisations or row["id"] in asked.initiatives
    }
    gone: dict[str, tuple[str, Collection[Cell]]] = {
        "organisations": ("id", asked.organisations),
        "initiatives": ("id", initiatives),
        "editions": ("initiative", initiatives),
        "statements": ("organisation_id", asked.organisations),
        "answers": ("id", asked.organisations | initiatives),
        "withheld": ("id", asked.organisations | initiatives),
    }
    left = {name: _without(table, *gone[name]) if name in gone else table for name, table in tables.items()}
    left["organisations"] = _without_parents(left["organisations"], asked.organisations)
    left["code_lists"] = keep_used_places(left)
    removed = {
        name: len(tables[name].rows) - len(left[name].rows) for name in ("organisations", "initiatives", "statements")
    }
    left["withheld"] = _say(left["withheld"], removed)
    return left


def _without(table: Table, column: str, gone: Collection[Cell]) -> Table:
    return Table.of(table.name, table.columns, (row for row in table.records() if row[column] not in gone))


def _without_parents(table: Table, gone: Collection[Cell]) -> Table:
    rows = ({**row, "part_of": None} if row["part_of"] in gone else row for row in table.records())
    return Table.of(table.name, table.columns, rows)


def _say(withheld: Table, removed: dict[str, int]) -> Table:
    """Added to what was taken down before."""
    before = {str(row["table"]): row for row in withheld.records() if row["reason"] == TAKEN_DOWN}
    others = (row for row in withheld.records() if row["reason"] != TAKEN_DOWN)
    return Table.of("withheld", withheld.columns, [*_count(before, removed), *others])


def _count(before: dict[str, Record], removed: dict[str, int]) -> Iterator[Record]:
    for name, number in removed.items():
        earlier = before.get(name, {}).get("number")
        if total := number + (earlier if isinstance(earlier, int) else 0):
            yield {"table": name, "number": total, "reason": TAKEN_DOWN}
