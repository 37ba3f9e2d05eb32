"""Names in the order in which a language sorts them, and listed in a sentence as it lists them."""

import re
import unicodedata
from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language

from wimmentor.base.text import fold

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})
# Letters of their own that come after another one.
_AFTER = "\uffff"
_OWN_LETTERS = {"es": {"ñ": "n" + _AFTER}}
SortKey = tuple[str, str, str]


def sort_key(text: str, language: str | None = None) -> SortKey:
    """By letters without case and accents, then by accents, then as written. `language`: of the reader, who is the
    active one unless told otherwise."""
    written = unicodedata.normalize("NFC", text)
    plain = written.casefold().translate(_LIGATURES)
    for letter, place in _OWN_LETTERS.get(_base(language), {}).items():
        plain = plain.replace(letter, place)
    return fold(plain), plain, written


def join_words(words: Iterable[object], *, either: bool = False) -> str:
    """ "a, b and c" in the active language; `either`: "a, b or c"."""
    listed = [str(word) for word in words]
    language = _base(None)
    # English as it is written outside the United States: no comma before the last "and".
    locale = "en_GB" if language == "en" else language
    text = format_list(listed, style="or" if either else "standard", locale=locale)
    if language == "es" and len(listed) > 1:
        return _before_same_sound(text, listed[-1])
    return text


def _before_same_sound(text: str, last: str) -> str:
    """ "y" before the sound i, "o" before the sound o: Perú e Italia, siete u ocho."""
    head = text[: len(text) - len(last)]
    if head.endswith(" y ") and re.match(r"h?[ií](?![aeoáéó])", last, re.IGNORECASE):
        return head[:-3] + " e " + last
    if head.endswith(" o ") and re.match(r"h?[oó]", last, re.IGNORECASE):
        return head[:-3] + " u " + last
    return text


def _base(language: str | None) -> str:
    return (language or get_language() or "en").partition("-")[0]
