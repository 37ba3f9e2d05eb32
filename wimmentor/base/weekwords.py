"""Words in which people write hours of their week, in five languages, as signs that a grammar can read."""

import re
from functools import lru_cache
from typing import NamedTuple

from wimmentor.base.text import fold

# English, Spanish, French, Portuguese, Indonesian; folded. Any beginning of three letters is an abbreviation.
_DAYS = (
    "monday lunes lundi segunda senin",
    "tuesday martes mardi terca selasa",
    "wednesday weds miercoles mercredi quarta rabu",
    "thursday jueves jeudi quinta kamis",
    "friday viernes vendredi sexta jumat",
    "saturday sabado samedi sabtu",
    "sunday domingo dimanche minggu mggu ahad",
)
_DAY_OF = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
_SHORTEST = 3
_WORDS = {
    "T": "to till until through thru a hasta au ate sampai hingga sd as",
    "&": "and y e et dan",
    "B": "between entre antara",
    "E": "everyday",
    # They say nothing of their own.
    "": (
        "from on at every each de del desde los las el la todos todas cada du des le les tous chaque da das dari hari"
        " pukul pk jam"
    ),
}
_SIGN_OF = {word: sign for sign, words in _WORDS.items() for word in words.split()}
_EVERY_DAY = re.compile(
    r"\b(?:every ?day|daily|todos los dias|cada dia|a diario|diariamente|tous les jours|chaque jour|todos os dias"
    r"|s?etiap hari|tiap hari)\b"
)
_FEIRA = re.compile(r"\b((?:segunda|terca|quarta|quinta|sexta|seg|ter|qua|qui|sex)s?)[- ]feiras?\b")
_WORK_WEEK = re.compile(r"\bl\s?(?:-|a|au)\s?v\b")
_DASHES = str.maketrans("–—−‐‑", "-----")
_TIME = (
    r"(?<![\d:.])(?P<hour>\d{1,2})(?!\d)(?:[:.](?P<minute>\d{2})(?!\d)|\s?h\s?(?P<after_h>\d{2})(?!\d|\s?h))?"
    r"(?P<unit>\s?(?:hrs?|hs?|horas?|heures?)(?![a-z]))?\.?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
)
_TOKEN = re.compile(rf"{_TIME}|(?P<word>[^\W\d_]+)|(?P<sign>[-,&])|(?P<blank>[\s.:()]+)|(?P<other>.)", re.DOTALL)


class Time(NamedTuple):
    """`half`: "a" or "p" of a.m. and p.m. `is_bare`: a figure that says neither the half of the day nor minutes."""

    hour: int
    minute: int
    half: str
    is_bare: bool


class Words(NamedTuple):
    """A sign for each word: D day, E every day, H time, B between, T to, & and, and "-" "," as they are; ? what we do
    not know. `values`: day or time at the same place."""

    signs: str
    values: list[int | Time]


def read_words(text: str) -> Words:
    plain = fold(text.translate(_DASHES)).translate(_DASHES).replace("’", "").replace("'", "").replace("s/d", "sd")
    plain = _EVERY_DAY.sub(" everyday ", _WORK_WEEK.sub("lun-vie", _FEIRA.sub(r"\1", plain)))
    signs, values = "", []
    for token in _TOKEN.finditer(plain):
        sign, value = _read_token(token, signs)
        if sign:
            signs += sign
            values.append(value)
    return Words(signs, values)


def _read_token(token: re.Match[str], before: str) -> tuple[str, int | Time]:
    if token["hour"]:
        return "H", _read_time(token)
    if token["blank"] or token["sign"]:
        return token["sign"] or "", 0
    word = token["word"] or ""
    if word == "as" and not before.endswith("H"):  # "às" before the first of two times
        return "", 0
    if word in _SIGN_OF:
        return _SIGN_OF[word], 0
    day = _day_number(word)
    return ("?", 0) if day is None else ("D", day)


def _read_time(token: re.Match[str]) -> Time:
    minute = token["minute"] or token["after_h"]
    is_bare = not (minute or token["unit"] or token["half"] or token["hour"].startswith("0"))
    return Time(int(token["hour"]), int(minute or 0), token["half"] or "", is_bare)


@lru_cache(maxsize=500)
def _day_number(word: str) -> int | None:
    """A name, many such days, or any beginning of a name."""
    whole = _DAY_OF.get(word, _DAY_OF.get(word.removesuffix("s")))
    if whole is not None or len(word) < _SHORTEST:
        return whole
    found = {number for name, number in _DAY_OF.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None
