"""Message codes of the engine -> sentences in the reader's language. Codes are stored; words never."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.engine import OWN_PREFIX, Problem
from matching.runs.fairness_wording import FAIRNESS_FIELDS, fairness_problem
from matching.runs.part_wording import SENTENCES, Values, Words, own_name, say_hours
from wimmentor.base.codes import GENDER, GOALS, INTERESTS, MINING_FUNCTION
from wimmentor.base.codes.places import country_name, language_word
from wimmentor.base.ordering import join_words

CRITERIA = {
    "goals": gettext_lazy("Goals"),
    "seniority_gap": gettext_lazy("Seniority gap"),
    "function": gettext_lazy("Function"),
    "time_zone": gettext_lazy("Time zone"),
    "language": gettext_lazy("Language"),
    "region": gettext_lazy("Region"),
    "gender_preference": gettext_lazy("Mentor wish"),
    "availability": gettext_lazy("Shared hours"),
    "interests": gettext_lazy("Interests"),
    "mentee_ranking": gettext_lazy("Mentee’s ranking"),
    "mentor_ranking": gettext_lazy("Mentor’s ranking"),
}

# Over the bars, where a narrow weight leaves a narrow place.
SHORT_NAMES = {
    "goals": gettext_lazy("Goals"),
    "seniority_gap": gettext_lazy("Gap"),
    "function": gettext_lazy("Function"),
    "time_zone": gettext_lazy("Zone"),
    "language": gettext_lazy("Lang."),
    "region": gettext_lazy("Area"),
    "gender_preference": gettext_lazy("Wish"),
    "availability": gettext_lazy("Time"),
    "interests": gettext_lazy("Int."),
    "mentee_ranking": gettext_lazy("Rank"),
    "mentor_ranking": gettext_lazy("Rank"),
}

RULES = {
    "same_person": gettext_lazy("she is the same person"),
    "forbidden": gettext_lazy("a coordinator forbade this pair, or it was declined"),
    "not_with": gettext_lazy("one of them asked not to be matched with the other or her employer"),
    "paired_before": gettext_lazy("they have been a pair before"),
    "reporting_line": gettext_lazy("one of them is the other's line manager"),
    "gender_strict": gettext_lazy("the strict wish for a mentor's or mentee's gender is not met"),
    "minor": gettext_lazy("one of them is under 18"),
    "language": gettext_lazy("no shared language"),
    "employer": gettext_lazy("same employer"),
    "seniority_gap": gettext_lazy("the mentor is not senior enough"),
    "overlap": gettext_lazy("too few shared hours"),
}

REGIONS = {
    "north_america": gettext_lazy("North America"),
    "latin_america": gettext_lazy("Latin America"),
    "caribbean": gettext_lazy("the Caribbean"),
    "europe": gettext_lazy("Europe"),
    "middle_east_north_africa": gettext_lazy("the Middle East and North Africa"),
    "africa_west": gettext_lazy("West Africa"),
    "africa_central": gettext_lazy("Central Africa"),
    "africa_east": gettext_lazy("East Africa"),
    "africa_southern": gettext_lazy("Southern Africa"),
    "central_asia": gettext_lazy("Central Asia"),
    "south_asia": gettext_lazy("South Asia"),
    "east_asia": gettext_lazy("East Asia"),
    "southeast_asia": gettext_lazy("Southeast Asia"),
    "oceania": gettext_lazy("Oceania"),
    "antarctica": gettext_lazy("Antarctica"),
}

STAGES = {
    "compare": gettext_lazy("comparing mentees with mentors"),
    "solve": gettext_lazy("finding the best pairs"),
    "check": gettext_lazy("checking the proof"),
    "": gettext_lazy("waiting for its turn"),
}


def criterion_name(criterion: str, words: Words) -> str:
    if criterion.startswith(OWN_PREFIX):
        return own_name(criterion, words)
    return str(CRITERIA.get(criterion, criterion))


def short_name(criterion: str) -> str:
    return _("Own") if criterion.startswith(OWN_PREFIX) else str(SHORT_NAMES.get(criterion, ""))


def rule_name(rule: str) -> str:
    return str(RULES.get(rule, rule))


def listed(items: Iterable[str]) -> str:
    return join_words(items)


def _word(value: str, words: Words, label: Callable[[str], str]) -> str:
    return words.get(value, _("her own words")) if value.startswith("own:") else label(value)


def _goals(values: Values, words: Words) -> str:
    # in quotes, since a goal may hold a comma
    return listed(_("“%(goal)s”") % {"goal": _word(code, words, GOALS.label)} for code in values["shared"])


def _interests(values: Values, words: Words) -> str:
    return listed(_word(code, words, INTERESTS.label) for code in values["shared"])


def function_word(code: str, words: Words) -> str:
    return _word(code, words, MINING_FUNCTION.label)


def _years(months: int) -> str:
    return number_format(round(months / 12, 1) if months % 12 else months // 12)


def _clocks(minutes: int) -> str:
    if not minutes:
        return _("Their clocks show the same time.")
    if minutes == 60:
        return _("Their clocks differ by one hour.")
    return _("Their clocks differ by %(hours)s hours.") % {"hours": say_hours(minutes)}


def language_list(codes: Iterable[str], words: Words) -> str:
    return listed(words.get(code) or language_word(code) for code in codes)


def _missing(values: Values) -> str:
    missing = values.get("missing", [])
    if len(missing) == 2:
        return _("Neither has said; counts half.")
    who = {"mentee": _("The mentee has not said; counts half."), "mentor": _("The mentor has not said; counts half.")}
    return who.get(missing[0] if missing else "", _("Not known; counts half."))


def _goal_share(v: Values, w: Words) -> str:
    return ngettext(
        "The mentor offers %(offered)s of the %(wanted)s thing asked for: %(shared)s.",
        "The mentor offers %(offered)s of the %(wanted)s things asked for: %(shared)s.",
        v["wanted"],
    ) % {"offered": v["offered"], "wanted": v["wanted"], "shared": _goals(v, w)}


def _gap(v: Values, w: Words) -> str:
    return _("%(years)s years between them; %(low)s to %(high)s are ideal.") % {
        "years": _years(v["gap_months"]),
        "low": _years(v["ideal_from"]),
        "high": _years(v["ideal_to"]),
    }


_SENTENCES: dict[str, Callable[[Values, Words], str]] = {
    "goals.share": _goal_share,
    "goals.none": lambda v, w: _("The mentor offers none of the goals asked for."),
    "seniority.ideal": _gap,
    "seniority.short": _gap,
    "seniority.long": _gap,
    "function.same": lambda v, w: _("Both work in %(function)s.") % {"function": function_word(v["function"], w)},
    "function.area": lambda v, w: (
        _("Related fields: %(mentee)s and %(mentor)s.")
        % {"mentee": function_word(v["mentee"], w), "mentor": function_word(v["mentor"], w)}
    ),
    "function.different": lambda v, w: (
        _("Different fields: %(mentee)s and %(mentor)s.")
        % {"mentee": function_word(v["mentee"], w), "mentor": function_word(v["mentor"], w)}
    ),
    "time_zone.near": lambda v, w: _clocks(v["difference_min"]),
    "time_zone.apart": lambda v, w: _clocks(v["difference_min"]),
    "language.preferred": lambda v, w: _("Both prefer %(language)s.") % {"language": language_word(v["language"])},
    "language.preferred_one": lambda v, w: (
        _("They share %(shared)s; %(language)s is preferred.")
        % {"shared": language_list(v["shared"], w), "language": language_word(v["language"])}
    ),
    "language.shared": lambda v, w: _("They share %(shared)s.") % {"shared": language_list(v["shared"], w)},
    "language.none": lambda v, w: _("They share no language."),
    "region.country": lambda v, w: _("Both live in %(country)s.") % {"country": country_name(v["country"])},
    "region.region": lambda v, w: (
        _("Both live in %(region)s.") % {"region": str(REGIONS.get(v["region"], v["region"]))}
    ),
    "region.different": lambda v, w: (
        _("They live in %(mentee)s and %(mentor)s.")
        % {"mentee": country_name(v["mentee"]), "mentor": country_name(v["mentor"])}
    ),
    "gender_preference.none": lambda v, w: _("Neither asked for a woman or a man."),
    "gender_preference.met": lambda v, w: _("The wish for a woman or a man is met."),
    "gender_preference.mentee_unmet": lambda v, w: (
        _("The mentee asked for somebody else: %(wish)s.") % {"wish": GENDER.label(v["mentee_wants"])}
    ),
    "gender_preference.mentor_unmet": lambda v, w: (
        _("The mentor asked for somebody else: %(wish)s.") % {"wish": GENDER.label(v["mentor_wants"])}
    ),
    "availability.shared": lambda v, w: _("%(hours)s shared hours a week.") % {"hours": say_hours(v["minutes"])},
    "availability.none": lambda v, w: _("No shared hours among those they named."),
    "interests.shared": lambda v, w: _("Both care about %(shared)s.") % {"shared": _interests(v, w)},
    "interests.none": lambda v, w: _("No shared interest among those they named."),
    **SENTENCES,
}


def part_sentence(part: Mapping[str, Any], words: Words) -> str:
    code = part["code"]
    if code.endswith(".unknown"):
        return _missing(part["values"])
    return _SENTENCES[code](part["values"], words)


# What a pair may be told about why: facts both sides gave for this purpose. No wish, no gap in what was asked.
_TELLING = ("goals.share", "function.same", "language.preferred", "language.preferred_one", "interests.shared")
_SECOND = ("function.area", "region.country", "availability.shared", "language.shared", "region.region")


@dataclass(frozen=True)
class Telling:
    """Whom a reason names, and who of them reads it ("mentee", "mentor", or "" for the coordinator)."""

    mentee: str
    mentor: str
    reader: str = ""


def why_sentences(parts: Iterable[Mapping[str, Any]], words: Words, telling: Telling, *, limit: int = 3) -> list[str]:
    """The strongest reasons for a pair."""
    by_code = {part["code"]: part for part in parts}
    chosen = [by_code[code] for code in (*_TELLING, *_SECOND) if code in by_code][:limit]
    return [
        _offered_goals(part["values"], words, telling) if part["code"] == "goals.share" else part_sentence(part, words)
        for part in chosen
    ]


def _offered_goals(v: Values, words: Words, telling: Telling) -> str:
    if telling.reader == "mentee":
        sentence = ngettext(
            "%(mentor)s offers %(offered)s of the %(wanted)s thing you ask for: %(shared)s.",
            "%(mentor)s offers %(offered)s of the %(wanted)s things you ask for: %(shared)s.",
            v["wanted"],
        )
    elif telling.reader == "mentor":
        sentence = ngettext(
            "You offer %(offered)s of the %(wanted)s thing %(mentee)s asks for: %(shared)s.",
            "You offer %(offered)s of the %(wanted)s things %(mentee)s asks for: %(shared)s.",
            v["wanted"],
        )
    else:
        sentence = ngettext(
            "%(mentor)s offers %(offered)s of the %(wanted)s thing %(mentee)s asks for: %(shared)s.",
            "%(mentor)s offers %(offered)s of the %(wanted)s things %(mentee)s asks for: %(shared)s.",
            v["wanted"],
        )
    names = {"mentee": telling.mentee, "mentor": telling.mentor}
    return sentence % {**names, "offered": v["offered"], "wanted": v["wanted"], "shared": _goals(v, words)}


def problem_sentence(problem: Problem, names: Mapping[str, str]) -> str:
    """An engine problem for the coordinator, with names instead of ids."""
    if problem.field in FAIRNESS_FIELDS:
        return fairness_problem(problem)
    who = names.get(problem.row_id, "")
    if problem.code.startswith("lock_breaks."):
        return _("The locked pair of %(who)s cannot stay: %(rule)s.") % {
            "who": who,
            "rule": rule_name(problem.code.removeprefix("lock_breaks.")),
        }
    known = {
        "weights_sum": _("The weights must add up to 100."),
        "weights_negative": _("A weight must be a whole number, 0 or more."),
        "weights_missing": _("A weight is missing."),
        "weights_unknown": _("A weight has an unknown name."),
        "lock_over_capacity": _("%(who)s has more locked mentees than places.") % {"who": who},
        "lock_twice": _("%(who)s is locked to two mentors.") % {"who": who},
        "lock_forbidden": _("The pair of %(who)s is both locked and forbidden.") % {"who": who},
        # of a question about a result
        "not_proven": _("People, rules or settings changed after this result."),
        "other_people": _("People, rules or settings changed after this result."),
    }
    return known.get(problem.code, problem.message)
