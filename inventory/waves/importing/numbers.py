"""Figures and partial dates, as people write them. What is not clear is refused, never guessed."""

import re
from datetime import date

from django.utils.translation import gettext as _

from inventory.waves.importing.choosing import UnfitCell
from programmes.applications.importing.dates import DateOrder, find_moment
from wimmentor.base.phrases import quote
from wimmentor.base.text import fold

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?")
# A space, and no other sign, can only part thousands.
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_PARTIAL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})|(\d{4})[/.](\d{1,2})")
_BEFORE = re.compile(r"(?:before|until|antes de|antes del|avant|sebelum)\s+(.+)")


def read_number(text: str, *, whole: bool) -> int | float:
    plain = _SPACED.sub("", text).rstrip("% ")
    if not _NUMBER.fullmatch(plain):
        raise UnfitCell(_("%(text)s is no number.") % {"text": quote(text)})
    if _THOUSANDS.fullmatch(plain) and not plain.startswith("0"):
        raise UnfitCell(
            _("%(text)s can be read in two ways. Write it without a sign between the figures.") % {"text": quote(text)}
        )
    number = float(plain.replace(",", "."))
    if not whole:
        return int(number) if number.is_integer() else number
    if not number.is_integer():
        raise UnfitCell(_("%(text)s is no whole number.") % {"text": quote(text)})
    return int(number)


def read_partial_date(text: str, order: DateOrder) -> str:
    """2021, 2021-09, 2021-09-29, or one of these with "before"; `order` says how the column writes its days."""
    plain = fold(text)
    if found := _BEFORE.fullmatch(plain):
        return f"before {read_partial_date(found[1], order)}"
    if _PARTIAL.fullmatch(plain) and _exists(plain):
        return plain
    if (found := _MONTH_YEAR.fullmatch(plain)) and _exists(month := _month(found)):
        return month
    # "September 2021": with a first day put before it, it is a date.
    if (moment := find_moment(f"1 {plain}")) and (day := moment.day("dmy")) and not moment.is_open:
        return day.isoformat()[:7]
    return _read_day(text, order).isoformat()


def _read_day(text: str, order: DateOrder) -> date:
    moment = find_moment(text)
    if moment is not None and moment.is_ambiguous and not order.order:
        raise UnfitCell(
            _("Whether %(text)s begins with the day or the month, this column does not say. Write 2021-09-29.")
            % {"text": quote(text)}
        )
    day = moment.day(order.order or moment.says_order or "dmy") if moment else None
    if day is None:
        raise UnfitCell(
            _("%(text)s is no date. Write a year, a month or a day: 2021, 2021-09 or 2021-09-29.")
            % {"text": quote(text)}
        )
    return day


def _month(found: re.Match[str]) -> str:
    month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
    return f"{year}-{int(month):02d}"


def _exists(partial: str) -> bool:
    numbers = [int(number) for number in partial.split("-")]
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return False
    return True
