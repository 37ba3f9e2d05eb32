from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.cohorts.blueprints import CRITERIA, FAIRNESS, OWN_KINDS, OWN_PREFIX, RULES
from wimmentor.base.errors import DomainError

WHOLE = 100
LONGEST_GAP_MONTHS = 240
MOST_EXTRA = 50


def check_matching_settings(settings: Mapping[str, Any], *, questions: Collection[str]) -> None:
    """`settings`: the shape of Cohort.matching_settings. `questions`: codes of those own ones that can be compared."""
    weights: Mapping[str, int] = settings["weights"]
    own: Mapping[str, str] = settings.get("own_criteria", {})
    if unknown := {key.removeprefix(OWN_PREFIX) for key in own} - set(questions):
        raise DomainError(
            _("The two forms do not both ask “%(question)s”.") % {"question": min(unknown)}, code="no_such_question"
        )
    if set(weights) != set(CRITERIA) | set(own) or any(weight < 0 for weight in weights.values()):
        raise DomainError(_("Give every criterion a weight of 0 or more."), code="weights", field="weights")
    if (total := sum(weights.values())) != WHOLE:
        raise DomainError(say_total(total), code="weights_total", field="weights")
    if unknown := set(settings["hard"]) - set(RULES):
        raise DomainError(_("There is no rule “%(rule)s”.") % {"rule": min(unknown)}, code="no_such_rule")
    _check_numbers(settings)
    if settings["fairness"] not in FAIRNESS or set(own.values()) - set(OWN_KINDS):
        raise DomainError(_("This choice is not offered here. Choose from the list."), code="no_such_choice")


def _check_numbers(settings: Mapping[str, Any]) -> None:
    if not 0 <= settings["min_gap_months"] <= LONGEST_GAP_MONTHS:
        raise DomainError(
            _("Choose between 0 and %(most)d months.") % {"most": LONGEST_GAP_MONTHS},
            code="gap",
            field="min_gap_months",
        )
    if not 0 <= settings.get("top_criterion_extra", 0) <= MOST_EXTRA:
        raise DomainError(
            _("Choose between 0 and %(most)d points.") % {"most": MOST_EXTRA},
            code="extra",
            field="top_criterion_extra",
        )


def say_total(total: int) -> str:
    difference = WHOLE - total
    if difference > 0:
        sentence = ngettext("Add %(count)d point.", "Add %(count)d points.", difference)
    else:
        sentence = ngettext("Take away %(count)d point.", "Take away %(count)d points.", -difference)
    return _("The weights add up to %(total)d; they must make 100. %(what)s") % {
        "total": total,
        "what": sentence % {"count": abs(difference)},
    }
