"""Solved cohorts under each fairness, and other pairs told truly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from matching.engine import Pair, Report, Settings, Solution, Unmatched, find_broken_rules, score_pair, solve, verify
from tests.matching.engine.cohorts import Cohort, make_cohort


@dataclass(frozen=True)
class Solved:
    cohort: Cohort
    solution: Solution

    def verify(self, told: Solution) -> Report:
        return verify(*self.cohort, told)


@cache
def make_solved(fairness: str) -> Solved:
    """With a lock beside the free optimum, a forbidden pair, unmatched mentees, free places; fairness costs points."""
    for seed in range(100):
        found = {name: _solve_around(seed, name) for name in ("none", "bottleneck", "bands")}
        costs = [found[name].solution.bound - found[name].solution.totals.points for name in found]
        floor, plain = found["bottleneck"].solution, found["none"].solution
        codes = {reason.code for reason in plain.unmatched}
        lifted = (floor.totals.lowest or 0) > (plain.totals.lowest or 0)
        if (
            lifted
            and min(costs[1:]) > 0
            and len(codes) == 2
            and all(one.solution.spare_mentors for one in found.values())
        ):
            return found[fairness]
    raise AssertionError("no cohort has all of it")


def _solve_around(seed: int, fairness: str) -> Solved:
    mentees, mentors, settings = make_cohort(seed, 24, 14, capacities=(0, 1, 1, 2), fairness=fairness)
    best = {
        (pair.mentee_id, pair.mentor_id) for pair in solve(mentees, mentors, replace(settings, fairness="none")).pairs
    }
    lock = next(
        (a.id, b.id)
        for a in mentees
        for b in mentors
        if (a.id, b.id) not in best and b.capacity and not find_broken_rules(a, b, settings)
    )
    settings = replace(settings, locked=frozenset({lock}), forbidden=frozenset({min(best - {lock})}))
    return Solved((mentees, mentors, settings), solve(mentees, mentors, settings))


def retell(solved: Solved, pairs: Sequence[Pair], settings: Settings | None = None) -> Solution:
    """A true account of other pairs, but for the reasons."""
    mentees, mentors, own = solved.cohort
    mentee_by_id, mentor_by_id = {one.id: one for one in mentees}, {one.id: one for one in mentors}
    true = []
    for pair in pairs:
        parts = score_pair(mentee_by_id[pair.mentee_id], mentor_by_id[pair.mentor_id], settings or own).parts
        true.append(replace(pair, points=sum(part.points for part in parts), parts=parts))
    points = sum(pair.points for pair in true)
    totals = replace(
        solved.solution.totals,
        pairs=len(true),
        points=points,
        lowest=min(pair.points for pair in true),
        mean_x100=(200 * points + len(true)) // (2 * len(true)),
    )
    used = [pair.mentor_id for pair in true]
    spare = sorted(mentor.id for mentor in mentors if used.count(mentor.id) < mentor.capacity)
    return replace(solved.solution, pairs=tuple(true), totals=totals, spare_mentors=tuple(spare))


def swap_two(solved: Solved) -> Solution:
    """Two open pairs exchange mentors, admissibly and for fewer points."""
    mentees, mentors, settings = solved.cohort
    mentee_by_id, mentor_by_id = {one.id: one for one in mentees}, {one.id: one for one in mentors}
    open_pairs = [pair for pair in solved.solution.pairs if not pair.locked]
    for one in open_pairs:
        for other in open_pairs:
            crossed = [(one.mentee_id, other.mentor_id), (other.mentee_id, one.mentor_id)]
            scored = [score_pair(mentee_by_id[a], mentor_by_id[b], settings).points for a, b in crossed]
            if None not in scored and sum(point or 0 for point in scored) < one.points + other.points:
                mentor_of = {one.mentee_id: other.mentor_id, other.mentee_id: one.mentor_id}
                return retell(
                    solved,
                    [
                        replace(pair, mentor_id=mentor_of.get(pair.mentee_id, pair.mentor_id))
                        for pair in solved.solution.pairs
                    ],
                )
    raise AssertionError("no two pairs can be swapped")


def drop_pair(solved: Solved) -> Solution:
    dropped = next(pair for pair in solved.solution.pairs if not pair.locked)
    told = retell(solved, [pair for pair in solved.solution.pairs if pair != dropped])
    left = [*solved.solution.unmatched, Unmatched(dropped.mentee_id, "no_mentors", {})]
    return replace(told, unmatched=tuple(sorted(left, key=lambda one: one.mentee_id)))


def move_one(solved: Solved, *, excluded: bool) -> Solution:
    """A mentee goes to a free mentor who is excluded for her, or to a full one who is not."""
    mentees, mentors, settings = solved.cohort
    mentee_by_id = {mentee.id: mentee for mentee in mentees}
    for number, pair in enumerate(solved.solution.pairs):
        for mentor in mentors:
            spare = mentor.id in solved.solution.spare_mentors
            breaks = bool(find_broken_rules(mentee_by_id[pair.mentee_id], mentor, settings))
            if breaks == spare == excluded and mentor.id != pair.mentor_id and not pair.locked:
                pairs = list(solved.solution.pairs)
                pairs[number] = replace(pair, mentor_id=mentor.id)
                return retell(solved, pairs)
    raise AssertionError("nobody can be moved so")
