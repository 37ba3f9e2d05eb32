"""One cell to one value. What cannot be read is never guessed: it is flagged, and her words are kept."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from programmes.applications.importing.addresses import tidy_address
from programmes.applications.importing.dates import DateOrder, find_moment
from programmes.applications.importing.doubts import Doubts, shorten
from programmes.applications.importing.fields import LENGTHS
from programmes.applications.importing.words import parse_capacity, parse_years, parse_yes
from wimmentor.base import weekhours
from wimmentor.base.codes import GENDER, MINING_FUNCTION, PREFERRED_GENDER, ROSTER_HOURS, ROTATION, TOP_CRITERION
from wimmentor.base.codes.codelist import CodeList
from wimmentor.base.codes.places import is_ambiguous_country, match_country, match_country_nearly
from wimmentor.base.codes.zones import match_time_zone
from wimmentor.base.phrases import Named
from wimmentor.base.phrases import phrase as _
from wimmentor.base.text import fold

# Figures without a colon are hours and minutes only where they are four: 330 may be minutes.
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-]?)\s*(?:(\d{1,2})(?::(\d{2})|[.,](\d+))?|(\d{2})(\d{2}))")
_OFFSET_INSIDE = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?\b", re.IGNORECASE)


def read_words(doubts: Doubts, name: str, text: str) -> str:
    limit = LENGTHS.get(name)
    if limit is None or len(text) <= limit:
        return text
    doubts.own_words[name] = text
    doubts.flag(name, _("Only the first %(limit)d characters fit here.") % {"limit": limit})
    return text[:limit].rstrip()


def read_line_manager(doubts: Doubts, name: str, text: str) -> str:
    if address := tidy_address(text):
        return address
    doubts.leave_out(name, text, _("This is no complete e-mail address; the rule for line managers cannot use it."))
    return ""


def read_country(doubts: Doubts, name: str, text: str) -> str:
    code = match_country(text)
    if code:
        return code
    doubts.refuse_if_strict(name, text)
    if not is_ambiguous_country(text) and (code := match_country_nearly(text)):
        doubts.flag_reading(name, text, Named("country", code))
        return code
    doubts.leave_out(
        name, text, _("“%(text)s” is no country that we know for certain. It was left empty.") % {"text": shorten(text)}
    )
    return ""


def read_time_zone(doubts: Doubts, name: str, text: str) -> str:
    if zone := match_time_zone(text):
        return zone
    if (minutes := find_offset(text)) is not None:
        doubts.offset_min = minutes
        doubts.own_words[name] = text
        return ""
    doubts.leave_out(name, text, _("“%(text)s” is no time zone like America/Lima.") % {"text": shorten(text)})
    return ""


def find_offset(text: str) -> int | None:
    """Minutes east of UTC, of "Some Town (GMT-5)"."""
    found = _OFFSET_INSIDE.search(text.replace("−", "-"))
    minutes = (int(found[2]) * 60 + int(found[3] or 0)) * (-1 if found[1] == "-" else 1) if found else None
    return minutes if minutes is not None and -12 * 60 <= minutes <= 14 * 60 else None


def read_offset(doubts: Doubts, name: str, text: str) -> int | None:
    """Minutes east of UTC; "-5", "+05:30", "UTC-3", "5.5"."""
    plain = fold(text).replace("−", "-")
    found = _OFFSET.fullmatch(plain)
    minutes = 0 if plain in ("utc", "gmt", "z") else None
    if found:
        rest = round(float(f"0.{found[4]}") * 60) if found[4] else int(found[3] or found[6] or 0)
        minutes = (int(found[2] or found[5]) * 60 + rest) * (-1 if found[1] == "-" else 1)
    if minutes is None or not -12 * 60 <= minutes <= 14 * 60:
        doubts.leave_out(name, text, _("“%(text)s” is no offset like -5 or +05:30.") % {"text": shorten(text)})
        return None
    return minutes


def read_years(doubts: Doubts, name: str, text: str) -> str | None:
    """A decimal as text, with one place. Words beside a number of years are read, and said so."""
    number = parse_years(text)
    if number is None or not 0 <= number.value <= 70:
        reason = _("“%(text)s” is no number of years from 0 to 70. It was left empty.") % {"text": shorten(text)}
        doubts.leave_out(name, text, reason)
        return None
    value = number.value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if not number.is_plain or value != number.value:
        years = Named("number", f"{value.normalize():f}")
        doubts.flag(name, _("“%(text)s” was read as %(years)s years.") % {"text": shorten(text), "years": years})
    return str(value)


def read_capacity(doubts: Doubts, name: str, text: str) -> int | None:
    number = parse_capacity(text)
    if number is None or not 0 <= number.value <= 50:
        doubts.leave_out(
            name,
            text,
            _("“%(text)s” is no number of places from 0 to 50. It was left empty.") % {"text": shorten(text)},
        )
        return None
    if not number.is_plain:
        doubts.flag(
            name,
            _("“%(text)s” was read as %(number)d.") % {"text": shorten(text), "number": int(number.value)},
        )
    return int(number.value)


def read_function(doubts: Doubts, name: str, text: str) -> str:
    code = MINING_FUNCTION.match(text)
    if code is None:
        doubts.refuse_if_strict(name, text)
        if code := MINING_FUNCTION.match_nearly(text):
            doubts.flag_reading(name, text, Named(MINING_FUNCTION.name, code))
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


def read_yes(doubts: Doubts, name: str, text: str) -> bool | None:
    answer = parse_yes(text)
    if answer is None:
        doubts.leave_out(name, text, _("“%(text)s” is neither yes nor no.") % {"text": shorten(text)})
    return answer


def read_week(doubts: Doubts, name: str, text: str) -> str:
    """As it is kept, whatever the words: cut in the middle it would be other hours."""
    try:
        week = weekhours.read_week(text)
    except weekhours.UnreadWeek as error:
        doubts.leave_out(name, text, error.reason)
        return ""
    hours = weekhours.format_week(week.slots)
    if len(hours) > LENGTHS[name]:
        doubts.leave_out(name, text, _("These are more separate hours than fit here. They were left empty."))
        return ""
    if week.is_doubtful:
        said = {"text": shorten(text), "hours": Named(weekhours.WEEK, hours)}
        doubts.flag(name, _("“%(text)s” was read as hours of 24, as “%(hours)s”. For an evening write 18-20.") % said)
    return hours


def read_instant(doubts: Doubts, text: str, zone: str, order: DateOrder) -> str | None:
    """ISO 8601 with its offset; without one it is the cohort's time. `order` is what the whole column says."""
    moment = find_moment(text)
    if moment is not None and moment.is_ambiguous and not order.order:
        reason = _("“%(text)s” may be day/month or month/day, and no other row says which. It was left empty.")
        doubts.leave_out("submitted_at", text, reason % {"text": shorten(text)})
        return None
    instant = moment.instant(moment.says_order or order.order or "dmy", zone) if moment else None
    if instant is None:
        doubts.leave_out(
            "submitted_at", text, _("“%(text)s” is no date like 2027-01-31 18:00.") % {"text": shorten(text)}
        )
        return None
    return instant.isoformat()


Reader = Callable[[Doubts, str, str], Any]
READERS: dict[str, Reader] = {
    "country": read_country,
    "time_zone": read_time_zone,
    "utc_offset": read_offset,
    "employer": read_words,
    "function": read_function,
    "job_title": read_words,
    "years_experience": read_years,
    "gender": read_choice(GENDER),
    "capacity": read_capacity,
    "preferred_mentor_gender": read_choice(PREFERRED_GENDER),
    "gender_preference_strict": read_yes,
    "top_criterion": read_choice(TOP_CRITERION),
    "line_manager_email": read_line_manager,
    "availability": read_week,
    "rotation": read_choice(ROTATION),
    "roster_hours": read_choice(ROSTER_HOURS),
    "notes": read_words,
}
