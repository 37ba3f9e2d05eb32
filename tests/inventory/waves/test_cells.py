"""Answers as cells: every question has columns of its own name, and rows of several survive their signs."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inventory.initiatives.questionnaire import QUESTIONS, Level, questions_of
from inventory.waves.cells import cell_of, is_told, join_rows, plain_cell, split_rows
from inventory.waves.columns import Column, columns_for, value_columns, words_column
from wimmentor.base.spreadsheets.tables import trim_cell

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).map(
    lambda text: " ".join(trim_cell(text).split())
)


def find_column(code: str, part: str = "") -> Column:
    return next(c for c in value_columns(QUESTIONS[code]) if not part or (c.part and c.part.name == part))


@pytest.mark.parametrize("level", ["organisation", "initiative", "edition"])
def test_columns_of_a_level_have_names_of_their_own(level: Level) -> None:
    names = Counter(column.name for question in questions_of(level) for column in columns_for(question))

    assert [name for name, number in names.items() if number > 1] == []


def test_parts_have_columns_that_can_be_read() -> None:
    names = [find_column(code, part).name for code, part in (("B6", "completed"), ("B7", "end"), ("D6", "total"))]

    assert names == ["editions_completed", "end", "mentor_count"]
    assert find_column("C2", "minimum").name == "experience_minimum"
    assert find_column("D6", "women").name == "mentors_women"


@pytest.mark.parametrize(
    ("code", "value", "cell"),
    [
        ("B2", ["coaching", "training"], "coaching;training"),
        ("B2", [], None),
        ("B5", "  two\r\nlines ", "two\nlines"),
        ("B5", " \u200b ", None),
        ("D5", 0, 0),
        ("F1", 6.0, 6),
        ("F1", 6.5, 6.5),
        ("F1", float("nan"), None),
        ("K5", True, "yes"),
        ("G4", [{"name": "A; B"}, {}, {"name": "C|D\\"}], r"A\; B; C\|D\\"),
        ("B11", [{"organisation": "A"}, {"role": "host"}], "A;  | host"),
    ],
)
def test_a_value_is_a_cell(code: str, value: object, cell: object) -> None:
    answer = {"value": value}

    assert cell_of(find_column(code), answer) == cell
    assert is_told(answer) == (cell is not None)


def test_words_stand_beside_a_value_that_is_not_known() -> None:
    column = words_column(QUESTIONS["E1"])

    assert cell_of(column, {"state": "unknown", "words": "mixed "}) == "mixed"


def test_of_parts_only_those_that_are_known_are_told() -> None:
    assert not is_told({"value": {"total": None}})
    assert is_told({"value": {"total": 0}})
    assert not is_told({"state": "unknown"})


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "host", "lead"])), max_size=4))
def test_rows_are_the_same_again(rows: list[tuple[str, str]]) -> None:
    told = [{"organisation": name, "role": role} for name, role in rows if name]

    joined = join_rows(QUESTIONS["B11"], told)

    again = [{"organisation": cells[0], "role": "".join(cells[1:])} for cells in split_rows(str(joined or ""))]
    assert again == told


@settings(deadline=None)
@example("\x1f\xad0")
@given(st.text())
def test_plain_text_stays_plain(text: str) -> None:
    cell = plain_cell(text)

    assert plain_cell(cell) == cell
