"""How a language puts a label before a value, and words between quotation marks."""

from django.utils.translation import gettext


def say_fact(label: object, value: object) -> str:
    return gettext("%(label)s: %(value)s") % {"label": label, "value": value}


def quote(words: object) -> str:
    return gettext("“%(words)s”") % {"words": words}
