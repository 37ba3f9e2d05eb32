"""Figures in words, for readers and for tables that are taken along. Hidden is said, never empty and never 0; where a
part of it is public by name, that part stands with a plus."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from inventory.analysis.tables import Count

HIDDEN = "hidden"  # in files, in every language


def say_count(count: Count) -> str:
    if count.number is not None:
        return say_number(count.number)
    return f"{say_number(count.least)}+" if count.least else _("hidden")


def say_of(count: Count, whole: int) -> str:
    """6 of 12."""
    return _("%(count)s of %(whole)s") % {"count": say_count(count), "whole": say_number(whole)}


def say_number(number: float, places: int = 1) -> str:
    """Whole numbers as they are; others with one decimal."""
    whole = float(number).is_integer()
    return number_format(int(number) if whole else round(number, places), decimal_pos=0 if whole else places)


def say_share(share: float) -> str:
    return _("%(share)s %%") % {"share": number_format(round(share * 100), decimal_pos=0)}


def say_list(words: Sequence[str], most: int = 8) -> str:
    """A, B and 3 more."""
    if len(words) > most:
        more = say_number(len(words) - most)
        return _("%(words)s and %(more)s more") % {"words": ", ".join(words[:most]), "more": more}
    if len(words) < 2:
        return "".join(words)
    return _("%(words)s and %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}


def shorten(label: str) -> str:
    """What stands before a colon or a bracket, for charts: "Career sponsorship (advocacy by ...)"."""
    return label.partition(":")[0].partition(" (")[0]


def raw(count: Count) -> Any:
    return HIDDEN if count.number is None else count.number


def raws(counts: Iterable[Count]) -> list[Any]:
    return [raw(count) for count in counts]
