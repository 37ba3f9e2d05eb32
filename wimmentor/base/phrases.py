"""How a language puts a label before a value, and words between quotation marks."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext


def say_fact(label: object, value: object) -> str:
    return gettext("%(label)s: %(value)s") % {"label": label, "value": value}


def quote(words: object) -> str:
    return gettext("“%(words)s”") % {"words": words}


def say_list(items: Iterable[object]) -> str:
    """One after the other, each of which may hold commas of its own."""
    return pgettext("between two items of a list", "; ").join(map(str, items))
