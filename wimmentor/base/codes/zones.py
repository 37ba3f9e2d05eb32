"""Time zones (IANA) to choose from, and what they are off UTC."""

import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.codelist import match_key
from wimmentor.base.ordering import sort_key

_BRACKETS = re.compile(r"\([^()]*\)|(?:utc|gmt)\s*[-+−]?\s*\d{1,2}(?::?\d\d)?", re.IGNORECASE)
ZoneChoices = list[tuple[str, list[tuple[str, str]]]]

_REGIONS = {
    "Africa": _("Africa"),
    "America": _("Americas"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


@cache
def _zones() -> tuple[str, ...]:
    """One per country and rule, without the aliases of which the whole list is full."""
    lines = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8").splitlines()
    names = (line.split("\t")[2] for line in lines if line and not line.startswith("#"))
    return tuple(sorted(name for name in names if name.partition("/")[0] in _REGIONS))


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_time_zone(text: str) -> bool:
    return text in _known()


# Capitals and mines that no zone is named after.
_CITIES = {
    "America/Guayaquil": "quito|zaruma|cuenca",
    "America/Mexico_City": "ciudad de mexico|cdmx|mexico|guadalajara|zacatecas",
    "America/Lima": "arequipa|cusco|cajamarca",
    "America/Santiago": "antofagasta|calama|copiapo|iquique",
    "America/Bogota": "medellin|cali",
    "America/La_Paz": "potosi|oruro|santa cruz",
    "America/Argentina/Buenos_Aires": "buenos aires",
    "America/Sao_Paulo": "brasilia|rio de janeiro|belo horizonte|horario de brasilia",
    "Africa/Johannesburg": "pretoria|cape town|rustenburg",
    "Africa/Lubumbashi": "kolwezi",
    "Asia/Jakarta": "wib|waktu indonesia barat|bandung|surabaya",
    "Asia/Makassar": "wita|waktu indonesia tengah|balikpapan",
    "Asia/Jayapura": "wit|waktu indonesia timur|timika",
    "Australia/Perth": "kalgoorlie|western australia",
    "Asia/Ulaanbaatar": "ulan bator|ulaanbaatar",
    "Pacific/Port_Moresby": "lae",
}


@cache
def _cities() -> dict[str, str]:
    """Folded city to zone; what two zones are called is left out."""
    found: dict[str, set[str]] = {}
    for language in ("en", "es", "fr", "pt", "id"):
        locale = Locale(language)
        for zone in _zones():
            named = locale.time_zones.get(zone, {}).get("city")
            for city in (named, zone.rpartition("/")[2].replace("_", " ")):
                if city:
                    found.setdefault(match_key(str(city)), set()).add(zone)
    index = {city: zones.pop() for city, zones in found.items() if len(zones) == 1}
    index.update({match_key(city): zone for zone, cities in _CITIES.items() for city in cities.split("|")})
    return index


def match_time_zone(text: str) -> str | None:
    """ "America/Lima", "Lima", "Lima (GMT-5)"; None where no zone is named."""
    zone = text.strip().replace(" ", "_")
    if is_time_zone(zone):
        return zone
    bare = _BRACKETS.sub(" ", text)
    return _cities().get(match_key(bare)) or _cities().get(match_key(bare.partition(",")[0]))


def offset_minutes(zone: str, when: datetime) -> int:
    """Minutes east of UTC at that moment. ValueError: no such zone, or a moment without a zone of its own."""
    if when.tzinfo is None:
        raise ValueError(gettext("A moment needs a time zone of its own."))
    if not is_time_zone(zone):
        raise ValueError(gettext("“%(zone)s” is not a time zone we know.") % {"zone": zone})
    try:
        offset = when.astimezone(ZoneInfo(zone)).utcoffset()
    except ZoneInfoNotFoundError as missing:
        raise ValueError(gettext("“%(zone)s” is not a time zone we know.") % {"zone": zone}) from missing
    return round(offset.total_seconds() / 60) if offset else 0


def format_offset(minutes: int) -> str:
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _city(zone: str, locale: Locale) -> str:
    named = locale.time_zones.get(zone, {}).get("city")
    # America/Argentina/San_Juan: without the country, San Juan could be Puerto Rico's.
    return str(named) if named else ", ".join(reversed(zone.replace("_", " ").split("/")[1:]))


@cache
def _place(zone: str, language: str) -> str:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    city = locale.time_zones.get(zone, {}).get("city")
    return str(city) if city else zone.rpartition("/")[2].replace("_", " ")


def name_place(zone: str) -> str:
    """The city that names the zone, in the active language: America/Argentina/Buenos_Aires -> Buenos Aires."""
    return _place(zone, get_language() or "en")


@cache
def _hourly_choices(language: str, hour: datetime) -> ZoneChoices:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    groups: ZoneChoices = []
    for prefix, region in _REGIONS.items():
        members = [zone for zone in _zones() if zone.startswith(prefix + "/")]
        labelled = [(zone, f"{_city(zone, locale)} ({format_offset(offset_minutes(zone, hour))})") for zone in members]
        groups.append((str(region), sorted(labelled, key=lambda choice: sort_key(choice[1], language))))
    return groups


def time_zone_choices(when: datetime | None = None) -> ZoneChoices:
    """Grouped by region, with the offset of this hour: clocks change, so the list does too."""
    hour = (when or datetime.now(UTC)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return [(region, list(zones)) for region, zones in _hourly_choices(get_language() or "en", hour)]
