"""A language that is none: every sentence of the catalogues with accents, longer, in brackets.

What stands on a page without brackets is not in the catalogues, and what bursts would burst in French. Only for tests
and demonstrations: WIM_PSEUDO=1.
"""

import re
from functools import cache
from typing import Any

from django.utils.translation import trans_real

OPEN, CLOSE = "⟦", "⟧"
_CONTEXT = "\x04"
_ACCENTS = str.maketrans("acdeginorsuyzACDEGINORSUYZ", "åçđéĝîñöŕšûýžÅÇĐÉĜÎÑÖŔŠÛÝŽ")
# Filled in, or markup: %(name)s, %d, {name}, [[link:x]], <a href="...">, &amp;
_KEPT = re.compile(r"(%\([^)]*\)[a-z]|%[sd%]|\{[^}]*\}|\[\[[^\]]*\]\]|<[^>]*>|&[a-z#0-9]+;)")
_VOWELS = re.compile(r"([aeiouAEIOU])")


def lengthen(text: str) -> str:
    """Each vowel twice: about forty per cent more, in the words themselves, where a layout bursts."""
    parts = _KEPT.split(text)
    # Every second part is what is kept.
    parts[::2] = [_VOWELS.sub(r"\1\1", part).translate(_ACCENTS) for part in parts[::2]]
    return OPEN + "".join(parts) + CLOSE


class PseudoTranslation:
    """`inner`, lengthened. A sentence whose context speaks of a format is no sentence and stays."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def gettext(self, message: str) -> str:
        return self._lengthen(message, self._inner.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self._lengthen(singular, self._inner.ngettext(singular, plural, number))

    def _lengthen(self, message: str, found: str) -> str:
        context, _mark, _text = message.rpartition(_CONTEXT)
        text = found.rpartition(_CONTEXT)[2]
        # A language without a sentence of its own asks the next one, which has lengthened it already.
        return text if "format" in context or text.startswith(OPEN) else lengthen(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def speak_pseudo() -> None:
    """From now on, in this process, whatever the language."""
    genuine = trans_real.translation
    trans_real.translation = cache(lambda language: PseudoTranslation(genuine(language)))  # type: ignore[assignment]
    trans_real._default = None  # type: ignore[attr-defined]
