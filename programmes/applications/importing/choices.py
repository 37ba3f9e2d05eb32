"""One cell to the choices that were ticked in it.

A form joins choices by a sign that the choices hold too ("Leadership, promotion and visibility, Technical path").
So a cell is never cut at every sign: the longest pieces that are known choices are taken first, known from our lists or
from a column for each choice, then what the whole column shows: pieces that go on in lower case, or never stand alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from programmes.applications.importing.vocabulary import is_other
from wimmentor.base.codes import GOALS, INTERESTS
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.codes.places import match_language

_MOST_WORDS_OF_A_CODE = 40
_OTHER_BEGINS = re.compile(r"\s*+([^:：,;]{3,30}+)\s*+[:：]\s*+\S")
# With the blanks behind it: a cell full of line breaks is gone through once.
_PARTING = re.compile(r"[,;|\n]\s*+")
_SEPARATORS = ("|||", "\n", ";", ",")
_SPLIT = {
    "|||": re.compile(r"\|\|\|"),
    "\n": re.compile(r"\n"),
    ";": re.compile(r";"),
    ",": re.compile(r"[,，、،]"),
    " ": re.compile(r"\s+"),
    "|": re.compile(r"\|"),
    "/": re.compile(r"/"),
}
_CODE = re.compile(r"[a-z0-9_.\-]+")
# A choice repeats; pieces that are always together in so many answers are one.
_ALWAYS = 3

Match = Callable[[str], str | None]


def match_any(text: str) -> str | None:
    return match_language(text) or GOALS.match(text) or INTERESTS.match(text)


class Splitter:
    """For one column; `options` are choices that have a column of their own. `is_ours`: written by our own export or
    for us, with ";" (or "|||", where an answer holds that) between the values and nothing to guess."""

    def __init__(
        self, cells: Iterable[str], match: Match, options: Iterable[str] = (), *, is_ours: bool = False
    ) -> None:
        self._is_ours = is_ours
        self._cells = [cell for cell in cells if cell]
        self._match = match
        self._options = {match_key(option) for option in options}
        self._known: dict[str, bool] = {}

    def split(self, cell: str) -> list[str]:
        if not cell:
            return []
        if self._is_known(cell):
            return [cell]
        own, listed = ("", cell) if self._is_ours else _cut_other(cell)
        pieces = self._cut(listed)
        found: list[str] = []
        start = 0
        while start < len(pieces):
            end = self._end_of_known(pieces, start) or self._end_of_words(pieces, start)
            found.append(self._join(pieces[start:end]))
            start = end
        if self._is_ours:
            return [text for text in found if text]
        return _gather_other([text for text in found if text], own, self._is_known, self._joint)

    @cached_property
    def separator(self) -> str:
        if self._is_ours:
            used = [sign for sign in ("|||", ";") if any(sign in cell for cell in self._cells)]
            return used[0] if used else self._if_known(",")
        for sign in _SEPARATORS[:2]:
            if any(sign in cell for cell in self._cells):
                return sign
        if any(cell.endswith(";") for cell in self._cells):
            return ";"
        used = [
            sign for sign in _SEPARATORS[2:] if any(_SPLIT[sign].search(_cut_other(cell)[1]) for cell in self._cells)
        ]
        return self._weigh(max(used, key=self._count_known)) if used else self._other_sign()

    def _count_known(self, sign: str) -> int:
        """Of the pieces that it makes: a sign may stand only inside choices which another parts."""
        return sum(self._is_known(piece.strip()) for cell in self._cells for piece in _SPLIT[sign].split(cell))

    def _weigh(self, sign: str) -> str:
        """Commas that only stand inside choices, which a rarer sign parts: "a, b | c"."""
        return "|" if any("|" in cell for cell in self._cells) else sign

    def _other_sign(self) -> str:
        if any("|" in cell for cell in self._cells):
            return "|"
        spaced = [cell.split() for cell in self._cells]
        if any(len(words) > 1 for words in spaced) and all(self._are_codes(words) for words in spaced):
            return " "
        return self._if_known("/")

    def _are_codes(self, words: Sequence[str]) -> bool:
        if not all(_CODE.fullmatch(word) for word in words):
            return False
        return all(self._is_known(word) or is_other(word) for word in words)

    def _if_known(self, sign: str) -> str:
        """The sign, where it parts nothing but known choices."""
        parts_known = all(
            self._is_known(part) for cell in self._cells for part in _SPLIT[sign].split(cell) if part.strip()
        )
        return sign if parts_known and any(sign in cell for cell in self._cells) else ""

    def _is_known(self, text: str) -> bool:
        if text not in self._known:
            key = match_key(text)
            self._known[text] = bool(key) and (key in self._options or self._match(text) is not None)
        return self._known[text]

    def _cut(self, text: str) -> list[str]:
        if not self.separator:
            return [text]
        return [piece.strip() for piece in _SPLIT[self.separator].split(text)]

    def _join(self, pieces: Sequence[str]) -> str:
        return self._joint.join(piece for piece in pieces if piece)

    @cached_property
    def _joint(self) -> str:
        return {"\n": "\n", " ": " ", "|||": " ||| ", "": ""}.get(self.separator, f"{self.separator} ")

    def _end_of_known(self, pieces: Sequence[str], start: int) -> int:
        """End of the longest run of pieces that is a known choice; 0 where none is."""
        for end in range(min(len(pieces), start + 6), start, -1):
            if self._is_known(self._join(pieces[start:end])):
                return end
        return 0

    def _end_of_words(self, pieces: Sequence[str], start: int) -> int:
        end = start + 1
        if is_other(pieces[start]):
            return end
        while end < len(pieces) and not self._end_of_known(pieces, end) and self._goes_on(pieces[end - 1], pieces[end]):
            end += 1
        return end

    def _goes_on(self, before: str, piece: str) -> bool:
        if self._is_ours:
            return False
        if self.separator in (",", ";") and self._begin_with_capitals and piece[:1].islower():
            return True
        return (before, piece) in self._inseparable

    @cached_property
    def _begin_with_capitals(self) -> bool:
        return bool(self._cells) and sum(cell[:1].isupper() for cell in self._cells) >= 0.8 * len(self._cells)

    @cached_property
    def _inseparable(self) -> frozenset[tuple[str, str]]:
        alone: Counter[str] = Counter()
        together: Counter[tuple[str, str]] = Counter()
        for cell in self._cells:
            pieces = self._cut(_cut_other(cell)[1])
            alone.update(pieces)
            together.update(pairwise(pieces))
        # Where everybody gave the same answer, nothing is shown.
        varied = len(alone) > 2
        return frozenset(
            pair
            for pair, count in together.items()
            if varied and count >= _ALWAYS and alone[pair[0]] == count == alone[pair[1]]
        )


def split_cells(cells: Sequence[str]) -> list[list[str]]:
    splitter = Splitter(cells, match_any)
    return [splitter.split(cell) for cell in cells]


def _cut_other(cell: str) -> tuple[str, str]:
    """(her own words behind "Other:", what stands before): from there to the end, whatever signs they hold."""
    for start in _starts(cell):
        found = _OTHER_BEGINS.match(cell, start)
        if found and is_other(found[1]):
            return cell[found.end(1) :].lstrip(" :：\u00a0").strip(" ;") or found[1], cell[:start].rstrip(" ,;|\n")
    return "", cell


def _starts(cell: str) -> list[int]:
    return [0, *(found.end() for found in _PARTING.finditer(cell))]


def _gather_other(found: list[str], own: str, is_known: Callable[[str], bool], joint: str) -> list[str]:
    """ "English;Other;sign language (SASL);": what follows the choice "Other" is its text, and one answer."""
    place = next((index for index, text in enumerate(found) if is_other(text)), None)
    if place is not None:
        behind = [text for text in found[place + 1 :] if not is_known(text)]
        known = [text for text in found[place + 1 :] if is_known(text)]
        words = joint.join(behind)
        found = [*found[:place], *known, *([words] if words else [] if own else [found[place]])]
    return [*found, own] if own else found
