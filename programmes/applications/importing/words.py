"""Numbers, years, places and yes or no, as people write them in five languages. None: it says no such thing."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from wimmentor.base.codes.codelist import match_key
from wimmentor.base.text import fold

_YES_WORDS = (
    "yes y true 1 x ok si oui sim ya agree acepto aceito accepte setuju strict verdadero vrai verdadeiro benar checked"
    " selected autorizo"
)
_NO_WORDS = "no n false 0 non nao tidak nein falso faux salah unchecked"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_AGREE_WORDS = (
    "agree agreed accept accepted consent authorise authorize acepto aceptar acuerdo consiento autorizo accepte accord"
    " consens autorise aceito concordo autorizo setuju bersedia"
)
_DISSENT_WORDS = "disagree decline refuse desacuerdo rechazo desaccord discordo recuso menolak keberatan"
_AGREE, _DISSENT = frozenset(_AGREE_WORDS.split()), frozenset(_DISSENT_WORDS.split())
_NOT_WORDS = "not don dont cannot no non nao n ne pas tidak tak never nunca jamais"
_NOT = frozenset(_NOT_WORDS.split())
_TICKS = frozenset(("✓", "✔", "☑", "√", "✅", "●", "•"))
_NUMERALS = (
    "zero cero zéro nol|one un uno una une um uma satu|two dos deux dois duas dua|three tres trois tiga"
    "|four cuatro quatre quatro empat|five cinco cinq lima|six seis enam|seven siete sept sete tujuh"
    "|eight ocho huit oito delapan|nine nueve neuf nove sembilan|ten diez dix dez sepuluh"
    "|eleven once onze sebelas|twelve doce douze doze|thirteen trece treize treze|fourteen catorce quatorze"
    "|fifteen quince quinze|sixteen dieciseis seize dezesseis|seventeen diecisiete dezessete"
    "|eighteen dieciocho dezoito|nineteen diecinueve dezenove|twenty veinte vingt vinte"
)
_NUMBER_OF = {fold(word): number for number, words in enumerate(_NUMERALS.split("|")) for word in words.split()}
_TENS = (
    "twenty veinte vingt vinte|thirty treinta trente trinta|forty cuarenta quarante quarenta"
    "|fifty cincuenta cinquante cinquenta|sixty sesenta soixante sessenta|seventy setenta septante"
)
_TENS_OF = {fold(word): number * 10 for number, words in enumerate(_TENS.split("|"), 2) for word in words.split()}
_NUMBER_OF |= _TENS_OF
_NUMBER_OF |= {fold(word): 0 for word in ("none", "ninguno", "ninguna", "aucun", "aucune", "nenhum", "nenhuma")}
_DIGIT = "|".join(word for word, number in _NUMBER_OF.items() if 0 < number < 10)
# Thirty-five, treinta y cinco, veinticinco, vingt et un, soixante-dix, dix-sept, trinta e cinco, dua puluh lima.
_COMPOUND = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS_OF)})(?:-|\s+(?:(?:y|e|et)\s+)?)(?P<unit>{_DIGIT})|veinti(?P<veinti>{_DIGIT})"
    rf"|(?P<dix>dix)[- ](?P<teen>sept|huit|neuf)|(?P<soixante>soixante)[- ]dix|(?P<belas>{_DIGIT})\s?belas"
    rf"|(?P<puluh>{_DIGIT})\s?puluh(?:\s(?P<last>{_DIGIT}))?)\b"
)

_N = r"(\d{1,4}(?:[.,]\d+)?)"
_UNIT = r"(?:years?|yrs?|anos?|ans?|annees?|tahun|th|thn)\.?"
_MONTHS = r"(?:months?|mes|meses|mois|mese|bulan)"
_HALF = r"(?:y medio|y media|e meio|e meia|et demie?|and a half|setengah|1/2)"
_TAIL = r"(?:\s+(?:de|of|d'|en|in|em)\b.*)?"
_PLAIN = re.compile(rf"[+]?{_N}")
_SIGNED = re.compile(rf"[+-]{_N}")
_YEARS = re.compile(rf"{_N}\s*{_UNIT}(\s*{_HALF})?{_TAIL}|{_N}\s+({_HALF})(?:\s*{_UNIT})?{_TAIL}")
_YEARS_MONTHS = re.compile(rf"{_N}\s*{_UNIT},?\s*(?:y|e|et|and|dan)?\s*(\d\d?)\s*{_MONTHS}")
_ONLY_MONTHS = re.compile(rf"(\d{{1,3}})\s*{_MONTHS}")
_HALF_YEAR = re.compile(rf"(?:(?:half a|medio|media|meio|demi|un demi|setengah|1/2)\s*-?\s*{_UNIT}|1/2|setengah)")
_MORE_BEFORE = (
    r"(?:mas de|more than|over|plus de|mais de|mais que|lebih dari|at least|al menos|por lo menos|minimo|au moins"
    r"|pelo menos|minimal|>=?|desde)"
)
_MORE_AFTER = r"(?:\+|o mas|y mas|or more|and more|ou plus|et plus|ou mais|e mais|atau lebih|plus|keatas|ke atas)"
_MORE = re.compile(
    rf"{_MORE_BEFORE}\s*{_N}\s*(?:{_UNIT})?{_TAIL}|{_N}\s*(?:{_UNIT})?\s*{_MORE_AFTER}\s*(?:{_UNIT})?{_TAIL}"
)
_LESS = re.compile(
    rf"(?:menos de|less than|under|moins de|moins d'|menos que|kurang dari|<)\s*{_N}\s*(?:{_UNIT})?{_TAIL}"
)
_RANGE = re.compile(
    rf"(?:entre|between|de|from|antara)?\s*{_N}(?:\s*[-–—/]\s*|\s+(?:a|to|y|and|et|e|o|or|ou|hasta|sampai|dan|atau|ate)\s+){_N}\s*"
    rf"(?:{_UNIT})?{_TAIL}"
)
_AT_MOST = re.compile(rf"(?:up to|hasta|jusqu'a|ate|maximo|max\.?|maximum|maksimal|sampai|no mas de)\s*{_N}")
_PERSONS = re.compile(
    rf"{_N}\s*(?:mentees?|mentoradas?|mentorees?|persons?|people|personas?|personnes?|pessoas?|orang|mentoreadas?"
    r"|places?|plazas?|vagas?|cupos?|filleules?)"
)


class Number(NamedTuple):
    """`is_plain`: written as one number and nothing else, so that nobody needs to look."""

    value: Decimal
    is_plain: bool


def parse_yes(text: str) -> bool | None:
    if text.strip() in _TICKS:
        return True
    words = match_key(text).split()
    if not words:
        return None
    if words[0] == "j" and len(words) > 1:
        words = words[1:]
    return True if words[0] in _YES else False if words[0] in _NO else None


def parse_consent(text: str) -> bool | None:
    """Also "I agree", "Je n'accepte pas", "Saya tidak setuju"; what begins with yes or no is that."""
    answer = parse_yes(text)
    if answer is not None:
        return answer
    words = match_key(text).split()
    if _DISSENT & set(words):
        return False
    agreed = next((index for index, word in enumerate(words) if word in _AGREE), None)
    return None if agreed is None else not _NOT & set(words[:agreed])


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _in_figures(text: str) -> str:
    """Folded, number words as figures: "Tres años y medio" -> "3 anos y medio"."""
    plain = fold(text.replace("½", " 1/2")).replace("’", "'").strip(" .!")
    plain = _COMPOUND.sub(_add_up, plain)
    return re.sub(r"[^\W\d_]+", lambda word: str(_NUMBER_OF.get(word[0], word[0])), plain).strip()


def _add_up(found: re.Match[str]) -> str:
    said = {name: _NUMBER_OF[word] for name, word in found.groupdict().items() if word}
    base = 20 * ("veinti" in said) + 10 * (("belas" in said) + ("soixante" in said))
    return str(base + sum(number * (10 if name == "puluh" else 1) for name, number in said.items()))


def parse_years(text: str) -> Number | None:
    plain = fold(text)
    if _PLAIN.fullmatch(plain):
        return Number(_decimal(plain.lstrip("+")), True)
    value = _years_in_words(_in_figures(text))
    return None if value is None else Number(value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP), False)


def _years_in_words(text: str) -> Decimal | None:
    text = re.sub(
        r"^(?:about|around|approximately|aproximadamente|aprox\.?|unos|unas|casi|environ|cerca de|sekitar|almost|~)\s*",
        "",
        text,
    )
    if found := _YEARS_MONTHS.fullmatch(text):
        return _decimal(found[1]) + Decimal(found[2]) / 12
    if found := _ONLY_MONTHS.fullmatch(text):
        return Decimal(found[1]) / 12
    if found := _YEARS.fullmatch(text):
        half = Decimal("0.5") if found[2] or found[4] else Decimal(0)
        return _decimal(found[1] or found[3]) + half
    if _HALF_YEAR.fullmatch(text):
        return Decimal("0.5")
    if found := _LESS.fullmatch(text):
        return Decimal(0) if _decimal(found[1]) <= 1 else None
    return _bounded(text)


def _bounded(text: str) -> Decimal | None:
    """The least that is meant: "5-7" is 5, "más de 10" is 10."""
    if found := _MORE.fullmatch(text):
        return _decimal(found[1] or found[2])
    if (found := _RANGE.fullmatch(text)) and _decimal(found[1]) <= _decimal(found[2]):
        return _decimal(found[1])
    return _decimal(text) if re.fullmatch(_N, text) else None


def parse_capacity(text: str) -> Number | None:
    plain = _in_figures(text)
    if re.fullmatch(r"\d{1,4}(?:[.,]0+)?", fold(text)):
        return Number(_decimal(plain), True)
    if (found := _PERSONS.fullmatch(plain)) or (found := _AT_MOST.fullmatch(plain)):
        value: Decimal | None = _decimal(found[1])
    else:
        value = _bounded(plain)
    if value is None or value != value.to_integral_value():
        return None
    # "3 o más" is a choice of many forms: at least 3 is what the mentor said.
    return Number(value, bool(_MORE.fullmatch(plain)) and plain[0].isdigit())
