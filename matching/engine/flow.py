"""Min-cost flow over candidate pairs: mentees, then mentors, then one sink.

Costs are reduced by the prices known so far, which changes no optimum and keeps them small. They cannot overflow: with
at most 20,000 people a side (`validation.MAX_PEOPLE`) a cost is at most 4 * 10**8 and there are at most 40,001 nodes.
The solver multiplies costs by the nodes, and a node's price is at most the nodes times that: 7 * 10**17, below 2**62.
"""

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from .candidates import Candidates
from .faces import Face, Worth, cost_of_place
from .field import NOBODY, Ints

Arcs = tuple[NDArray[np.integer], NDArray[np.integer], Ints, Ints]  # tail, head, capacity, cost


def route(face: Face, candidates: Candidates, worth: Worth, row_prices: Ints, column_prices: Ints) -> Ints:
    """The assignment worth most among those of the face; the candidates must hold one of them.

    Every supply has its own way out, so the flow is balanced: the solver crashes on one that is not.
    """
    height, width = face.field.height, face.field.width
    assigned = np.full(height, NOBODY, dtype=np.int64)
    if not len(candidates.rows):
        return assigned
    flow, sink = SimpleMinCostFlow(), height + width
    rows, columns = candidates.rows, candidates.columns
    costs = row_prices[rows] + column_prices[columns] - candidates.worth(worth, face.field.shape)
    pair_arcs = _add_arcs(flow, (rows, height + columns, np.ones_like(costs), costs))
    may_stay_out = np.flatnonzero(~face.must_rows)
    ones = np.ones(len(may_stay_out), dtype=np.int64)
    _add_arcs(flow, (may_stay_out, np.full_like(may_stay_out, sink), ones, row_prices[may_stay_out]))
    _add_arcs(flow, _open_places(face, worth, column_prices))
    supplies = np.concatenate([np.ones(height, np.int64), -face.least, [int(face.least.sum()) - height]])
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supplies)
    status = flow.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"The flow solver ended with {status}.")
    chosen = np.asarray(flow.flows(pair_arcs)) > 0
    assigned[rows[chosen]] = columns[chosen]
    return assigned


def _open_places(face: Face, worth: Worth, column_prices: Ints) -> Arcs:
    """From each mentor to the sink, beside the places that must be filled."""
    height, spare = face.field.height, face.most - face.least
    sink = height + face.field.width
    if worth.name != "load":
        columns = np.flatnonzero(spare)
        return height + columns, np.full_like(columns, sink), spare[columns], -column_prices[columns]
    columns = np.repeat(np.arange(face.field.width), spare)
    first = np.repeat(np.cumsum(spare) - spare, spare)
    nth = face.least[columns] + 1 + np.arange(len(columns)) - first
    costs = cost_of_place(face.field.held[columns], nth) - column_prices[columns]
    return height + columns, np.full_like(columns, sink), np.ones_like(costs), costs


def _add_arcs(flow: SimpleMinCostFlow, arcs: Arcs) -> NDArray[np.int32]:
    tails, heads, capacities, costs = arcs
    added = flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacities.astype(np.int64), costs.astype(np.int64)
    )
    return np.asarray(added, dtype=np.int32)
