"""Which mentors are missing, in words that a coordinator can send on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.runs.naming import name_people
from matching.runs.people import words_of
from matching.runs.wording import function_word, language_list, listed
from programmes.applications.models import Application
from wimmentor.base.codes import GENDER

MOST_PROFILES = 8


@dataclass(frozen=True)
class MissingPanel:
    """`profiles`: count and what such a mentor must be like. `rest`: mentors that are not among them."""

    sentence: str
    profiles: list[tuple[int, str]]
    rest: int
    beyond: str


def missing_panel(missing: Mapping[str, Any], known: Mapping[int, Application]) -> MissingPanel | None:
    """`missing`: Missing of the engine as JSON, and the `places` of each. None where everybody has a mentor."""
    beyond = _say_beyond(missing["out_of_reach"], known)
    if not missing["bound"]:
        return MissingPanel("", [], 0, beyond) if beyond else None
    words = words_of(known.values())
    shown = missing["profiles"][:MOST_PROFILES]
    rest = missing["mentors"] - sum(profile["count"] for profile in shown)
    profiles = [(profile["count"], _describe(profile, words)) for profile in shown]
    return MissingPanel(_say_number(missing), profiles, max(0, rest) if shown else 0, beyond)


def _say_number(missing: Mapping[str, Any]) -> str:
    if not missing["mentors"]:
        # more people than profiles are looked for
        return ngettext(
            "At least %(count)s more mentor is needed to place everybody.",
            "At least %(count)s more mentors are needed to place everybody.",
            missing["bound"],
        ) % {"count": missing["bound"]}
    places = ngettext("with %(count)s place", "with %(count)s places each", missing["places"])
    values = {"count": missing["mentors"], "places": places % {"count": missing["places"]}, "bound": missing["bound"]}
    if missing["mentors"] > missing["bound"]:
        return _("%(count)s more mentors %(places)s would place everybody; fewer than %(bound)s cannot do it.") % values
    return (
        ngettext(
            "%(count)s more mentor %(places)s would place everybody.",
            "%(count)s more mentors %(places)s would place everybody, and fewer cannot do it.",
            missing["mentors"],
        )
        % values
    )


def _describe(profile: Mapping[str, Any], words: Mapping[str, str]) -> str:
    told = []
    if profile["language"]:
        told.append(language_list([profile["language"]], words))
    if profile["function"]:
        told.append(function_word(profile["function"], words))
    if profile["experience_months"]:
        years = profile["experience_months"] // 12
        told.append(ngettext("at least %(count)s year", "at least %(count)s years", years) % {"count": years})
    if profile["hours"]:
        told.append(_("free between %(start)s and %(end)s UTC") % _name_hours(profile["hours"]))
    if profile["gender"]:
        told.append(str(GENDER.label(profile["gender"])))
    return " · ".join(told) or _("anybody")


def _name_hours(hours: Iterable[int]) -> dict[str, str]:
    start, end = (f"{slot // 2 % 24:02}:{slot % 2 * 30:02}" for slot in hours)
    return {"start": start, "end": end}


def _say_beyond(ids: list[str], known: Mapping[int, Application]) -> str:
    if not ids:
        return ""
    sentence = ngettext(
        "No new mentor could take %(names)s: her own answers or age exclude everybody.",
        "No new mentor could take %(names)s: their own answers or age exclude everybody.",
        len(ids),
    )
    return sentence % {"names": listed(name_people(ids, known))}
