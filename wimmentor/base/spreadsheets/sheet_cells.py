"""The rows of one sheet as numbered lists of text: values only, never formulas."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from math import isfinite

from django.utils.translation import gettext

from wimmentor.base.spreadsheets.tables import Limits, SpreadsheetError, check_length, trim_cell
from wimmentor.base.spreadsheets.workbook import Workbook

_ROWS_OF_A_SHEET = 1_048_576
_COLUMNS_OF_A_SHEET = 16_384
_PLACE = re.compile(r"([A-Za-z]{1,3})\d+")
# Excel writes signs that XML cannot hold, and the carriage return of a line break, as _x000D_.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass
class SheetReader:
    """A TagReader. `rows` is to be emptied by whoever drives it; all else says what the sheet holds beside values."""

    book: Workbook
    limits: Limits
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    hidden_rows: int = 0
    unread_formulas: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    number: int = 0
    _cells: list[str] = field(default_factory=list)
    _column: int = -1
    _kind: str = "n"
    _style: int = 0
    _pieces: list[str] | None = None
    _length: int = 0
    _value: str | None = None
    _inline: list[str] = field(default_factory=list)
    _has_formula: bool = False
    _in_reading: bool = False

    def open_tag(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "v" or (name == "t" and not self._in_reading):
            self._pieces, self._length = [], 0
        elif name == "row":
            self._open_row(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._in_reading = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.hidden.update(range(first - 1, min(last, self.limits.columns)))

    def add_text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)
            self._length += len(text)
            check_length(self._length, self.number, self.limits)

    def close_tag(self, name: str) -> None:
        if name == "v":
            self._value, self._pieces = "".join(self._pieces or ()), None
        elif name == "t":
            self._inline.append("".join(self._pieces or ()))
            self._pieces = None
        elif name == "c":
            self._close_cell()
        elif name == "row":
            self.rows.append((self.number, self._cells))
        elif name == "rPh":
            self._in_reading = False

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self.number + 1))
        if not self.number < number <= _ROWS_OF_A_SHEET:
            raise SpreadsheetError(gettext("This workbook names rows that no sheet has. Save it again."))
        self.number, self._cells, self._column = number, [], -1
        self.hidden_rows += attributes.get("hidden") in ("1", "true")

    def _open_cell(self, attributes: dict[str, str]) -> None:
        found = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = _column_number(found[1]) if found else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._value, self._inline, self._has_formula = None, [], False

    def _close_cell(self) -> None:
        text = self._read_cell()
        if not text:
            return
        if self._column >= self.limits.columns:
            raise SpreadsheetError(
                gettext("Row %(row)d has more than %(limit)d columns. Keep only the columns of the form.")
                % {"row": self.number, "limit": self.limits.columns}
            )
        missing = self._column - len(self._cells)
        if missing < 0:
            self._cells[self._column] = text
        else:
            self._cells.extend([""] * missing)
            self._cells.append(text)

    def _read_cell(self) -> str:
        if self._kind == "inlineStr":
            return _plain_text("".join(self._inline))
        if self._value is None:
            if self._has_formula:
                self.unread_formulas.append(self.number)
            return ""
        return self._value_text(self._value)

    def _value_text(self, value: str) -> str:
        match self._kind:
            case "s":
                index = int(value)
                if index < 0:
                    raise IndexError(index)
                return _plain_text(self.book.texts[index])
            case "b":
                return "yes" if value == "1" else "no"
            case "e":
                self.errors.append(self.number)
                return ""
            case "n":
                return self._number_text(value)
        return _plain_text(value)

    def _number_text(self, text: str) -> str:
        try:
            value = float(text)
        except ValueError:
            return _plain_text(text)
        if not isfinite(value):
            return text
        if self._style in self.book.date_styles:
            return _moment_text(value, self.book.counts_from_1904) or text
        # What a programme shows: fifteen digits, and no exponent where the number is whole.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if number > _COLUMNS_OF_A_SHEET:
        raise SpreadsheetError(gettext("This workbook names columns that no sheet has. Save it again."))
    return number - 1


def _plain_text(text: str) -> str:
    return trim_cell(_ESCAPED.sub(_unescape, text) if "_x" in text else text)


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    # Half of a pair is no sign.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _moment_text(days: float, counts_from_1904: bool) -> str:
    """Days since the programme's first day, as ISO: a day, a time of day, or both. Empty where there is no such day."""
    if not 0 <= days < 2_958_466:
        return ""
    first = datetime(1904, 1, 1) if counts_from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock
    if not counts_from_1904 and 1 <= days < 60:
        first += timedelta(days=1)  # the programmes believe that 1900 was a leap year
    # Fractions of days: a second may come out as 0.999999.
    try:
        moment = first + timedelta(seconds=round(days * 86_400))
    except OverflowError:
        return ""
    if days < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat()
