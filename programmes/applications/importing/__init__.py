"""Rows of a spreadsheet to people: pure reading, without the database."""

from programmes.applications.importing.columns import ColumnGuess, guess_columns, guess_role, name_columns
from programmes.applications.importing.doubts import Note
from programmes.applications.importing.fields import (
    FIELD_LABELS,
    FIELD_NAMES,
    FIELDS,
    GATHERED_FIELDS,
    ROLES_IN_FILE,
    field_label,
)
from programmes.applications.importing.pairs import PAIR_FIELDS, PairEntry, PairReading, read_pairs
from programmes.applications.importing.reading import Entry, Reading, UnknownField, read_people
from programmes.applications.importing.refusals import merge_refusals, say_reasons
from programmes.applications.importing.repeats import Replaced

__all__ = [
    "FIELDS",
    "FIELD_LABELS",
    "FIELD_NAMES",
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
    "field_label",
    "guess_columns",
    "guess_role",
    "merge_refusals",
    "name_columns",
    "read_pairs",
    "read_people",
    "say_reasons",
]
