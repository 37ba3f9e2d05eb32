"""No file ends otherwise than in a table or in a sentence for the sender. Seconds and memory of each: the benchmark."""

import io
import subprocess
import sys

import pytest

from programmes.applications.importing import read_people
from tests.hostile import Case, made, mutated
from tests.house.contracts import ROOT
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table

MADE = made()


def end_of(case: Case) -> Table | str:
    try:
        table = read_table(io.BytesIO(case.make()), case.file_name)
        read_people(table, role="mentee")
        return table
    except SpreadsheetError as error:
        return str(error)


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.name)
def test_a_hostile_file_is_refused_with_a_sentence_or_read_correctly(case: Case) -> None:
    end = end_of(case)

    if case.is_refused is not None:
        assert isinstance(end, str) == case.is_refused
    if isinstance(end, str):
        assert end.endswith((".", "?"))
        assert len(end) > 20


@pytest.mark.parametrize("tens", range(10))
def test_mutated_files_end_in_a_table_or_a_sentence(tens: int) -> None:
    ends = [end_of(case) for case in list(mutated(100))[tens * 10 : tens * 10 + 10]]

    assert [type(end) for end in ends if not isinstance(end, (Table, str))] == []


def test_there_are_a_hundred_of_them() -> None:
    assert len(MADE) > 100
    assert len({case.name for case in MADE}) == len(MADE)


@pytest.mark.skipif(sys.platform != "linux", reason="The peak of a process is read from /proc.")
def test_memory_grows_by_less_than_a_hundred_megabytes() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_hostile_files", "--mutated", "0", "--memory-only"]
    done = subprocess.run(
        [*command, "--only", "bomb", "million", "many", "deep"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
