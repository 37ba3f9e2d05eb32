"""Days and moments of many forms. Whether 03/04 is April or March, a whole column says, never one cell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from wimmentor.base.text import fold

FIRST_YEAR, LAST_YEAR = 1990, 2100
_MONTHS = (
    "january jan enero ene janvier janv janeiro januari"
    "|february feb febrero fevrier fev fevereiro februari"
    "|march mar marzo mars marco maret|april apr abril abr avril avr|may mayo mai maio mei"
    "|june jun junio juin junho juni|july jul julio juillet juil julho juli"
    "|august aug agosto ago aout agustus agu agt|september sep sept septiembre set septembre setembro"
    "|october oct octubre octobre outubro out oktober okt|november nov noviembre novembre novembro"
    "|december dec diciembre dic decembre dezembro dez desember des"
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS.split("|"), 1) for word in words.split()}
_MANY_DAYS = 4
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_DAY_FIRST = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})(?:er|o|º|st|nd|rd|th)?[-\s]+(?:de\s+)?([^\W\d_]+)\.?,?[-\s]+(?:de\s+|del\s+)?(\d{4})"
)
_MONTH_FIRST = re.compile(r"(?:[^\W\d_]+\.?,?\s+)?([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(
    r"(?:[t,\s]|\ba las\b|\bat\b|\ba\b|\bas\b|\bpukul\b)*(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?"
    r"\s*([ap])?\.?\s*(?:m\.?)?\s*(?:z|(?:utc|gmt)?\s*([+-]\d{1,2}):?(\d{2})?|utc|gmt)?"
)
_NAMED_UTC = re.compile(r"(?:z|utc|gmt)$")


@dataclass(frozen=True)
class Moment:
    """`parts` are year, month, day, or the three figures as they stand, where `is_open` says that their order is."""

    parts: tuple[int, int, int]
    is_open: bool
    clock: tuple[int, int, int] | None = None
    offset: timedelta | None = None

    @property
    def orders(self) -> frozenset[str]:
        """Of "dmy" and "mdy", those under which there is such a day."""
        if not self.is_open:
            return frozenset()
        return frozenset(order for order in ("dmy", "mdy") if self.day(order))

    @property
    def says_order(self) -> str:
        """The only order that it can have; "" where both are the same day, or neither fits."""
        return next(iter(self.orders)) if len(self.orders) == 1 else ""

    @property
    def is_ambiguous(self) -> bool:
        return len(self.orders) == 2 and self.parts[0] != self.parts[1]

    def day(self, order: str) -> date | None:
        first, second, third = self.parts
        year, month, number = (
            self.parts if not self.is_open else ((third, second, first) if order == "dmy" else (third, first, second))
        )
        try:
            found = date(year, month, number)
        except ValueError:
            return None
        return found if FIRST_YEAR <= found.year < LAST_YEAR else None

    def instant(self, order: str, zone: str) -> datetime | None:
        day = self.day(order)
        if day is None:
            return None
        hour, minute, second = self.clock or (0, 0, 0)
        tz = ZoneInfo(zone) if self.offset is None else timezone(self.offset)
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=tz)


def find_moment(text: str) -> Moment | None:
    """None: this is no date at all. A day that does not exist, as 31 April, is one, and has no `day`."""
    plain = fold(text).replace("−", "-")
    for pattern in (_ISO, _FIGURES, _DAY_FIRST, _MONTH_FIRST):
        found = pattern.match(plain)
        parts = _parts(pattern, found) if found else None
        if found and parts:
            return _with_time(parts, pattern is _FIGURES, plain[found.end() :])
    return None


def _parts(pattern: re.Pattern[str], found: re.Match[str]) -> tuple[int, int, int] | None:
    if pattern in (_DAY_FIRST, _MONTH_FIRST):
        word, day = (found[2], found[1]) if pattern is _DAY_FIRST else (found[1], found[2])
        month = _MONTH_OF.get(word)
        return (int(found[3]), month, int(day)) if month else None
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if pattern is _FIGURES and len(found[3]) == 2:
        third += 2000
    return first, second, third


def _with_time(parts: tuple[int, int, int], is_open: bool, rest: str) -> Moment | None:
    if not rest.strip(" ,"):
        return Moment(parts, is_open)
    found = _TIME.fullmatch(rest)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    offset = None
    if found[5]:
        sign = -1 if found[5].startswith("-") else 1
        offset = timedelta(hours=int(found[5]), minutes=sign * int(found[6] or 0))
    elif _NAMED_UTC.search(rest):
        offset = timedelta(0)
    if offset is not None and abs(offset) > timedelta(hours=14):
        return None
    return Moment(parts, is_open, (hour, minute, second), offset)


@dataclass(frozen=True)
class DateOrder:
    """`order` "": the column does not say. `is_inferred`: only the rows as a whole, or its language, say it."""

    order: str
    is_mixed: bool = False
    is_inferred: bool = False

    @classmethod
    def of(cls, cells: Iterable[str], *, is_day_first: bool = False) -> "DateOrder":
        moments = [moment for cell in cells if cell and (moment := find_moment(cell)) and moment.is_open]
        said = Counter(moment.says_order for moment in moments if moment.says_order)
        if len(said) == 1:
            return cls(next(iter(said)))
        if said:
            return cls("", is_mixed=True)
        if not any(moment.is_ambiguous for moment in moments):
            return cls("")
        order = _rising_order(moments) or _one_month(moments) or ("dmy" if is_day_first else "")
        return cls(order, is_inferred=bool(order))


def _rising_order(moments: Sequence[Moment]) -> str:
    """Forms write answers down as they come: the order in which the days rise, where only one does."""
    rising = [order for order in ("dmy", "mdy") if len(moments) >= 5 and _rises(moments, order)]
    return rising[0] if len(rising) == 1 else ""


def _one_month(moments: Sequence[Moment]) -> str:
    """Where one figure never changes and the other takes many values, the one that stays is the month."""
    first, second = ({moment.parts[place] for moment in moments} for place in (0, 1))
    if len(second) == 1 and len(first) >= _MANY_DAYS:
        return "dmy"
    return "mdy" if len(first) == 1 and len(second) >= _MANY_DAYS else ""


def _rises(moments: Sequence[Moment], order: str) -> bool:
    days = [day for moment in moments if (day := moment.day(order))]
    return len(days) == len(moments) and days == sorted(days) and days[0] < days[-1]
