"""Why a mentee is without a mentor: proven on the rules and on the exchanges that could have made room."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .codes import RULES, SWITCHABLE
from .model import Mentee, Settings
from .open_part import OpenPart
from .result import Unmatched
from .score import Scores, find_first

Flags = NDArray[np.bool_]


def reach_mentors(admissible: Flags, assigned: NDArray[np.int64], start: Flags) -> Flags:
    """Mentors reachable from `start` by exchanges: a reached mentor's mentees could go to their other mentors."""
    reached, frontier = start.copy(), start
    while frontier.any():
        movers = (assigned >= 0) & frontier[assigned]
        frontier = admissible[movers].any(axis=0) & ~reached
        reached |= frontier
    return reached


def explain_unmatched(
    mentees: Sequence[Mentee], scores: Scores, settings: Settings, part: OpenPart, assigned: NDArray[np.int64]
) -> tuple[Unmatched, ...]:
    """In order of rows. The assignment must have as many pairs as possible, or the groups are not short."""
    admissible = scores.points[part.rows] >= 0
    groups: dict[bytes, dict[str, Any]] = {}
    reasons = []
    for row in np.flatnonzero(assigned < 0):
        whole_row = int(part.rows[row])
        if not admissible.shape[1]:
            code, values = "no_mentors", {}
        elif not admissible[row].any():
            code, values = "no_admissible_mentor", _count_rules(scores, whole_row, settings.hard)
        else:
            key = admissible[row].tobytes()
            if key not in groups:
                groups[key] = _measure_group(admissible, part.places, assigned, admissible[row])
            own = {"admissible": int(admissible[row].sum()), "best_points": int(scores.points[whole_row].max())}
            code, values = "places_short", {**groups[key], **own}
        reasons.append(Unmatched(mentees[whole_row].id, code, values))
    return tuple(reasons)


def _count_rules(scores: Scores, row: int, hard: frozenset[str]) -> dict[str, Any]:
    failing = scores.find_failing(np.array([row]))[0]
    first = np.bincount(find_first(failing), minlength=len(RULES))
    return {
        "mentors": int(failing.size),
        "rules": [[rule, int(first[index])] for index, rule in enumerate(RULES) if index and first[index]],
        "openings": [
            [rule, int((failing == 1 << (RULES.index(rule) - 1)).sum())] for rule in SWITCHABLE if rule in hard
        ],
    }


def _measure_group(
    admissible: Flags, open_places: NDArray[np.int64], assigned: NDArray[np.int64], start: Flags
) -> dict[str, Any]:
    reached = reach_mentors(admissible, assigned, start)
    inside = admissible.any(axis=1) & ~(admissible & ~reached).any(axis=1)
    places = int(open_places[reached].sum())
    return {
        "group": int(inside.sum()),
        "places": places,
        "mentors": int(reached.sum()),
        "overall": places == int(open_places.sum()),
    }
