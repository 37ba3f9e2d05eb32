"""Cells that no spreadsheet programme takes for a formula, and back again.

An apostrophe goes before what could begin a formula: at the start of a cell, and after characters at which a programme
with another list separator would start a new cell. Text that has such apostrophes already gets one more, so that
removing one always restores it.
"""

import re

# Full-width and small forms are formulas too, for East Asian settings.
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# A place where a cell may begin, what may stand between it and a sign, and the sign. A run is read once, whatever
# follows it: looking ahead from each of its line breaks would take minutes for a cell that is full of them.
_RUN = re.compile(rf"(^|[;\t\r\n])(['\"\s]*+)([{_SIGNS}]?)")
_BEGINS = re.compile(r"[;\t\r\n]")
_GUARDED = re.compile(r"(^|[;\t\r\n])'")
_PLAIN_NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?")


def guard_cell(text: str) -> str:
    return text if _PLAIN_NEGATIVE.fullmatch(text) else _RUN.sub(_guard, text)


def unguard_cell(text: str) -> str:
    return _RUN.sub(_unguard, text)


def _guard(run: re.Match[str]) -> str:
    if not run[3]:
        return run[0]
    first = "" if run[1] else "'"
    return first + _BEGINS.sub(r"\g<0>'", run[1] + run[2]) + run[3]


def _unguard(run: re.Match[str]) -> str:
    return _GUARDED.sub(r"\1", run[1] + run[2]) + run[3] if run[3] else run[0]
