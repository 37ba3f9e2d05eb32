"""What a dry run and its result show."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.initiatives.questionnaire import QUESTIONS
from inventory.waves.importing import Plan, PlannedInitiative, PlannedStatement
from inventory.waves.targets import Outcome, Target
from wimmentor.base.phrases import say_list

MOST_SHOWN = 200


def preview_of(plan: Plan, targets: list[Target]) -> dict[str, Any]:
    outcomes = Counter(target.outcome for target in targets)
    return {
        "rows": [_row(target) for target in targets[:MOST_SHOWN]],
        "more": max(len(targets) - MOST_SHOWN, 0),
        "read": plan.rows,
        **{outcome: outcomes[outcome] for outcome in get_args(Outcome)},
        "refused": plan.refused,
        "flagged": plan.flagged,
        "can_write": outcomes["left_out"] < len(targets),
    }


def _row(target: Target) -> dict[str, Any]:
    planned = target.planned
    return {
        "sheet": planned.sheet,
        "row": planned.row,
        "name": _name(target),
        "organisation": target.organisation.name if target.organisation else getattr(planned, "organisation", ""),
        "state": _state(target),
        "refusal": target.refusal,
        "answers": say_list(_short(target.changes)),
        "editions": say_list(target.editions),
    }


def _name(target: Target) -> str:
    planned = target.planned
    if isinstance(planned, PlannedInitiative):
        return planned.name or (target.initiative.code if target.initiative else planned.id)
    if isinstance(planned, PlannedStatement):
        return planned.topic
    return _("The organisation's sheet")


def _state(target: Target) -> tuple[str, str]:
    """Kind of badge, and its word."""
    match target.outcome:
        case "left_out":
            return "attention", _("left out")
        case "new":
            return "now", _("new")
        case "same":
            return "waiting", _("as before")
    number = len(target.changes) + len(target.editions)
    return "done", ngettext("%(number)s change", "%(number)s changes", number) % {"number": number}


def _short(codes: Iterable[str]) -> list[str]:
    return [str(QUESTIONS[code].name) for code in codes]
