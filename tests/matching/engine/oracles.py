"""Other solvers for the same objectives: assignment by seats (scipy), integer programming (HiGHS), flow over all pairs.

Slow and dense where the engine is quick and sparse; nothing of it is used by the engine.
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array, lil_array, vstack
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.engine import Settings
from matching.engine.field import Field
from matching.engine.validation import TOP_POINTS
from tests.matching.engine.force import Array, Key, take_points


def find_key(field: Field, settings: Settings) -> Key:
    """Pairs, fairness level or levels, points, minus the squares of the loads."""
    if settings.fairness != "bottleneck":
        return assign_seats(field, settings.bands if settings.fairness == "bands" else ())
    floor = find_floor(field)
    pairs, *rest = assign_seats(field, (), floor)
    return pairs, floor, *rest


def assign_seats(field: Field, bands: tuple[int, ...], floor: int = 0) -> Key:
    """All levels at once: each weighs more than everything below it can add up to, exactly in a float (< 2**53)."""
    points, height = take_points(field), field.height
    seats = np.repeat(np.arange(field.width), field.places)
    nth = 1 + np.arange(len(seats)) - np.repeat(np.cumsum(field.places) - field.places, field.places)
    costs = 2 * (field.held[seats] + nth) - 1
    wide = points[:, seats]
    levels = [*((wide >= 100 * band).astype(np.int64) for band in reversed(bands)), np.ones_like(wide)]
    unit = int(costs.sum()) + 1
    worth, unit = wide * unit - costs, unit * (TOP_POINTS * height + 1)
    for level in levels:
        worth, unit = worth + level * unit, unit * (height + 1)
    assert unit < 2**53
    rows, columns = linear_sum_assignment(np.where(wide >= floor, worth, 0), maximize=True)
    kept = wide[rows, columns] >= floor
    rows, columns = rows[kept], columns[kept]
    own = wide[rows, columns]
    squares = int(costs[columns].sum() + (field.held**2).sum())
    return len(own), *(int((own >= 100 * band).sum()) for band in bands), int(own.sum()), -squares


def find_floor(field: Field) -> int:
    """The most that the worst of as many pairs as possible can have, by bisection over maximum matchings."""
    most = count_pairs(field, 0)
    low, high = 0, TOP_POINTS
    while low < high:
        trial = (low + high + 1) // 2
        low, high = (trial, high) if count_pairs(field, trial) == most else (low, trial - 1)
    return low


def count_pairs(field: Field, floor: int) -> int:
    wide = take_points(field)[:, np.repeat(np.arange(field.width), field.places)] >= floor
    if not wide.size:
        return 0
    return int((maximum_bipartite_matching(csr_array(wide), perm_type="column") >= 0).sum())


def solve_program(field: Field, bands: tuple[int, ...]) -> Key:
    """Pairs, bands and points: one integer program after another, each with the values of those before."""
    rows, columns = np.nonzero((take_points(field) >= 0) & (field.places > 0))
    own = take_points(field)[rows, columns]
    sides = lil_array((field.height + field.width, len(own)))
    sides[rows, np.arange(len(own))] = 1
    sides[field.height + columns, np.arange(len(own))] = 1
    matrix, most = csr_array(sides), np.concatenate([np.ones(field.height), field.places])
    least, key = np.zeros(len(most)), []
    for gain in [np.ones_like(own), *((own >= 100 * band).astype(np.int64) for band in bands), own]:
        found = milp(
            -gain,
            integrality=np.ones(len(own)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, least, most),
            options={"mip_rel_gap": 0},
        )
        value = int(gain[np.round(found.x) == 1].sum())
        matrix = csr_array(vstack([matrix, gain[None, :]]))
        least, most = np.append(least, value), np.append(most, value)
        key.append(value)
    return tuple(key)


def route_all(field: Field) -> tuple[int, int]:
    """Pairs and points by min-cost flow over every pair, each with a bonus above all points together."""
    points: Array = take_points(field)
    rows, columns = np.nonzero(points >= 0)
    own, bonus = points[rows, columns], TOP_POINTS * field.height + 1
    source, sink = field.height + field.width, field.height + field.width + 1
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(rows, field.height + columns, np.ones_like(own), -own - bonus)
    people, mentors = np.arange(field.height), np.arange(field.width)
    ones = np.ones_like(people)
    flow.add_arcs_with_capacity_and_unit_cost(np.full_like(people, source), people, ones, 0 * ones)
    flow.add_arcs_with_capacity_and_unit_cost(people, np.full_like(people, sink), ones, 0 * ones)
    flow.add_arcs_with_capacity_and_unit_cost(
        field.height + mentors, np.full_like(mentors, sink), field.places, 0 * field.places
    )
    flow.set_node_supply(source, field.height)
    flow.set_node_supply(sink, -field.height)
    assert flow.solve() == flow.OPTIMAL
    chosen = np.asarray(flow.flows(arcs)) > 0
    return int(chosen.sum()), int(own[chosen].sum())
