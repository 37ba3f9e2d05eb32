from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.cohorts.blueprints import CRITERIA, RULES
from wimmentor.base.errors import DomainError

WHOLE = 100
LONGEST_GAP_MONTHS = 240
FAIRNESS = ("none", "bottleneck", "bands")


def check_matching_settings(settings: Mapping[str, Any]) -> None:
    """`settings`: the shape of Cohort.matching_settings."""
    weights: Mapping[str, int] = settings["weights"]
    if set(weights) != set(CRITERIA) or any(weight < 0 for weight in weights.values()):
        raise DomainError(_("Give every criterion a weight of 0 or more."), code="weights", field="weights")
    if (total := sum(weights.values())) != WHOLE:
        raise DomainError(say_total(total), code="weights_total", field="weights")
    if unknown := set(settings["hard"]) - set(RULES):
        raise DomainError(_("There is no rule “%(rule)s”.") % {"rule": min(unknown)}, code="no_such_rule")
    if not 0 <= settings["min_gap_months"] <= LONGEST_GAP_MONTHS:
        raise DomainError(
            _("Choose between 0 and %(most)d months.") % {"most": LONGEST_GAP_MONTHS},
            code="gap",
            field="min_gap_months",
        )
    if settings["fairness"] not in FAIRNESS:
        raise DomainError(_("There is no fairness “%(name)s”.") % {"name": settings["fairness"]}, code="fairness")


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
