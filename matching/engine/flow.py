"""Min-cost flow over the open part of a cohort: the mentees without a lock and the places beside the locks.

Costs cannot overflow: with at most 20,000 people a side (`validation.MAX_PEOPLE`) a cost is at most 4 * 10**8 and
there are at most 40,001 nodes. The solver multiplies costs by the nodes, and a node's price is at most the nodes times
that: 7 * 10**17, below 2**62.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from .score import Points

Assigned = NDArray[np.int64]  # column of the mentor per row, -1 = unmatched
Prices = NDArray[np.int64]
TOP_POINTS: Final = 10_000


def choose_bonus(mentee_count: int, place_count: int) -> int:
    """A bonus per pair that no sum of points can outweigh; twice the top score would lose pairs in long chains."""
    return TOP_POINTS * min(mentee_count, place_count) + 1


def assign_best(points: Points, places: Prices, bonus: int) -> Assigned:
    """Most pairs first, then most points. `places`: open places per column."""
    rows, columns = np.nonzero((points >= 0) & (places > 0))
    if not rows.size:
        return np.full(points.shape[0], -1, dtype=np.int64)
    costs = -(points[rows, columns].astype(np.int64) + bonus)
    everybody = np.arange(points.shape[0])
    stay_out = everybody, np.zeros(len(everybody), dtype=np.int64)
    return _route(len(everybody), (rows, columns, costs), stay_out, places, np.zeros_like(places))


def assign_first_in_order(
    points: Points, places: Prices, bonus: int, mentee_prices: Prices, mentor_prices: Prices
) -> Assigned:
    """Of all best assignments the one in which earlier mentees have earlier mentors.

    By complementary slackness the best assignments are exactly those that use tight pairs alone, leave out nobody
    with a price and leave no place free of a mentor with a price. Among them the sum of
    (mentees - mentee's rank) * mentor's rank is least, where being left out ranks after the last mentor.
    """
    worth = np.where(points >= 0, points.astype(np.int64) + bonus, np.int64(-1))
    tight = (worth >= 0) & (places > 0) & (mentee_prices[:, None] + mentor_prices == worth)
    rows, columns = np.nonzero(tight)
    if not rows.size:
        return np.full(points.shape[0], -1, dtype=np.int64)
    height, width = points.shape
    eager = height - np.arange(height, dtype=np.int64)
    may_stay_out = np.flatnonzero(mentee_prices == 0)
    must_fill = np.where(mentor_prices > 0, places, 0)
    stay_out = may_stay_out, eager[may_stay_out] * width
    return _route(height, (rows, columns, eager[rows] * columns), stay_out, places, must_fill)


def _route(
    height: int,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]],
    stay_out: tuple[NDArray[np.intp], NDArray[np.int64]],
    places: Prices,
    must_fill: Prices,
) -> Assigned:
    """`pairs`: row, column, cost; `stay_out`: row, cost. Nodes: mentees, then mentors, then one sink.

    Every supply has its own way out, so the flow is balanced: the solver crashes on one that is not.
    """
    rows, columns, costs = pairs
    width = len(places)
    sink = height + width
    optional = np.where(must_fill > 0, 0, np.minimum(places, height))
    open_columns = np.flatnonzero(optional)
    flow = SimpleMinCostFlow()
    pair_arcs = _add_arcs(flow, rows, height + columns, np.ones_like(costs), costs)
    _add_arcs(flow, stay_out[0], np.full_like(stay_out[0], sink), np.ones_like(stay_out[1]), stay_out[1])
    zeros = np.zeros(len(open_columns), dtype=np.int64)
    _add_arcs(flow, height + open_columns, np.full_like(open_columns, sink), optional[open_columns], zeros)
    supplies = np.concatenate([np.ones(height, np.int64), -must_fill, [int(must_fill.sum()) - height]])
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supplies.astype(np.int64))
    status = flow.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"The flow solver ended with {status}.")
    chosen = np.asarray(flow.flows(pair_arcs)) > 0
    assigned = np.full(height, -1, dtype=np.int64)
    assigned[rows[chosen]] = columns[chosen]
    return assigned


def _add_arcs(
    flow: SimpleMinCostFlow,
    tails: NDArray[np.intp],
    heads: NDArray[np.intp],
    capacities: NDArray[np.int64],
    costs: NDArray[np.int64],
) -> NDArray[np.int32]:
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacities.astype(np.int64), costs.astype(np.int64)
    )
    return np.asarray(arcs, dtype=np.int32)
