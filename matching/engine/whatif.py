"""What a change to a proven solution costs, exactly, without solving again: shortest exchanges from where it stands.

Prices are in pairs, in pairs that reach each level of fairness, and in points, compared in that order. With fairness
'bottleneck' the level is the worst pair of the solution: a change that would push a pair below it says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

import numpy as np

from .departure import leave_mentor, sum_worth
from .field import NOBODY, Ints, Where, find_field, index_pairs
from .levels import FAR, add_prices, find_levels
from .model import CohortError, Mentee, Mentor, Problem, Settings
from .proof import list_stages
from .residual import Paths, Residual
from .result import Certificate, Prices, Solution, Stage
from .score import Points, Scores, score_matrix, score_pair
from .validation import find_lock_problems, refuse_unsound

Moves = list[tuple[int, int]]  # row and new column, or the width for the outside


@dataclass(frozen=True, slots=True)
class Change:
    """None: without a mentor."""

    mentee_id: str
    old_mentor_id: str | None
    new_mentor_id: str | None


@dataclass(frozen=True, slots=True)
class Price:
    """What is lost; negative where something is gained. `levels`: (points, pairs that reach them no more).
    `changes`: everybody whose mentor changes, in order of mentee id.
    """

    pairs: int
    levels: tuple[tuple[int, int], ...]
    points: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A pair that is admissible and not in the solution."""

    mentee_id: str
    mentor_id: str
    points: int
    price: Price


class WhatIf:
    """A warm solution. Raises CohortError where it is no proven one of these people, or a change is impossible.

    Pairs of the solution may have been locked since, and other pairs forbidden: it is still the best there is.
    """

    def __init__(
        self,
        mentees: Sequence[Mentee],
        mentors: Sequence[Mentor],
        settings: Settings,
        solution: Solution,
        scores: Scores | None = None,
    ) -> None:
        """`scores`: of the people in order of id."""
        refuse_unsound(mentees, mentors, settings)
        self.mentees, self.mentors = sorted(mentees, key=attrgetter("id")), sorted(mentors, key=attrgetter("id"))
        self.settings = settings
        self._columns = {mentor.id: position for position, mentor in enumerate(self.mentors)}
        chosen = {pair.mentee_id: pair.mentor_id for pair in solution.pairs}
        if not _looks_proven(settings, solution) or not self._columns.keys() >= set(chosen.values()):
            raise _refuse_solution()
        self.scores = scores or score_matrix(self.mentees, self.mentors, settings)
        field = find_field(self.scores.points, self.mentees, self.mentors, settings)
        self.levels = find_levels(settings, solution.certificate, field.shape)
        ids = [self.mentees[row].id for row in field.rows], list(self._columns)
        prices = [add_prices(self.levels, side) for side in _list_prices(solution.certificate, *ids)]
        assigned = index_pairs(self.mentees, self.mentors, field, chosen)
        self.residual = Residual(field, self.levels, assigned, *prices)
        if not self.residual.is_best():
            raise _refuse_solution()
        self._rows = {self.mentees[row].id: position for position, row in enumerate(field.rows)}

    def force(self, mentee_id: str, mentor_id: str) -> Price:
        """Of locking the pair, which may break a switchable rule.

        Fairness does not look at locked pairs: locking a weak one that stands already costs less than nothing.
        """
        self._refuse_lock(mentee_id, mentor_id)
        row, column = self._row(mentee_id), self._column(mentor_id)
        home = int(self.residual.home[row])
        paths = self.residual.paths_from(column, home)
        mentee = self.mentees[self.residual.field.rows[row]]
        points = sum(part.points for part in score_pair(mentee, self.mentors[column], self.settings).parts)
        loss = self._own_losses(row, column, np.array(points)) + paths.length[home]
        return self._price(int(loss), [(row, column), *self._walk_from(paths, home)] if home != column else [])

    def forbid(self, mentee_id: str, mentor_id: str) -> Price:
        row, column = self._row(mentee_id), self._column(mentor_id)
        residual = self.residual
        if residual.home[row] != column:
            return self._price(0, [])
        paths = residual.paths_to(column)
        ways = np.append(residual.lengths(np.array([row]))[0], residual.row_prices[row]) + paths.length
        ways[column] = FAR
        first = int(ways.argmin())
        return self._price(int(ways[first]), [(row, first), *self._walk_to(paths, first)])

    def withdraw_mentee(self, mentee_id: str) -> Price:
        """Her place goes to whoever is best for it."""
        residual = self.residual
        row, outside = self._row(mentee_id), residual.width
        home = int(residual.home[row])
        if home == outside:
            return self._price(0, [])
        paths = residual.paths_from(outside, home)
        loss = int(residual.row_prices[row] + paths.length[home])
        return self._price(loss, [(row, outside), *self._walk_from(paths, home)])

    def add_place(self, mentor_id: str) -> Price:
        """Of one more place of this mentor: never above 0."""
        residual, column = self.residual, self._column(mentor_id)
        paths = residual.paths_from(residual.width)
        points: Points = residual.field.points[residual.field.rows, column]
        gains = self.levels.worth(points) - residual.row_prices - paths.length[residual.home]
        row = int(gains.argmax()) if len(gains) else NOBODY
        if row == NOBODY or gains[row] <= 0:
            return self._price(0, [])
        return self._price(-int(gains[row]), [(row, column), *self._walk_from(paths, int(residual.home[row]))])

    def withdraw_mentor(self, mentor_id: str) -> Price:
        """Her mentees look for others one by one. A locked one must be released first."""
        column = self._column(mentor_id)
        locked = [mentee for mentee, mentor in sorted(self.settings.locked) if mentor == mentor_id]
        if locked:
            raise _refuse(locked[0], "locked", f"The mentee {locked[0]!r} is locked to {mentor_id!r}.")
        left = leave_mentor(self.residual, column)
        moved = np.flatnonzero(left.home != self.residual.home)
        loss = sum_worth(self.residual) - sum_worth(left)
        return self._price(loss, [(int(row), int(left.home[row])) for row in moved])

    def list_alternatives(self, mentee_id: str, most: int | None = None) -> list[Alternative]:
        """Every other mentor who is admissible for her, the cheapest first, or the `most` cheapest."""
        residual, row = self.residual, self._row(mentee_id)
        home = int(residual.home[row])
        paths = residual.paths_to(home)
        points = residual.field.take(np.array([row]))[0]
        columns = np.flatnonzero((points >= 0) & (residual.field.places > 0))
        columns = columns[columns != home]
        losses = self._own_losses(row, columns, points[columns]) + paths.length[columns]
        cheapest = np.argsort(losses, kind="stable")[:most]
        return [
            self._offer(loss, row, column, [(row, column), *self._walk_to(paths, column)])
            for loss, column in zip(losses[cheapest].tolist(), columns[cheapest].tolist(), strict=True)
        ]

    def price_everyone(self, mentor_id: str, most: int | None = None) -> list[Alternative]:
        """Every other mentee for whom this mentor is admissible, the cheapest first, or the `most` cheapest."""
        residual, column = self.residual, self._column(mentor_id)
        paths = residual.paths_from(column)
        points = residual.field.points[residual.field.rows, column]
        admissible = (points >= 0) & (residual.field.places[column] > 0)
        rows = np.flatnonzero(admissible & (residual.home != column))
        losses = self._own_losses(rows, column, points[rows]) + paths.length[residual.home[rows]]
        cheapest = np.argsort(losses, kind="stable")[:most]
        return [
            self._offer(
                int(losses[one]), row, column, [(row, column), *self._walk_from(paths, int(residual.home[row]))]
            )
            for one, row in zip(cheapest.tolist(), rows[cheapest].tolist(), strict=True)
        ]

    def _offer(self, loss: int, row: int, column: int, moves: Moves) -> Alternative:
        whole_row = self.residual.field.rows[row]
        points = int(self.residual.field.points[whole_row, column])
        return Alternative(self.mentees[whole_row].id, self.mentors[column].id, points, self._price(loss, moves))

    def _own_losses(self, row: Where | int, column: Where | int, points: Points) -> Ints:
        """Of the pairs themselves. Fairness does not look at a pair that is locked."""
        paid: Ints = self.residual.row_prices[row] + self.residual.column_prices[column]
        return paid - self.levels.full - self.levels.point * points.astype(np.int64)

    def _walk_from(self, paths: Paths, goal: int) -> Moves:
        return self._move(paths.follow(goal)[::-1])

    def _walk_to(self, paths: Paths, start: int) -> Moves:
        return self._move(paths.follow(start))

    def _move(self, nodes: list[int]) -> Moves:
        moves = [(self.residual.mover(one, other), other) for one, other in pairwise(nodes)]
        return [(row, node) for row, node in moves if row != NOBODY]

    def _price(self, loss: int, moves: Moves) -> Price:
        pairs, levels, points = self.levels.split(loss)
        changes = [
            Change(
                self.mentees[self.residual.field.rows[row]].id,
                self._mentor_id(int(self.residual.home[row])),
                self._mentor_id(node),
            )
            for row, node in moves
        ]
        told = tuple((level, lost) for (level, _unit), lost in zip(self.levels.bands, levels, strict=True))
        return Price(pairs, told, points, tuple(sorted(changes, key=attrgetter("mentee_id"))))

    def _mentor_id(self, node: int) -> str | None:
        return self.mentors[node].id if node < len(self.mentors) else None

    def _row(self, mentee_id: str) -> int:
        if mentee_id not in self._rows:
            raise _refuse(mentee_id, "lock_unknown_mentee", f"{mentee_id!r} is no mentee of the open part.")
        return self._rows[mentee_id]

    def _column(self, mentor_id: str) -> int:
        if mentor_id not in self._columns:
            raise _refuse(mentor_id, "lock_unknown_mentor", f"{mentor_id!r} is no mentor of the cohort.")
        return self._columns[mentor_id]

    def _refuse_lock(self, mentee_id: str, mentor_id: str) -> None:
        locked = replace(self.settings, locked=self.settings.locked | {(mentee_id, mentor_id)})
        problems = list(find_lock_problems(self.mentees, self.mentors, locked, with_rules=True))
        if problems:
            raise CohortError(problems)


def _looks_proven(settings: Settings, solution: Solution) -> bool:
    pairs = {(pair.mentee_id, pair.mentor_id) for pair in solution.pairs}
    stages = [(stage.name, stage.level) for stage in solution.certificate.stages]
    told = stages == list_stages(settings, solution.certificate) and settings.locked <= pairs
    return solution.status == "optimal" and told


def _refuse_solution() -> CohortError:
    message = "Only a proven solution of these people under these settings can be asked."
    return CohortError([Problem("", "solution", "not_proven", message)])


def _refuse(row_id: str, code: str, message: str) -> CohortError:
    return CohortError([Problem(row_id, "pair", code, message)])


def _list_prices(
    certificate: Certificate, mentee_ids: Sequence[str], mentor_ids: Sequence[str]
) -> tuple[list[Ints], list[Ints]]:
    """Per side the prices of count, of each level (the gravest first), and of the total.

    All pairs reach a floor, so that its level is proven by the prices of the count.
    """
    stages = {"floor": certificate.stages[0]}
    used: list[Stage] = [stages.get(stage.name, stage) for stage in certificate.stages if stage.name != "load"]
    return (
        [_pick_prices(stage.mentee_prices, mentee_ids) for stage in used],
        [_pick_prices(stage.mentor_prices, mentor_ids) for stage in used],
    )


def _pick_prices(prices: Prices, ids: Sequence[str]) -> Ints:
    price_by_id = dict(prices)
    if missing := [one for one in ids if one not in price_by_id]:
        raise _refuse(missing[0], "other_people", f"The solution does not price {missing[0]!r}.")
    return np.array([price_by_id[one] for one in ids], dtype=np.int64)
