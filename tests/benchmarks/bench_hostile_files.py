"""Seconds and memory of every hostile file and of 300 mutated ones, each read in a process of its own.

`python -m tests.benchmarks.bench_hostile_files [--only WORD ...] [--mutated 300] [--memory-only]`
Exit 1 where a file takes 5 seconds of processor time, grows the process by 100 MB, or ends it.
"""

import argparse
import ctypes
import gc
import io
import json
import os
import time
from collections.abc import Iterator
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from programmes.applications.importing import read_people  # noqa: E402
from tests.hostile import Case, made, mutated  # noqa: E402
from wimmentor.base.spreadsheets import SpreadsheetError, read_table  # noqa: E402

MOST_SECONDS, MOST_MEGABYTES = 5.0, 100.0


class Figures(NamedTuple):
    name: str
    seconds: float
    megabytes: float
    end: str


def peak() -> float:
    with open("/proc/self/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


def measure(case: Case) -> Figures:
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        data = case.make()
        # Room that was given back, but not to the system, would hide what the reading takes.
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        # The peak counts from where the process stands now.
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
        before, begun = peak(), time.process_time()
        try:
            end = f"read: {read_people_of(data, case.file_name)} rows"
        except SpreadsheetError as error:
            end = str(error)
        os.write(sending, json.dumps([time.process_time() - begun, peak() - before, end]).encode())
        os._exit(0)
    os.close(sending)
    os.waitpid(child, 0)
    with os.fdopen(receiving, "rb") as pipe:
        told = pipe.read()
    return Figures(case.name, *json.loads(told)) if told else Figures(case.name, 0, 0, "")


def read_people_of(data: bytes, file_name: str) -> int:
    """Also what is in which column, and who stands there: until the page that shows it."""
    table = read_table(io.BytesIO(data), file_name)
    read_people(table, role="mentee")
    return len(table.rows)


def cases(words: list[str], mutations: int) -> Iterator[Case]:
    for case in [*made(), *mutated(mutations)]:
        if not words or any(word in case.name for word in words):
            yield case


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--mutated", type=int, default=300)
    parser.add_argument("--memory-only", action="store_true")
    options = parser.parse_args()
    found = [measure(case) for case in cases(options.only, options.mutated)]
    for each in found:
        if not each.name.startswith("mutation"):
            print(f"{each.seconds:6.2f} s {each.megabytes:6.1f} MB  {each.name}: {each.end[:80]}")  # noqa: T201
    slowest, largest = max(each.seconds for each in found), max(each.megabytes for each in found)
    died = [each.name for each in found if not each.end]
    print(f"{len(found)} files: {slowest:.2f} s and {largest:.1f} MB at most; died: {died or 'none'}")  # noqa: T201
    too_slow = slowest >= MOST_SECONDS and not options.memory_only
    return int(too_slow or largest >= MOST_MEGABYTES or bool(died))


if __name__ == "__main__":
    raise SystemExit(main())
