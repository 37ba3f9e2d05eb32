"""No file ends otherwise than in a table or in a sentence for the sender. Seconds and memory of each: the benchmark."""

import io
import subprocess
import sys

import pytest

from tests.hostile import Case, made, mutated
from tests.house.contracts import ROOT
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table

MADE = made()
MOST_BYTES = 100 * 1024 * 1024
CHILD = """
import os, resource
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django; django.setup()
import io
from tests.hostile import made
from wimmentor.base.spreadsheets import SpreadsheetError, read_table
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
worst = (0, "")
for case in made():
    pipe_in, pipe_out = os.pipe()
    data = case.make()
    pid = os.fork()
    if not pid:
        # The peak is inherited, and so counted from a fresh one: where this process stands now.
        with open("/proc/self/clear_refs", "w") as file: file.write("5")
        before = int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]) * 1024
        try: read_table(io.BytesIO(data), case.file_name)
        except SpreadsheetError: pass
        after = int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]) * 1024
        os.write(pipe_out, str(after - before).encode()); os._exit(0)
    os.waitpid(pid, 0)
    os.close(pipe_out)
    grown = int(os.read(pipe_in, 100) or b"-1")
    os.close(pipe_in)
    worst = max(worst, (grown, case.name))
    if grown < 0: raise SystemExit(f"{case.name} ended the process")
print(worst[0], worst[1])
"""


def end_of(case: Case) -> Table | str:
    try:
        return read_table(io.BytesIO(case.make()), case.file_name)
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
    done = subprocess.run([sys.executable, "-c", CHILD], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    grown, _blank, name = done.stdout.strip().partition(" ")
    assert int(grown) < MOST_BYTES, name
