"""Twenty-one spreadsheets of coordinators: exactly what is read, refused, flagged and said of each."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from programmes.applications.importing import guess_columns, guess_role, read_people
from tests.programmes.applications.uglier import FILES
from wimmentor.base.spreadsheets import read_table

# By file: what the sheet was understood as, the fields of its columns, the people, refusals and doubts.
EXPECTED: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "uglier.json").read_text("utf-8"))


def outcome(name: str) -> dict[str, Any]:
    table = read_table(io.BytesIO(FILES[name]()), name)
    role = guess_role(table)
    reading = read_people(table, role=role or "mentee", zone="America/Lima")
    return {
        "role": role,
        "encoding": table.encoding,
        "said": [str(sentence) for sentence in table.warnings],
        "columns": {guess.heading: guess.field for guess in guess_columns(table, role=role or "mentee")},
        "people": [[entry.row, entry.email, *entry.roles, entry.values] for entry in reading.entries],
        "refused": [[note.row, note.column, str(note.reason)] for note in reading.refused],
        "flagged": [[note.row, note.column, str(note.reason)] for note in reading.flagged],
    }


def test_every_file_has_its_expectation() -> None:
    assert len(FILES) >= 20
    assert sorted(EXPECTED) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_as_a_person_would(name: str) -> None:
    assert outcome(name) == EXPECTED[name]
