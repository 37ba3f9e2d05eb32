"""Several choices to codes, and her own words where no code fits."""

import re
from collections.abc import Callable, Sequence

from programmes.applications.importing.doubts import Doubts, shorten
from programmes.applications.importing.vocabulary import is_other
from wimmentor.base.codes import GOALS, INTERESTS
from wimmentor.base.codes.codelist import CodeList
from wimmentor.base.codes.places import match_language, match_language_nearly
from wimmentor.base.phrases import Named
from wimmentor.base.phrases import phrase as _

ListReader = Callable[[Doubts, str, Sequence[str]], list[str]]
# "Español e inglés", "English and French"
_AND = re.compile(r"\s+(?:and|y|e|et|dan|&)\s+|\s*[/&]\s*", re.IGNORECASE)


def read_languages(doubts: Doubts, name: str, texts: Sequence[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        for word in _part_languages(text):
            found.append(_read_language(doubts, name, word))
    return list(dict.fromkeys(found))


def _part_languages(text: str) -> list[str]:
    parts = [part for part in _AND.split(text) if part]
    return parts if len(parts) > 1 and not match_language(text) and all(map(match_language, parts)) else [text]


def _read_language(doubts: Doubts, name: str, word: str) -> str:
    code = match_language(word)
    if code:
        return code
    doubts.refuse_if_strict(name, word)
    if code := match_language_nearly(word):
        doubts.flag_reading(name, word, Named("language", code))
        return code
    doubts.flag(name, _("“%(text)s” is no language that we know; kept as written.") % {"text": shorten(word)})
    return word


def read_choices(choices: CodeList) -> ListReader:
    def read(doubts: Doubts, name: str, texts: Sequence[str]) -> list[str]:
        found = []
        for text in texts:
            code = choices.match(text)
            if code is None and not is_other(text):
                doubts.refuse_if_strict(name, text)
                if code := choices.match_nearly(text):
                    doubts.flag_reading(name, text, Named(choices.name, code))
            found.append(code or text)
        return list(dict.fromkeys(found))

    return read


LIST_READERS: dict[str, ListReader] = {
    "languages": read_languages,
    "goals": read_choices(GOALS),
    "interests": read_choices(INTERESTS),
}
