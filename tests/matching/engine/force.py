"""Every pairing of a tiny cohort, and how each ranks: the objectives as they are worded, not as they are solved."""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine import Mentee, Mentor, Settings, score_pair
from matching.engine.field import Field
from matching.engine.validation import TOP_POINTS

Array = NDArray[Any]
Key = tuple[int, ...]


@cache
def list_choices(height: int, width: int) -> Array:
    """choices x height: a column or -1 for each row."""
    return np.array(list(product(range(-1, width), repeat=height)), dtype=np.int64)


def list_pairings(field: Field) -> Array:
    """pairings x rows: those without an excluded pair and without more mentees at a mentor than she has places."""
    points = take_points(field)
    found = list_choices(field.height, field.width)
    kept = (look_up(points, found, nobody=0) >= 0).all(axis=1)
    for column, places in enumerate(field.places.tolist()):
        kept &= (found == column).sum(axis=1) <= places
    return found[kept]


def rank_pairings(field: Field, settings: Settings, pairings: Array) -> list[Key]:
    """Pairs, fairness level or levels, points, minus the squares of the loads, order: the greatest is the best."""
    points = take_points(field)
    paired = pairings >= 0
    own = look_up(points, pairings, nobody=-1)
    fairness = {
        "none": [],
        "bottleneck": [np.where(paired, own, TOP_POINTS).min(axis=1, initial=TOP_POINTS)],
        "bands": [(own >= 100 * band).sum(axis=1) for band in settings.bands],
    }[settings.fairness]
    loads = [held + (pairings == column).sum(axis=1) for column, held in enumerate(field.held.tolist())]
    squares = sum((load**2 for load in loads), start=np.zeros(len(pairings), dtype=np.int64))
    places = (field.height - np.arange(field.height)) * (field.width - pairings)
    levels = [
        paired.sum(axis=1),
        *fairness,
        np.where(paired, own, 0).sum(axis=1),
        -squares,
        (places * paired).sum(axis=1),
    ]
    return [tuple(key) for key in np.stack(levels, axis=1).tolist()]


def find_best_key(field: Field, settings: Settings) -> Key:
    return max(rank_pairings(field, settings, list_pairings(field)))


def take_points(field: Field) -> Array:
    return field.points[field.rows].astype(np.int64)


def look_up(points: Array, pairings: Array, *, nobody: int) -> Array:
    """pairings x rows: the points of each one's pair."""
    padded = np.hstack([points, np.full((len(points), 1), nobody)])
    return padded[np.arange(len(points)), pairings]


def score_field(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> Field:
    """The open part of a cohort, its points by the scalar function pair by pair."""
    locked = dict(settings.locked)
    rows = [row for row, mentee in enumerate(mentees) if mentee.id not in locked]
    points = np.full((len(mentees), len(mentors)), -1, dtype=np.int16)
    for row, column in product(rows, range(len(mentors))):
        scored = score_pair(mentees[row], mentors[column], settings).points
        points[row, column] = -1 if scored is None else scored
    held = np.array([list(locked.values()).count(mentor.id) for mentor in mentors], dtype=np.int64)
    places = np.array([mentor.capacity for mentor in mentors], dtype=np.int64) - held
    return Field(points, np.array(rows, dtype=np.intp), places, held)
