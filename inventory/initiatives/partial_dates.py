"""Dates of which only the year or the month is known: 2021, 2021-09, 2021-09-29, before 2011-07."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

DAY_KNOWN = 3


def say_partial_date(text: str) -> str:
    """As the reader writes it; what is no partial date stays as it is."""
    if text.startswith("before "):
        until = text.removeprefix("before ")
        said = pgettext("a day", "before %(time)s") if until.count("-") == DAY_KNOWN - 1 else _("before %(time)s")
        return said % {"time": say_partial_date(until)}
    numbers = text.split("-")
    try:
        day = date(*(int(number) for number in [*numbers, "1", "1"][:3]))
    except ValueError:
        return text
    if len(numbers) == 1:
        return str(day.year)
    return date_format(day, "YEAR_MONTH_FORMAT" if len(numbers) < DAY_KNOWN else "DATE_FORMAT")
