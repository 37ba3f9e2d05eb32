"""The rules of a run as its page shows them: what each excludes, and whom it leaves with nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from matching.runs.naming import name_people
from matching.runs.wording import listed, rule_name
from programmes.applications.models import Application


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
    return [sentence % {"count": len(ids), "names": listed(name_people(ids, known))}]


def _say_mentors(ids: list[str], known: Mapping[int, Application]) -> list[str]:
    if not ids:
        return []
    sentence = ngettext(
        "Without this rule, %(count)s mentor who has nobody now could be paired: %(names)s.",
        "Without this rule, %(count)s mentors who have nobody now could be paired: %(names)s.",
        len(ids),
    )
    return [sentence % {"count": len(ids), "names": listed(name_people(ids, known))}]
