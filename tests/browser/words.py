"""What stands on a page in somebody's language, found by what the sources say in English."""

import re
from functools import cached_property
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent.parent / "wimmentor" / "locale"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


class Words:
    """`words("Step %(current)s of %(total)s.", current=1)`: a pattern for the translation of that message, or of the
    shortest one that begins with or holds what is given; a placeholder without a value is anything. What no message
    holds (a name, a number) stays as it is."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, english: str, **values: object) -> str | re.Pattern[str]:
        found = english if self.language == "en" else self._names.get(english) or self._find(english) or english
        return re.compile(_pattern(found, values)) if PLACEHOLDER.search(found) else found

    @cached_property
    def _messages(self) -> dict[str, str]:
        with (LOCALE / self.language / "LC_MESSAGES" / "django.po").open("rb") as file:
            catalogue = read_po(file)
        messages: dict[str, str] = {}
        for message in catalogue:
            if isinstance(message.id, tuple):
                messages |= dict(zip(message.id, message.string[:2], strict=False))
            elif message.id:
                messages.setdefault(message.id, str(message.string))
        return messages

    @cached_property
    def _names(self) -> dict[str, str]:
        """Languages and countries, which no catalogue of ours names."""
        english, own = Locale.parse("en"), Locale.parse(self.language)
        pairs = ((english.languages, own.languages), (english.territories, own.territories))
        return {name: ours[code] for theirs, ours in pairs for code, name in theirs.items() if code in ours}

    def _find(self, english: str) -> str | None:
        if english in self._messages:
            return self._messages[english]
        # A single word may stand in any sentence.
        for fits in (str.startswith, str.__contains__) if " " in english else (str.startswith,):
            if found := [key for key in self._messages if fits(key, english)]:
                return self._messages[min(found, key=len)]
        return None


def _pattern(text: str, values: dict[str, object]) -> str:
    pattern, end = "", 0
    for found in PLACEHOLDER.finditer(text):
        name = found[1] or found[2]
        pattern += re.escape(text[end : found.start()]) + (re.escape(str(values[name])) if name in values else ".+")
        end = found.end()
    return pattern + re.escape(text[end:])
