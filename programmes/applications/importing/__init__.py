"""Rows of a spreadsheet to people: pure reading, without the database."""

from programmes.applications.importing.fields import FIELDS, ROLES_IN_FILE
from programmes.applications.importing.reading import Entry, Note, Reading, UnknownField, read_people

__all__ = [
    "FIELDS",
    "ROLES_IN_FILE",
    "Entry",
    "Note",
    "Reading",
    "UnknownField",
    "read_people",
]
