"""Cells that no spreadsheet programme takes for a formula, and back again.

An apostrophe goes before what could begin a formula: at the start of a cell, and after characters at which a programme
with another list separator would start a new cell. Text that has such apostrophes already gets one more, so that
removing one always restores it.
"""

import re

# Full-width and small forms are formulas too, for East Asian settings.
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_FORMULA_AHEAD = rf"(?=['\"\s]*[{_SIGNS}])"
_OPEN = re.compile(rf"(^|[;\t\r\n]){_FORMULA_AHEAD}")
_GUARDED = re.compile(rf"(^|[;\t\r\n])'{_FORMULA_AHEAD}")
_PLAIN_NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?")


def guard_cell(text: str) -> str:
    if _PLAIN_NEGATIVE.fullmatch(text):
        return text
    return _OPEN.sub(r"\1'", text)


def unguard_cell(text: str) -> str:
    return _GUARDED.sub(r"\1", text)
