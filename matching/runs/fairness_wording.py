"""What fairness does to a result and what that costs, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine import Problem
from wimmentor.base.ordering import join_words
from wimmentor.base.templatetags.wim import points

Solution = Mapping[str, Any]
FAIRNESS_FIELDS = ("fairness", "bands")


def fairness_problem(problem: Problem) -> str:
    if problem.field == "fairness":
        return _("Fairness is one of: none, bottleneck, bands.")
    return _("Bands are 1 to 10 whole numbers from 1 to 100, the smallest first.")


def say_share(part: int, whole: int) -> str:
    """Percent with two decimals; what is there is never told as nothing."""
    share = 100 * part / whole if whole else 0
    if 0 < share < 0.005:
        return _("less than %(share)s %%") % {"share": number_format(0.01)}
    return _("%(share)s %%") % {"share": number_format(share, decimal_pos=2)}


def say_fairness(solution: Solution) -> str:
    """One or two sentences for a proven result; "" where no pair was free to choose."""
    free = [pair["points"] for pair in solution["pairs"] if not pair["locked"]]
    if not free:
        return ""
    stages = {stage["name"] for stage in solution["certificate"]["stages"]}
    if "floor" in stages:
        return _say_floor(solution, min(free))
    if "band" in stages:
        return _say_bands(solution, free)
    return _("Fairness was not asked for. The weakest pair has %(lowest)s points.") % {"lowest": points(min(free))}


def _say_floor(solution: Solution, lowest: int) -> str:
    before = solution["plain_lowest"]
    fixed = [pair["points"] for pair in solution["pairs"] if pair["locked"]]
    if fixed and min(fixed) <= before:  # then nothing is told of the other pairs as they would be
        sentence = _("The weakest pair that was not fixed has %(lowest)s points.") % {"lowest": points(lowest)}
        return f"{sentence} {_say_cost(solution)}"
    values = {"lowest": points(lowest), "before": points(before), "cost": _lost_share(solution)}
    if lowest == before:
        return (
            _("The weakest pair has %(lowest)s points; fairness costs nothing, the best total has the same.") % values
        )
    if solution["bound"] == solution["totals"]["points"]:
        return _("The weakest pair has %(lowest)s points instead of %(before)s; that costs nothing.") % values
    return (
        _("The weakest pair has %(lowest)s points instead of %(before)s; that costs %(cost)s of all points.") % values
    )


def _say_bands(solution: Solution, free: list[int]) -> str:
    levels = sorted(stage["level"] for stage in solution["certificate"]["stages"] if stage["name"] == "band")
    below = {level: sum(value < level for value in free) for level in levels}
    counted = [
        ngettext("%(count)s pair below %(level)s points", "%(count)s pairs below %(level)s points", count)
        % {"count": count, "level": points(level)}
        for level, count in below.items()
    ]
    sentence = _("%(counted)s; fewer are not possible, counting the lowest level first.") % {
        "counted": join_words(counted)
    }
    return f"{sentence} {_say_cost(solution)}"


def _say_cost(solution: Solution) -> str:
    if solution["bound"] == solution["totals"]["points"]:
        return _("Fairness costs nothing here.")
    return _("Fairness costs %(cost)s of all points.") % {"cost": _lost_share(solution)}


def _lost_share(solution: Solution) -> str:
    return say_share(solution["bound"] - solution["totals"]["points"], solution["bound"])


def say_bound(solution: Solution) -> str:
    """For a result that is not proven: how far from the best it can be at most."""
    found, bound = solution["totals"]["points"], solution["bound"]
    if bound <= found:
        return _("More points are not possible with as many pairs.")
    return _("At most %(share)s more points are possible with as many pairs.") % {
        "share": say_share(bound - found, found)
    }
