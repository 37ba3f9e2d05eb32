"""The proof of a run as pages show it: what may be claimed, and the figures stage by stage."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.runs.fairness_wording import say_bound, say_fairness
from matching.runs.models import MatchingRun, ProofState
from wimmentor.base.templatetags.wim import points

Figures = list[tuple[str, str]]


@dataclass(frozen=True)
class StageFigures:
    heading: str
    sentence: str
    figures: Figures


def proof_panel(run: MatchingRun, *, stale: bool = False) -> dict[str, Any]:
    """Context of components/proof.html. It never claims more than `verify` confirmed."""
    solution: dict[str, Any] = run.solution or {}
    totals = solution["totals"]
    figures = [
        (_("Pairs"), _("%(pairs)s of %(mentees)s") % totals),
        (_("Mean"), _told(None if totals["mean_x100"] is None else (totals["mean_x100"] + 50) // 100)),
        (_("Lowest"), _told(totals["lowest"])),
    ]
    state, sentence = _say_state(run, stale)
    return {
        "state": state,
        "sentence": sentence,
        "figures": figures,
        "detail": _say_effort(run),
        "fairness": say_fairness(solution) if run.proof_state == ProofState.PROVEN else "",
    }


def _say_state(run: MatchingRun, stale: bool) -> tuple[str, str]:
    if run.proof_state == ProofState.EARLIER:
        return "stale", _("This run was made by an earlier version of the program. Run it again.")
    if run.proof_state == ProofState.FAILED:
        return "failed", _("The proof of this result did not hold when it was checked. Do not send it.")
    if run.proof_state == ProofState.NOT_PROVEN:
        sentence = _("Not proven best: the time was over before that could be shown.")
        return "failed", f"{sentence} {say_bound(run.solution or {})}"
    if stale:
        return "stale", _("People, rules or settings changed after this was proven. Run it again.")
    return "proven", _say_best(run.solution or {})


def _say_best(solution: Mapping[str, Any]) -> str:
    if any(pair["locked"] for pair in solution["pairs"]):
        return _("Proven best around the pairs that are fixed.")
    if any(stage["name"] in ("floor", "band") for stage in solution["certificate"]["stages"]):
        return _("Proven best: no other matching of these people places more; none as fair scores higher.")
    return _("Proven best: no other matching of these people places more or scores higher.")


def _say_effort(run: MatchingRun) -> str:
    values = {
        "count": number_format((run.solution or {})["totals"]["admissible_pairs"], force_grouping=True),
        "seconds": number_format((run.solve_ms or 0) / 1000, 1),
    }
    if run.proof_state == ProofState.PROVEN:
        return (
            _(
                "%(count)s possible pairs compared in %(seconds)s seconds, and checked by a second program that does "
                "not know how the first one works."
            )
            % values
        )
    return _("%(count)s possible pairs compared in %(seconds)s seconds.") % values


def _told(hundredths: int | None) -> str:
    return "–" if hundredths is None else points(hundredths)


def count_figures(run: MatchingRun) -> Figures:
    """Who and what went in, and what came out."""
    totals = (run.solution or {})["totals"]
    fixed = sum(pair["locked"] for pair in (run.solution or {})["pairs"])
    return [
        (_("Mentees"), _number(totals["mentees"])),
        (_("Mentors"), _number(totals["mentors"])),
        (_("Places"), _number(totals["places"])),
        (_("Possible pairs"), _number(totals["admissible_pairs"])),
        (_("Pairs"), _number(totals["pairs"])),
        (_("of them fixed beforehand"), _number(fixed)),
        (_("Points of all pairs"), _points(totals["points"])),
    ]


def stage_figures(run: MatchingRun) -> list[StageFigures]:
    """Nothing for a run of an earlier version, whose certificate had other parts."""
    if run.proof_state == ProofState.EARLIER:
        return []
    solution: dict[str, Any] = run.solution or {}
    return [_WORDED[stage["name"]](stage, solution) for stage in solution["certificate"]["stages"]]


def _free(solution: Mapping[str, Any]) -> list[int]:
    return [pair["points"] for pair in solution["pairs"] if not pair["locked"]]


def _sums(stage: Mapping[str, Any], write: Any = None) -> Figures:
    """Mentees' tags, mentors' tags (each as often as places count), and both together."""
    write = write or _number
    mentees = sum(price for _name, price in stage["mentee_prices"])
    return [
        (_("Tags of the mentees"), write(mentees)),
        (_("Tags of the mentors’ places"), write(stage["value"] - mentees)),
        (_("All tags together"), write(stage["value"])),
    ]


def _word_count(stage: Mapping[str, Any], solution: Mapping[str, Any]) -> StageFigures:
    sentence = _(
        "Here a tag is 1 or 0, and of every possible pair at least one of the two carries a 1. So there can be no more "
        "pairs than the tags add up to. Such tags are called a cover."
    )
    return StageFigures(
        _("As many pairs as possible"),
        sentence,
        [*_sums(stage), (_("Pairs found, without the fixed ones"), _number(len(_free(solution))))],
    )


def _word_floor(stage: Mapping[str, Any], solution: Mapping[str, Any]) -> StageFigures:
    found = _free(solution)
    if not found:
        return StageFigures(_("The weakest pair"), _("No pair was free to choose."), [])
    sentence = _(
        "A cover of all pairs with more than %(points)s points: as many pairs as needed cannot be made of those alone, "
        "so one pair at least must have %(points)s points or fewer. From here on only pairs with %(points)s points or "
        "more are used."
    ) % {"points": _points(stage["level"])}
    return StageFigures(
        _("The weakest pair"),
        sentence,
        [
            (_("Weakest pair found"), _points(min(found))),
            (_("Pairs possible with more points than that"), _number(stage["value"])),
            (_("Pairs needed"), _number(len(found))),
        ],
    )


def _word_band(stage: Mapping[str, Any], solution: Mapping[str, Any]) -> StageFigures:
    level = stage["level"]
    sentence = _(
        "Here a pair is worth 1 from %(points)s points on, else 0. No possible pair that fits the stages before is "
        "worth more than its two tags."
    ) % {"points": _points(level)}
    reached = sum(value >= level for value in _free(solution))
    return StageFigures(
        _("Pairs from %(points)s points on") % {"points": _points(level)},
        sentence,
        [*_sums(stage), (_("Pairs found that reach it"), _number(reached))],
    )


def _word_total(stage: Mapping[str, Any], solution: Mapping[str, Any]) -> StageFigures:
    total = sum(_free(solution))
    figures = [*_sums(stage, _points), (_("Points of the pairs that were not fixed"), _points(total))]
    if total < stage["value"]:
        sentence = _(
            "A pair is worth its points. The tags are not met by the pairs found, so they only say what cannot be "
            "exceeded."
        )
        return StageFigures(_("As many points as possible: a bound"), sentence, figures)
    sentence = _(
        "Here a pair is worth its points. No possible pair that fits the stages before has more points than its two "
        "tags together. A tag below 0 belongs to somebody who must be in a pair."
    )
    return StageFigures(_("As many points as possible"), sentence, figures)


def _word_load(stage: Mapping[str, Any], solution: Mapping[str, Any]) -> StageFigures:
    held = Counter(pair["mentor_id"] for pair in solution["pairs"] if pair["locked"])
    loads = Counter(pair["mentor_id"] for pair in solution["pairs"])
    cost = sum(load**2 - held[mentor] ** 2 for mentor, load in loads.items())
    sentence = _(
        "Among equals the mentors’ loads are as even as can be: a mentor’s first mentee costs 1, her second 3, her "
        "third 5, and so on."
    )
    return StageFigures(
        _("Even loads"),
        sentence,
        [
            (_("Least that it can cost, by the tags"), _number(-stage["value"])),
            (_("What the pairs found cost"), _number(cost)),
        ],
    )


_WORDED = {
    "count": _word_count,
    "floor": _word_floor,
    "band": _word_band,
    "total": _word_total,
    "load": _word_load,
}


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


def _points(value: int) -> str:
    """With both decimals, so that sums can be checked."""
    return number_format(value / 100, decimal_pos=2, force_grouping=True)
