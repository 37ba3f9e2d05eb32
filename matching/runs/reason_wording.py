"""Why somebody has no mentor, and what would open one, in sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.runs.naming import name_people
from matching.runs.wording import RULES, listed, rule_name
from programmes.applications.models import Application
from wimmentor.base.codes import MINING_FUNCTION
from wimmentor.base.codes.places import country_name, language_word
from wimmentor.base.templatetags.wim import points

Values = Mapping[str, Any]
Words = Mapping[str, str]


def reason_sentences(
    reason: Mapping[str, Any], known: Mapping[int, Application] | None = None, words: Words | None = None
) -> list[str]:
    """`known`: people by id, to name the group; `words`: their own words as `words_of` has them."""
    values: Values = reason["values"]
    if reason["code"] == "no_mentors":
        return [_("There is no accepted mentor yet.")]
    if reason["code"] == "no_admissible_mentor":
        return [_say_excluded(values), *_say_openings(values["openings"])]
    group = [_say_group(values, words or {}), _say_names(reason, known or {}), _say_own(values)]
    return [sentence for sentence in group if sentence]


def _say_excluded(values: Values) -> str:
    sentence = ngettext(
        "The %(mentors)s mentor is ruled out for her: %(rules)s.",
        "All %(mentors)s mentors are ruled out for her: %(rules)s.",
        values["mentors"],
    )
    return sentence % {"mentors": values["mentors"], "rules": _count_rules(values["rules"])}


def _count_rules(rules: Iterable[tuple[str, int]]) -> str:
    named = [_("%(rule)s (%(count)s)") % {"rule": rule_name(rule), "count": count} for rule, count in rules if count]
    return listed(named)


def _say_openings(openings: Iterable[tuple[Any, int]]) -> list[str]:
    """Engine 1 named one rule at a time, engine 2 the smallest sets."""
    sentences = []
    for rules, count in openings:
        names = [rules] if isinstance(rules, str) else list(rules)
        if not count or not set(names) <= set(RULES):
            continue
        quoted = listed(_("“%(goal)s”") % {"goal": rule_name(name)} for name in names)
        alone = ngettext(
            "Without the rule %(rules)s alone, %(count)s mentor would open.",
            "Without the rule %(rules)s alone, %(count)s mentors would open.",
            count,
        )
        together = ngettext(
            "Without the rules %(rules)s together, %(count)s mentor would open.",
            "Without the rules %(rules)s together, %(count)s mentors would open.",
            count,
        )
        sentences.append((together if len(names) > 1 else alone) % {"rules": quoted, "count": count})
    return sentences


def _say_group(values: Values, words: Words) -> str:
    if values["overall"]:
        return _("Places are short overall: %(group)s mentees share %(places)s mentor places.") % values
    mentors = ngettext("%(mentors)s mentor", "%(mentors)s mentors", values["mentors"]) % values
    places = ngettext("%(places)s place", "%(places)s places", values["places"]) % values
    told = {"group": values["group"], "places": places, "mentors": mentors}
    traits = _list_traits(values.get("common") or {}, words)
    if not traits:
        return _("%(group)s mentees, she among them, share %(places)s with %(mentors)s.") % told
    sentence = _("%(group)s mentees, she among them, share %(places)s with %(mentors)s. In common: %(traits)s.")
    return sentence % {**told, "traits": listed(traits)}


def _list_traits(common: Values, words: Words) -> list[str]:
    """What can be worded; own words of people who are not known any more are left out."""
    preferred = common.get("preferred_language", "")
    codes = [code for code in common.get("languages", []) if code != preferred]
    languages = [_word(code, words, language_word(code)) for code in codes]
    if preferred:
        languages.insert(
            0, _("%(language)s (preferred)") % {"language": _word(preferred, words, language_word(preferred))}
        )
    function, country = common.get("function", ""), common.get("country", "")
    traits = [*languages, _word(function, words, MINING_FUNCTION.label(function)), country and country_name(country)]
    return [trait for trait in traits if trait]


def _word(code: str, words: Words, label: str) -> str:
    return words.get(code, "") if code.startswith("own:") else label


def _say_names(reason: Mapping[str, Any], known: Mapping[int, Application]) -> str:
    ids = [pk for pk in reason["values"].get("people") or [] if pk != reason["mentee_id"]]
    if not any(int(pk) in known for pk in ids):
        return ""
    names = name_people(ids, known)
    return (
        _("The others are %(names)s.") % {"names": listed(names)}
        if len(ids) > 1
        else _("The other is %(names)s.") % {"names": names[0]}
    )


def _say_own(values: Values) -> str:
    if "admissible" not in values:
        return ""
    sentence = ngettext(
        "%(count)s mentor would do for her, with %(best)s points.",
        "%(count)s mentors would do for her, the best with %(best)s points.",
        values["admissible"],
    ) % {"count": values["admissible"], "best": points(values["best_points"])}
    if rules := _count_rules(values["rules"]):
        return f"{sentence} " + _("Others are ruled out: %(rules)s.") % {"rules": rules}
    return sentence
