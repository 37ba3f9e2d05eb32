"""Columns of each table, in their order, with what they mean."""

from collections.abc import Iterable, Iterator

from inventory.publications.fields import Field, field_of
from inventory.publications.questions import PUBLISHED, shown_columns
from inventory.publications.shapes import SHAPES
from inventory.publications.tables import Table
from inventory.waves.cells import Cell
from inventory.waves.columns import Column


def lay_out(name: str, records: Iterable[dict[str, Cell]]) -> Table:
    """Columns for own words where the form has no room for them are there if something stands in them."""
    kept = list(records)
    told = {column for record in kept for column, cell in record.items() if cell is not None}
    return Table.of(name, [each.name for each in fields_of(name, told)], kept)


def fields_of(name: str, told: Iterable[str] = ()) -> list[Field]:
    """In the active language."""
    shape, present = SHAPES[name], set(told)
    columns = {column.name: column for column in _columns(name)}
    first = [each if isinstance(each, Field) else field_of(columns.pop(each)) for each in shape.first]
    between = [field_of(column) for column in columns.values() if _has_room(column) or column.name in present]
    return [*first, *between, *shape.last]


def _columns(name: str) -> Iterator[Column]:
    level = SHAPES[name].level
    for question in PUBLISHED[level] if level else ():
        yield from shown_columns(question)


def _has_room(column: Column) -> bool:
    return column.aspect != "words" or column.question.has_words
