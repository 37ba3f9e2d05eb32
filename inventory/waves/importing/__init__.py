"""Spreadsheets of answers to a plan of what would be written: pure reading, without the database."""

from inventory.waves.importing.plan import (
    Note,
    Plan,
    PlannedEdition,
    PlannedInitiative,
    PlannedOrganisation,
    PlannedStatement,
)
from inventory.waves.importing.reading import read_answers
from inventory.waves.importing.sheets import Sheet, read_files

__all__ = [
    "Note",
    "Plan",
    "PlannedEdition",
    "PlannedInitiative",
    "PlannedOrganisation",
    "PlannedStatement",
    "Sheet",
    "read_answers",
    "read_files",
]
