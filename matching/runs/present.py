"""The cohort as it is now: what a run would freeze, and what the board measures pairs with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.engine import ENGINE_VERSION, Mentee, Mentor, Settings, cohort_to_json
from matching.runs.models import MatchingRun
from matching.runs.people import split_sides
from matching.runs.queries import accepted_people, past_partners
from matching.runs.settings import rankings_of, settings_of
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort


@dataclass(frozen=True)
class Present:
    people: list[Application]
    mentees: list[Mentee]
    mentors: list[Mentor]
    settings: Settings

    def as_json(self) -> dict[str, Any]:
        return cohort_to_json(self.mentees, self.mentors, self.settings)


def read_present(
    cohort: Cohort, *, overrides: Mapping[str, Any] | None = None, only: list[Application] | None = None
) -> Present:
    """`only`: these two people instead of everybody, to measure one pair."""
    people = list(accepted_people(cohort)) if only is None else only
    for person in people:
        person.cohort = cohort
    chosen = settings_of(cohort, people, overrides)
    mentees, mentors = split_sides(
        people,
        past_partners(cohort, people),
        own_criteria=chosen.own_criteria,
        rankings=rankings_of(people, overrides),
    )
    return Present(people, mentees, mentors, chosen)


def still_holds(run: MatchingRun, present: Present) -> bool:
    """Whether the proof speaks about the cohort as it is.

    A new lock on a pair of the result, or a new word against a pair that is not in it, only narrows the choice to
    matchings among which the result still is: the best of more is the best of fewer. Anything else that changed
    (people, weights, a lifted lock, a lock the result does not hold) needs a new run.
    """
    then, now = run.input, present.as_json()
    if run.solution is None or run.engine_version != ENGINE_VERSION:
        return False
    if then["mentees"] != now["mentees"] or then["mentors"] != now["mentors"]:
        return False
    fixed = {"locked", "forbidden"}
    if _without(then["settings"], fixed) != _without(now["settings"], fixed):
        return False
    pairs = {(pair["mentee_id"], pair["mentor_id"]) for pair in run.solution["pairs"]}
    locked_then, forbidden_then = (_pairs(then["settings"][name]) for name in ("locked", "forbidden"))
    locked, forbidden = present.settings.locked, present.settings.forbidden
    return locked_then <= locked <= pairs and forbidden_then <= forbidden and not forbidden & pairs


def _without(settings: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name not in names}


def _pairs(listed: list[list[str]]) -> set[tuple[str, str]]:
    return {(mentee, mentor) for mentee, mentor in listed}
