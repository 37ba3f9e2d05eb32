"""A code list: stable codes for the database, labels for readers, matching for what people wrote in a form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property, lru_cache

from django.conf import settings
from django.utils.functional import Promise

from wimmentor.base.languages import speak
from wimmentor.base.ordering import sort_key
from wimmentor.base.text import fold

_NEAR = 0.88
_SHORT = 100
_NO_WORD = re.compile(r"[\W_]+")
Label = str | Promise
Entry = tuple[str, Label] | tuple[str, Label, Label] | tuple[str, Label, Label, Label]


def match_key(text: str) -> str:
    """Folded words without punctuation: "Health & safety" and "health_safety" are the same answer."""
    return _short_key(text) if len(text) <= _SHORT else _make_key(text)


def _make_key(text: str) -> str:
    return _NO_WORD.sub(" ", fold(text)).strip()


# A spreadsheet says the same few answers thousands of times.
_short_key = lru_cache(maxsize=20_000)(_make_key)


def find_near(key: str, index: Mapping[str, str]) -> str | None:
    """What a slip of the keyboard meant; None for short words, and where two choices are as near."""
    if not 5 <= len(key) <= 60:
        return None
    alike = [word for word in index if abs(len(word) - len(key)) <= len(key) // 4]
    near = {index[found] for found in get_close_matches(key, alike, n=4, cutoff=_NEAR)}
    return near.pop() if len(near) == 1 else None


class CodeList:
    """Entries are (code, label, ...); what follows the label are words, parted by "|", under which people answer it."""

    def __init__(self, name: str, entries: Iterable[Entry]) -> None:
        self.name = name
        self._labels: dict[str, Label] = {}
        self._words: dict[str, tuple[Label, ...]] = {}
        for code, label, *words in entries:
            self._labels[str(code)] = label
            self._words[str(code)] = tuple(words)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._labels)

    @property
    def choices(self) -> list[tuple[str, Label]]:
        return list(self._labels.items())

    def sorted_choices(self) -> list[tuple[str, Label]]:
        """By label as the reader's language sorts, "other" last: for lists whose order says nothing."""
        return sorted(self.choices, key=lambda choice: (choice[0] == "other", sort_key(str(choice[1]))))

    def label(self, code: str) -> str:
        """The label in the active language; an applicant's own words, which are no code, come back as they are."""
        return str(self._labels.get(code, code))

    def match(self, text: str) -> str | None:
        return self._index.get(match_key(text))

    def match_nearly(self, text: str) -> str | None:
        """The only choice that is written almost so: to be shown to somebody, never taken silently."""
        return find_near(match_key(text), self._index)

    def __contains__(self, code: object) -> bool:
        return code in self._labels

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def __repr__(self) -> str:
        return f"CodeList({self.name!r}, {len(self)} codes)"

    @cached_property
    def _index(self) -> dict[str, str]:
        # Codes first, then English, then the rest: an earlier meaning is never overwritten by a later one.
        index = {match_key(code): code for code in self._labels}
        for language in dict.fromkeys(["en", *(code for code, _ in settings.LANGUAGES)]):
            with speak(language):
                for code, label in self._labels.items():
                    index.setdefault(match_key(str(label)), code)
        for code, all_words in self._words.items():
            for words in all_words:
                for word in str(words).split("|"):
                    index.setdefault(match_key(word), code)
        return index
