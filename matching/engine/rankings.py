"""Whom people wish for, in order, if they were asked. `add_wishes` is the twin for whole blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .grade import NEUTRAL, Grade, grade_unknown, scale
from .model import Mentee, Mentor, Person, Settings

Rows = NDArray[np.intp]


def score_wish(place: int, wishes: int) -> int:
    """100 * (wishes - place + 1) / wishes: the first wish 100, the last of ten 10, and 0 would be the one after it."""
    return scale(wishes - place + 1, wishes)


def _grade_wish(one: Person, other: Person, criterion: str) -> Grade | None:
    wishes = len(one.ranking)
    if not wishes:
        return None
    if other.id not in one.ranking:
        return Grade(0, f"{criterion}.other", {"wishes": wishes})
    place = one.ranking.index(other.id) + 1
    return Grade(score_wish(place, wishes), f"{criterion}.wish", {"place": place, "wishes": wishes})


def grade_mentee_ranking(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    """Who ranked nobody is neutral; whom somebody who ranked has left out scores 0."""
    return _grade_wish(mentee, mentor, "mentee_ranking") or grade_unknown("mentee_ranking", False, True)


def grade_mentor_ranking(mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    return _grade_wish(mentor, mentee, "mentor_ranking") or grade_unknown("mentor_ranking", True, False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """One side's. `base`: the grade of whoever is not named, by position of the one who was asked; `named`: by mentee
    row, positions of mentors and what their grades are above the base, which is 0 for everybody who named somebody.
    """

    base: NDArray[np.int16]
    named: Mapping[int, tuple[Rows, NDArray[np.int16]]]


def find_wishes(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> dict[str, Wishes]:
    of_mentees = _place_wishes(mentees, mentors)
    of_mentors = [(row, column, grade) for column, row, grade in _place_wishes(mentors, mentees)]
    return {
        "mentee_ranking": Wishes(_find_base(mentees), _gather(of_mentees)),
        "mentor_ranking": Wishes(_find_base(mentors), _gather(of_mentors)),
    }


def _find_base(people: Sequence[Person]) -> NDArray[np.int16]:
    return np.array([0 if person.ranking else NEUTRAL for person in people], dtype=np.int16)


def _place_wishes(ones: Sequence[Person], others: Sequence[Person]) -> list[tuple[int, int, int]]:
    """Position of who wishes, position of whom she wishes for if that one is here, grade."""
    where = {other.id: position for position, other in enumerate(others)}
    return [
        (position, where[wished], score_wish(place, len(one.ranking)))
        for position, one in enumerate(ones)
        for place, wished in enumerate(one.ranking, 1)
        if wished in where
    ]


def _gather(placed: Sequence[tuple[int, int, int]]) -> dict[int, tuple[Rows, NDArray[np.int16]]]:
    by_row: dict[int, list[tuple[int, int]]] = {}
    for row, column, grade in placed:
        by_row.setdefault(row, []).append((column, grade))
    return {
        row: (np.array([column for column, _ in found]), np.array([grade for _, grade in found], dtype=np.int16))
        for row, found in by_row.items()
    }


def add_wishes(points: NDArray[np.int16], rows: Rows, wishes: Mapping[str, Wishes], weights: Mapping[str, int]) -> None:
    """In place. `rows`: the mentees that the rows of `points` are about."""
    for criterion, found in wishes.items():
        weight = np.int16(weights.get(criterion, 0))
        if not weight:
            continue
        points += weight * (found.base[rows][:, None] if criterion == "mentee_ranking" else found.base)
        for line, row in enumerate(rows.tolist()):
            if row in found.named:
                columns, grades = found.named[row]
                points[line, columns] += weight * grades
