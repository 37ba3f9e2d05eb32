"""Pairs that were made elsewhere: mentor, mentee, since when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from programmes.applications.importing.addresses import tidy_address
from programmes.applications.importing.columns import name_columns
from programmes.applications.importing.dates import DateOrder, Moment, find_moment
from programmes.applications.importing.doubts import Note, shorten
from programmes.applications.importing.vocabulary import is_day_first
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _
from wimmentor.base.spreadsheets import Row, Table

PAIR_FIELDS = ("mentor_email", "mentee_email", "started_on")
# Beginnings of words, folded, in five languages.
_SAYS_MENTEE = ("mentee", "mentoree", "mentorad", "mentoread", "filleul", "aprendiz", "menti", "protege")
_SAYS_MENTOR = ("mentor", "marrain", "parrain")
_SAYS_DATE = (
    "start",
    "since",
    "date",
    "begin",
    "fecha",
    "inicio",
    "desde",
    "comienzo",
    "debut",
    "data",
    "tanggal",
    "mulai",
)
_SAYS_END = ("end", "fin", "hasta", "termino", "selesai", "fim")
_HAS_ADDRESSES = 0.3


@dataclass(frozen=True)
class PairEntry:
    row: int
    mentor_email: str
    mentee_email: str
    started_on: date | None


@dataclass
class PairReading:
    """`headings`: of the columns that were read, by field."""

    read: int = 0
    entries: list[PairEntry] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


class _Refused(Exception):
    def __init__(self, name: str, reason: Phrase) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason


@dataclass(frozen=True)
class _Days:
    """How the column of dates writes most of its days."""

    order: DateOrder
    is_usually_open: bool


def read_pairs(table: Table, *, mapping: Mapping[str, str | None] | None = None) -> PairReading:
    """`mapping` is {heading: one of PAIR_FIELDS or None}. What needs the database is not looked at."""
    reading = PairReading(read=len(table.rows))
    columns = _find_columns(table, mapping or {}, reading)
    days = _find_days(table, columns)
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        try:
            entry = _read_row(row, len(table.headings), columns, days, reading)
            pair = (entry.mentor_email, entry.mentee_email)
            if pair in seen:
                raise _Refused("mentee_email", _("This pair stands in row %(row)d already.") % {"row": seen[pair]})
        except _Refused as refusal:
            reading.refused.append(Note(row.number, _heading(reading, refusal.name), refusal.reason))
            continue
        seen[pair] = row.number
        reading.entries.append(entry)
    return reading


def _heading(reading: PairReading, name: str) -> str:
    return reading.headings.get(name, name)


def _find_columns(table: Table, mapping: Mapping[str, str | None], reading: PairReading) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, heading in enumerate(name_columns(table)):
        if heading in mapping:
            name = mapping[heading]
        else:
            name = None if index in table.hidden else _guess(heading, [row.cells[index] for row in table.rows])
        if name and name not in columns:
            columns[name] = index
            reading.headings[name] = heading
    return columns


def _guess(heading: str, cells: list[str]) -> str | None:
    words = match_key(heading).split()
    filled = [cell for cell in cells if cell]
    addresses = sum(1 for cell in filled if tidy_address(cell))
    if any(word.startswith(_SAYS_MENTEE) for word in words):
        name: str | None = "mentee_email"
    elif any(word.startswith(_SAYS_MENTOR) for word in words):
        name = "mentor_email"
    elif any(word.startswith(_SAYS_DATE) for word in words) and not any(word.startswith(_SAYS_END) for word in words):
        return "started_on"
    else:
        return None
    return name if not filled or addresses >= _HAS_ADDRESSES * len(filled) else None


def _find_days(table: Table, columns: Mapping[str, int]) -> _Days:
    if "started_on" not in columns:
        return _Days(DateOrder(""), is_usually_open=False)
    index = columns["started_on"]
    cells = [row.cells[index] for row in table.rows]
    kinds = Counter(moment.is_open for cell in cells if (moment := find_moment(cell)))
    order = DateOrder.of(cells, is_day_first=is_day_first(table.headings[index]))
    return _Days(order, is_usually_open=kinds[True] >= kinds[False])


def _read_row(row: Row, width: int, columns: Mapping[str, int], days: _Days, reading: PairReading) -> PairEntry:
    if len(row.cells) > width:
        raise _Refused(
            "mentee_email",
            _("This row has more cells than there are headings: its answers stand in wrong columns."),
        )
    cells = {name: row.cells[index] for name, index in columns.items()}
    mentor, mentee = (_read_address(name, cells.get(name, "")) for name in ("mentor_email", "mentee_email"))
    if mentor == mentee:
        raise _Refused("mentee_email", _("Mentor and mentee are the same person."))
    started = _read_day(row.number, cells.get("started_on", ""), days, reading)
    return PairEntry(row.number, mentor, mentee, started)


def _read_address(name: str, text: str) -> str:
    if not text:
        raise _Refused(name, _("An e-mail address is needed."))
    if address := tidy_address(text):
        return address
    raise _Refused(name, _("This is no complete e-mail address."))


def _read_day(number: int, text: str, days: _Days, reading: PairReading) -> date | None:
    if not text:
        return None
    moment = find_moment(text)
    if moment is None:
        raise _Refused("started_on", _("“%(text)s” is no date like 2027-01-31.") % {"text": shorten(text)})
    if moment.is_ambiguous and not days.order.order:
        raise _Refused(
            "started_on",
            _("“%(text)s” may be day/month or month/day, and no other row says which.") % {"text": shorten(text)},
        )
    day = moment.day(moment.says_order or days.order.order or "dmy")
    if day is None:
        raise _Refused("started_on", _("There is no such day as “%(text)s”.") % {"text": shorten(text)})
    if _is_unusual(moment, days):
        reason = _("“%(text)s” was read as %(day)s; most other rows are written otherwise.")
        said = {"text": shorten(text), "day": day.isoformat()}
        reading.flagged.append(Note(number, _heading(reading, "started_on"), reason % said))
    return day


def _is_unusual(moment: Moment, days: _Days) -> bool:
    return moment.is_open != days.is_usually_open or (moment.is_open and days.order.is_mixed)
