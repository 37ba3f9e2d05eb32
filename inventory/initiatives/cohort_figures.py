"""What a cohort that runs here tells of itself, as answers of an edition, and its programme as answers of an
initiative. Only figures; nothing of it enters before the organisation approves it."""

from datetime import date
from typing import Any

from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.registry import RoleCounts, counts_of
from wimmentor.base import clock

FORMATS = {
    "one_to_one": "mentoring_1to1",
    "circle": "mentoring_circle",
    "peer": "mentoring_peer",
    "reverse": "mentoring_reverse",
    "flash": "mentoring_flash",
    "sponsorship": "sponsorship",
}
STATUS = {
    "draft": "planned",
    "open": "launching",
    "selecting": "launching",
    "matching": "launching",
    "confirming": "launching",
    "running": "running",
    "closing": "concluding",
    "closed": "concluded",
}


def figures_of_cohort(cohort: Cohort) -> dict[str, Any]:
    """Question -> answer. What the cohort does not know yet is left out."""
    counts, figures = counts_of(cohort), getattr(cohort, "figures", None)
    opened = cohort.phase != cohort.Phase.DRAFT
    told: dict[str, Any] = {
        "D2": cohort.mentee_places,
        "D3": _people(counts.mentees) if opened else {},
        "D4": _people(counts.mentors) if opened else {},
        "F1": _months(cohort.kickoff_on, cohort.closing_on) or cohort.programme.months,
    }
    if figures is not None:
        told |= {
            "D5": figures.matched,
            "D7": figures.matched,
            "E5": figures.days_close_to_pairs,
            "E6": _parts(volunteer=round(figures.minutes / 60, 1) or None),
        }
    return {code: {"value": value} for code, value in told.items() if value not in (None, {})}


def answers_of_programme(programme: Programme, cohorts: list[Cohort]) -> dict[str, Any]:
    """The first draft of an initiative, from the programme that the organisation keeps here."""
    phases = {STATUS[cohort.phase_at(clock.now())] for cohort in cohorts}
    status = next((one for one in ("running", "launching", "concluding", "planned", "concluded") if one in phases), "")
    told: dict[str, Any] = {
        "B1": programme.name,
        "B2": [FORMATS[programme.format]],
        "B3": status or "planned",
        "B4": "formal",
        "B5": programme.summary,
        "B8": programme.reach,
        "B9": list(programme.countries),
        "C1": list(programme.scope),
        "C6": "" if programme.mentor_target == "unknown" else programme.mentor_target,
        "E1": [programme.matching_method],
        "E3": "both" if programme.can_run_here else "",
        "F3": programme.delivery,
        "F4": list(programme.languages),
    }
    return {code: {"value": value} for code, value in told.items() if value}


def _people(counts: RoleCounts) -> dict[str, Any]:
    """Whoever was accepted or waits was eligible; before the first decision nobody knows."""
    decided = counts.accepted + counts.waitlisted + counts.declined
    return _parts(received=counts.sent, eligible=counts.accepted + counts.waitlisted if decided else None)


def _parts(**parts: Any) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}


def _months(start: date | None, end: date | None) -> float | None:
    return round((end - start).days / 30.44, 1) if start and end else None
