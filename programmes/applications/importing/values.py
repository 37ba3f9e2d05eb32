"""One cell to one value. What cannot be read is never guessed: it is flagged, and her words are kept."""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from programmes.applications.importing.doubts import Doubts, shorten
from programmes.applications.importing.fields import LENGTHS
from wimmentor.base.codes import GENDER, GOALS, INTERESTS, MINING_FUNCTION, PREFERRED_GENDER
from wimmentor.base.codes.codelist import CodeList, match_key
from wimmentor.base.codes.places import is_time_zone, match_country, match_language
from wimmentor.base.text import fold, fold_email, split_values
from wimmentor.base.weekhours import parse_week

FIRST_YEAR, LAST_YEAR = 1990, 2100
_YES = frozenset(("yes", "y", "true", "1", "x", "ok", "si", "oui", "sim", "ya", "agree", "acepto", "strict"))
_NO = frozenset(("no", "n", "false", "0", "non", "nao", "tidak", "nein"))
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_HALF = r"y medio|e meio|et demi|and a half"
_YEARS = re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:years?|yrs?|anos?|ans?|tahun)\.?(\s*(?:{_HALF}))?")
_AT_LEAST = re.compile(r"(\d{1,4})\s*(?:\+|o mas|or more|ou plus|ou mais)")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-]?)\s*(\d{1,2})(?::?(\d{2})|[.,](\d+))?")


def read_words(doubts: Doubts, name: str, text: str) -> str:
    limit = LENGTHS.get(name)
    if limit is None or len(text) <= limit:
        return text
    doubts.own_words[name] = text
    doubts.flag(name, _("Only the first %(limit)d characters fit here.") % {"limit": limit})
    return text[:limit].rstrip()


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def read_line_manager(doubts: Doubts, name: str, text: str) -> str:
    address = fold_email(text)
    if is_email(address):
        return address
    doubts.leave_out(name, text, _("This is no complete e-mail address; the rule for line managers cannot use it."))
    return ""


def read_country(doubts: Doubts, name: str, text: str) -> str:
    code = match_country(text)
    if code:
        return code
    doubts.refuse_if_strict(name, text)
    doubts.leave_out(
        name, text, _("“%(text)s” is no country that we know for certain. It was left empty.") % {"text": shorten(text)}
    )
    return ""


def read_languages(doubts: Doubts, name: str, text: str) -> list[str]:
    found: list[str] = []
    for word in [text] if match_language(text) else split_values(text):
        code = match_language(word)
        if code is None:
            doubts.refuse_if_strict(name, word)
            doubts.flag(name, _("“%(text)s” is no language that we know; kept as written.") % {"text": shorten(word)})
        found.append(code or word)
    return list(dict.fromkeys(found))


def read_time_zone(doubts: Doubts, name: str, text: str) -> str:
    zone = text.replace(" ", "_")
    if is_time_zone(zone):
        return zone
    doubts.leave_out(name, text, _("“%(text)s” is no time zone like America/Lima.") % {"text": shorten(text)})
    return ""


def read_offset(doubts: Doubts, name: str, text: str) -> int | None:
    """Minutes east of UTC; "-5", "+05:30", "UTC-3", "5.5"."""
    found = _OFFSET.fullmatch(fold(text).replace("−", "-"))
    minutes = None
    if found:
        rest = int(found[3]) if found[3] else round(float(f"0.{found[4]}") * 60) if found[4] else 0
        minutes = (int(found[2]) * 60 + rest) * (-1 if found[1] == "-" else 1)
    if minutes is None or not -12 * 60 <= minutes <= 14 * 60:
        doubts.leave_out(name, text, _("“%(text)s” is no offset like -5 or +05:30.") % {"text": shorten(text)})
        return None
    return minutes


def read_years(doubts: Doubts, name: str, text: str) -> str | None:
    """A decimal as text, with one place. Words beside a number of years are read, and said so."""
    number, sure = _years_in(text)
    if number is None or not 0 <= number <= 70:
        reason = _("“%(text)s” is no number of years from 0 to 70. It was left empty.") % {"text": shorten(text)}
        doubts.leave_out(name, text, reason)
        return None
    value = number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if not sure:
        plain = f"{value.normalize():f}"
        doubts.flag(name, _("“%(text)s” was read as %(years)s years.") % {"text": shorten(text), "years": plain})
    return str(value)


def _years_in(text: str) -> tuple[Decimal | None, bool]:
    plain = "".join(text.split())
    if _NUMBER.fullmatch(plain):
        return Decimal(plain.replace(",", ".")), True
    found = _YEARS.fullmatch(fold(text))
    if found is None:
        return None, False
    half = Decimal("0.5") if found[2] else Decimal(0)
    return Decimal(found[1].replace(",", ".")) + half, False


def read_capacity(doubts: Doubts, name: str, text: str) -> int | None:
    plain = fold(text)
    found = _AT_LEAST.fullmatch(plain) or re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", plain)
    if found and int(found[1]) <= 50:
        return int(found[1])
    doubts.leave_out(
        name, text, _("“%(text)s” is no number of places from 0 to 50. It was left empty.") % {"text": shorten(text)}
    )
    return None


def read_function(doubts: Doubts, name: str, text: str) -> str:
    code = MINING_FUNCTION.match(text)
    if code is None:
        doubts.refuse_if_strict(name, text)
    return code or read_words(doubts, name, text)


def read_choice(choices: CodeList) -> Callable[[Doubts, str, str], str]:
    def read(doubts: Doubts, name: str, text: str) -> str:
        code = choices.match(text)
        if code is None:
            doubts.refuse_if_strict(name, text)
            doubts.leave_out(
                name, text, _("“%(text)s” is none of the choices. It was left empty.") % {"text": shorten(text)}
            )
        return code or ""

    return read


def read_choices(choices: CodeList) -> Callable[[Doubts, str, str], list[str]]:
    """Codes, and her own words where no code fits."""

    def read(doubts: Doubts, name: str, text: str) -> list[str]:
        found = []
        for word in [text] if choices.match(text) else split_values(text):
            code = choices.match(word)
            if code is None:
                doubts.refuse_if_strict(name, word)
            found.append(code or word)
        return list(dict.fromkeys(found))

    return read


def parse_yes(text: str) -> bool | None:
    words = match_key(text).split()
    if not words:
        return None
    return True if words[0] in _YES else False if words[0] in _NO else None


def read_yes(doubts: Doubts, name: str, text: str) -> bool:
    answer = parse_yes(text)
    if answer is None:
        doubts.leave_out(name, text, _("“%(text)s” is neither yes nor no.") % {"text": shorten(text)})
    return bool(answer)


def read_week(doubts: Doubts, name: str, text: str) -> str:
    try:
        parse_week(text)
    except ValueError as error:
        doubts.leave_out(name, text, str(error))
        return ""
    return read_words(doubts, name, text)


def read_instant(doubts: Doubts, text: str, zone: str) -> str | None:
    """ISO 8601 in UTC or with its offset; without one it is the cohort's time."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    # Years at the ends of the calendar have no UTC.
    if instant is None or not FIRST_YEAR <= instant.year < LAST_YEAR:
        doubts.leave_out(
            "submitted_at", text, _("“%(text)s” is no date like 2027-01-31 18:00.") % {"text": shorten(text)}
        )
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))).isoformat()


READERS: dict[str, Callable[[Doubts, str, str], Any]] = {
    "country": read_country,
    "languages": read_languages,
    "time_zone": read_time_zone,
    "utc_offset": read_offset,
    "employer": read_words,
    "function": read_function,
    "job_title": read_words,
    "years_experience": read_years,
    "gender": read_choice(GENDER),
    "goals": read_choices(GOALS),
    "interests": read_choices(INTERESTS),
    "capacity": read_capacity,
    "preferred_mentor_gender": read_choice(PREFERRED_GENDER),
    "gender_preference_strict": read_yes,
    "line_manager_email": read_line_manager,
    "availability": read_week,
    "notes": read_words,
}
