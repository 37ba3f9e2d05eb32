"""Time zones (IANA) to choose from, and what they are off UTC."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wimmentor.base.ordering import sort_key

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
