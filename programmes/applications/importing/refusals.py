"""Why rows stay out, in the language of whoever reads it."""

from collections.abc import Iterable
from itertools import groupby

from programmes.applications.importing.doubts import Note
from wimmentor.base.phrases import say_fact


def merge_refusals(notes: Iterable[Note]) -> list[Note]:
    """Each row once, in words: all its columns, and each of its reasons."""
    by_row = groupby(sorted(notes, key=lambda note: note.row), key=lambda note: note.row)
    return [_merge(row, list(found)) for row, found in by_row]


def _merge(row: int, notes: list[Note]) -> Note:
    columns = ", ".join(dict.fromkeys(note.column for note in notes))
    reasons = list(dict.fromkeys(str(note.reason) for note in notes))
    is_one_column = len({note.column for note in notes}) == 1
    return Note(row, columns, " ".join(reasons) if is_one_column or len(reasons) == 1 else say_reasons(notes))


def say_reasons(notes: Iterable[Note]) -> str:
    return " ".join(say_fact(note.column, note.reason) for note in notes)
