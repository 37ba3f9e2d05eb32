"""The rules of a run as its page shows them: what each excludes, and whom it leaves with nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from matching.runs.wording import rule_name
from programmes.applications.models import Application
from wimmentor.base.ordering import join_words

MOST_NAMED = 8


@dataclass(frozen=True)
class RuleRow:
    """`sentences`: whom the rule leaves with nobody, named; empty where it strands nobody."""

    name: str
    pairs: int
    alone: int
    sentences: list[str]


def rule_rows(counts: Iterable[Mapping[str, Any]], known: Mapping[int, Application]) -> list[RuleRow]:
    """`counts`: RuleCount of the engine as JSON; `known`: people by id. Rules that exclude no pair are left out, and
    those that strand somebody come first. Somebody who is not known any more is counted, not named.
    """
    rows = [
        RuleRow(
            rule_name(count["rule"]),
            count["pairs"],
            count["alone"],
            [*_say_mentees(count["mentees"], known), *_say_mentors(count["mentors"], known)],
        )
        for count in counts
        if count["pairs"]
    ]
    return sorted(rows, key=lambda row: not row.sentences)


def _say_mentees(ids: list[str], known: Mapping[int, Application]) -> list[str]:
    if not ids:
        return []
    sentence = ngettext(
        "Without this rule, %(count)s mentee who has nobody now could be paired: %(names)s.",
        "Without this rule, %(count)s mentees who have nobody now could be paired: %(names)s.",
        len(ids),
    )
    return [sentence % {"count": len(ids), "names": _names(ids, known)}]


def _say_mentors(ids: list[str], known: Mapping[int, Application]) -> list[str]:
    if not ids:
        return []
    sentence = ngettext(
        "Without this rule, %(count)s mentor who has nobody now could be paired: %(names)s.",
        "Without this rule, %(count)s mentors who have nobody now could be paired: %(names)s.",
        len(ids),
    )
    return [sentence % {"count": len(ids), "names": _names(ids, known)}]


def _names(ids: list[str], known: Mapping[int, Application]) -> str:
    people = [known[int(pk)] for pk in ids if int(pk) in known]
    names = [person.name for person in sorted(people, key=lambda person: (person.name_folded, person.pk))]
    more = len(ids) - len(names[:MOST_NAMED])
    if more:
        names = [*names[:MOST_NAMED], ngettext("%(count)s more", "%(count)s more", more) % {"count": more}]
    return join_words(names)
