"""Countries (ISO 3166-1 alpha-2) and languages (ISO 639-1, a few of 639-2/3), named in the reader's language."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.translation import get_language

from wimmentor.base.codes.codelist import find_near, match_key
from wimmentor.base.codes.zones import is_time_zone, offset_minutes, time_zone_choices
from wimmentor.base.ordering import sort_key

__all__ = [
    "country_choices",
    "country_name",
    "is_ambiguous_country",
    "is_time_zone",
    "language_choices",
    "language_name",
    "match_country",
    "match_country_nearly",
    "match_language",
    "match_language_nearly",
    "offset_minutes",
    "time_zone_choices",
]

_MATCHED_LOCALES = ("en", "es", "fr", "pt", "id")
# Spoken around mines and without a two-letter code.
_MORE_LANGUAGES = "arn ban bem bho bug ceb dyu ilo kam kea kmb kri lua luo mad men min mos nso pcm quc srn tem tpi umb"
# Two countries answer to each of these: ask, never guess.
_AMBIGUOUS = frozenset({"congo", "kongo", "korea", "corea", "coree", "coreia", "virgin islands", "samoa islands"})
# "Congo, The Democratic Republic of the", as ISO 3166 writes it.
_TURNED = re.compile(r"([^,]+),\s*(?:the )?([^,]+ of(?: the)?)", re.IGNORECASE)
_COUNTRY_WORDS = {
    "AE": "uae|eau",
    "BO": "plurinational state of bolivia",
    "CD": "drc|rdc|dr congo|rd congo|democratic republic of congo|democratic republic of the congo"
    "|republique democratique du congo|congo kinshasa|republica democratica do congo|congo drc|congo rdc",
    "CG": "republic of congo|republic of the congo|republique du congo|republica del congo|congo republic"
    "|congo brazzaville",
    "CI": "ivory coast|costa de marfil",
    "CV": "cape verde",
    "CZ": "czech republic|republica checa|republique tcheque",
    "GB": "uk|great britain|england|scotland|wales|northern ireland|inglaterra|angleterre",
    "IR": "islamic republic of iran",
    "KR": "republic of korea",
    "LA": "lao pdr|lao people s democratic republic",
    "MK": "macedonia",
    "MM": "burma|birmania|birmanie",
    "NL": "holland|holanda|the netherlands",
    "PH": "the philippines",
    "RU": "russian federation",
    "SZ": "swaziland",
    "TL": "east timor",
    "TR": "turkey|turquia",
    "TZ": "united republic of tanzania",
    "US": "usa|united states of america|ee uu|eeuu|estados unidos de america|etats unis d amerique",
    "VE": "bolivarian republic of venezuela",
    "VN": "viet nam",
}
_LANGUAGE_WORDS = {
    "arn": "mapudungun|mapudungún",
    "ay": "aymara|aimara",
    "es": "castellano|castilian",
    "fa": "farsi",
    "id": "bahasa|bahasa indonesia",
    "ms": "bahasa melayu",
    "ny": "chewa|chichewa",
    "nso": "sepedi|pedi",
    "nd": "ndebele",
    "qu": "runasimi",
    "sn": "chishona",
    "st": "sesotho|sotho",
    "sw": "kiswahili",
    "tl": "filipino|pilipino",
    "tn": "setswana",
    "xh": "isixhosa",
    "zh": "mandarin|mandarín|mandarin chinese|chino mandarín",
    "zu": "isizulu",
}


# Countries as Latin America calls them.
_COUNTRIES_IN = {"es": "es-419"}


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _active() -> str:
    return get_language() or "en"


@cache
def _country_codes() -> tuple[str, ...]:
    lines = (files("tzdata.zoneinfo") / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    # XK is no ISO code yet everybody's code for Kosovo, where there are mines.
    return tuple(sorted({line[:2] for line in lines if line and not line.startswith("#")} | {"XK"}))


@cache
def _language_codes() -> tuple[str, ...]:
    two_letters = {str(code) for code in Locale("en").languages if len(str(code)) == 2}
    # sh was withdrawn in favour of bs, hr and sr.
    return tuple(sorted((two_letters - {"sh"}) | set(_MORE_LANGUAGES.split())))


def _name(code: str, kind: str, language: str) -> str:
    spoken = _COUNTRIES_IN.get(language, language) if kind == "territories" else language
    for locale in (_locale(spoken), _locale("en")):
        names = locale.territories if kind == "territories" else locale.languages
        if code in names:
            return str(names[code])
    return code


def country_name(code: str) -> str:
    return _name(code.upper(), "territories", _active()) if code else ""


def language_word(code: str) -> str:
    """As it stands inside a sentence: many languages write names of languages in lower case."""
    return _name(code.lower(), "languages", _active()) if code else ""


def language_name(code: str) -> str:
    name = language_word(code)
    return name[:1].upper() + name[1:]


def language_names(codes: Iterable[str]) -> str:
    """A list that stands by itself begins with a capital, and only it."""
    names = ", ".join(map(language_word, codes))
    return names[:1].upper() + names[1:]


@cache
def _sorted_choices(kind: str, language: str) -> tuple[tuple[str, str], ...]:
    codes = _country_codes() if kind == "territories" else _language_codes()
    named = ((code, _name(code, kind, language)) for code in codes)
    # Many languages write names of languages in lower case; a list of choices begins with a capital.
    capital = ((code, name[:1].upper() + name[1:]) for code, name in named)
    return tuple(sorted(capital, key=lambda choice: (sort_key(choice[1], language), choice[0])))


def country_choices() -> list[tuple[str, str]]:
    return list(_sorted_choices("territories", _active()))


def language_choices() -> list[tuple[str, str]]:
    return list(_sorted_choices("languages", _active()))


@cache
def _index(kind: str) -> dict[str, str]:
    """Folded name to code; what means two codes is left out."""
    codes = _country_codes() if kind == "territories" else _language_codes()
    found: dict[str, set[str]] = {}
    for code in codes:
        for language in _MATCHED_LOCALES:
            found.setdefault(match_key(_name(code, kind, language)), set()).add(code)
    refused = _AMBIGUOUS if kind == "territories" else frozenset()
    index = {name: meant.pop() for name, meant in found.items() if len(meant) == 1 and name not in refused}
    for code, words in (_COUNTRY_WORDS if kind == "territories" else _LANGUAGE_WORDS).items():
        index.update({match_key(word): code for word in words.split("|")})
    return index | {code.lower(): code for code in codes}


def _without_brackets(text: str) -> str:
    return text.partition("(")[0]


def match_country(text: str) -> str | None:
    key = match_key(text)
    if key in _index("territories"):
        return _index("territories")[key]
    aliases: list[str] = get_global("territory_aliases").get(key.upper(), []) if len(key) == 3 else []
    if len(aliases) == 1 and aliases[0] in _country_codes():
        return aliases[0]
    if turned := _TURNED.fullmatch(text.strip()):
        return _index("territories").get(match_key(f"{turned[2]} {turned[1]}"))
    bare = match_key(_without_brackets(text)).removeprefix("the ")
    return None if bare in _AMBIGUOUS else _index("territories").get(bare)


def is_ambiguous_country(text: str) -> bool:
    """Two countries answer to it, as to "Congo"."""
    return match_key(text) in _AMBIGUOUS


def match_country_nearly(text: str) -> str | None:
    """To be shown to somebody, never taken silently."""
    return None if is_ambiguous_country(text) else _find_near("territories", match_key(text))


def match_language_nearly(text: str) -> str | None:
    return _find_near("languages", match_key(text))


# One slip of the keyboard may stand in every row of a spreadsheet, and each is compared with every name there is.
@lru_cache(maxsize=2_000)
def _find_near(kind: str, key: str) -> str | None:
    return find_near(key, _index(kind))


def match_language(text: str) -> str | None:
    """ "pt-BR" and "Portuguese (Brazil)" are Portuguese: the variety is no reason to keep two people apart."""
    index = _index("languages")
    code = text.strip().lower().replace("_", "-").partition("-")[0]
    return (
        index.get(match_key(text))
        or index.get(match_key(_without_brackets(text)))
        or (index.get(code) if code in _language_codes() else None)
    )
