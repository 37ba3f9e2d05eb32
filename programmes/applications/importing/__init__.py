"""Rows of a spreadsheet to people: pure reading, without the database."""

from programmes.applications.importing.columns import ColumnGuess, guess_columns, guess_role, name_columns
from programmes.applications.importing.doubts import Note
from programmes.applications.importing.fields import FIELD_LABELS, FIELDS, GATHERED_FIELDS, ROLES_IN_FILE
from programmes.applications.importing.pairs import PAIR_FIELDS, PairEntry, PairReading, read_pairs
from programmes.applications.importing.reading import Entry, Reading, UnknownField, read_people
from programmes.applications.importing.repeats import Replaced

__all__ = [
    "FIELDS",
    "FIELD_LABELS",
    "GATHERED_FIELDS",
    "PAIR_FIELDS",
    "ROLES_IN_FILE",
    "ColumnGuess",
    "Entry",
    "Note",
    "PairEntry",
    "PairReading",
    "Reading",
    "Replaced",
    "UnknownField",
    "guess_columns",
    "guess_role",
    "name_columns",
    "read_pairs",
    "read_people",
]
