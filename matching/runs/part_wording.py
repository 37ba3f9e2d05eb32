"""Sentences about parts that only some cohorts have: rosters, rankings, and a programme's own questions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wimmentor.base.ordering import join_words

Words = Mapping[str, str]
Values = Mapping[str, Any]

_ASSUMED = {
    "mentee": gettext_lazy("which weeks the mentee is on site is not known"),
    "mentor": gettext_lazy("which weeks the mentor is on site is not known"),
    "both": gettext_lazy("which weeks they are on site is not known"),
}


def say_hours(minutes: int) -> str:
    return number_format(round(minutes / 60, 1) if minutes % 60 else minutes // 60)


def choice_key(question: str, choice: str) -> str:
    """Under which `Words` hold the label of a choice; that of the question is under its own key."""
    return f"{question}={choice}"


def _choices(v: Values, w: Words, name: str) -> str:
    # in quotes, since a label may hold a comma
    labels = (w.get(choice_key(v["question"], code), code) for code in v[name])
    return join_words(_("“%(goal)s”") % {"goal": label} for label in labels)


def _rosters(v: Values, w: Words) -> str:
    if not v["minutes"]:
        return _("They name the same hours, but their rosters leave them free in different weeks.")
    return _("%(hours)s shared hours in an average week, with the roster counted in.") % {
        "hours": say_hours(v["minutes"])
    }


def _rosters_assumed(v: Values, w: Words) -> str:
    side = "both" if len(v["assumed"]) == 2 else v["assumed"][0]
    values = {"hours": say_hours(v["minutes"]), "why": _ASSUMED[side]}
    return _("About %(hours)s shared hours in an average week; %(why)s.") % values


def _share(v: Values, w: Words) -> str:
    values = {"offered": v["offered"], "wanted": v["wanted"], "shared": _choices(v, w, "shared")}
    return _("The mentor shares %(offered)s of the mentee’s %(wanted)s: %(shared)s.") % values


def _different(v: Values, w: Words) -> str:
    values = {"mentee": _choices(v, w, "mentee"), "mentor": _choices(v, w, "mentor")}
    return _("They answered differently: %(mentee)s, and %(mentor)s.") % values


SENTENCES: dict[str, Callable[[Values, Words], str]] = {
    "availability.rosters": _rosters,
    "availability.rosters_assumed": _rosters_assumed,
    "mentee_ranking.wish": lambda v, w: _("Wish %(place)s of the mentee’s %(wishes)s.") % v,
    "mentee_ranking.other": lambda v, w: _("The mentee ranked others."),
    "mentor_ranking.wish": lambda v, w: _("Wish %(place)s of the mentor’s %(wishes)s.") % v,
    "mentor_ranking.other": lambda v, w: _("The mentor ranked others."),
    "own.same": lambda v, w: _("Both answered: %(answer)s.") % {"answer": _choices(v, w, "answer")},
    "own.different": _different,
    "own.share": _share,
    "own.overlap": lambda v, w: _("In common: %(shared)s.") % {"shared": _choices(v, w, "shared")},
    "own.none": lambda v, w: _("Their answers have nothing in common."),
}


def own_name(criterion: str, words: Words) -> str:
    return words.get(criterion) or _("A question of your own")
