"""The fewest of several kinds, any number of each, that meet demands: an integer programme for SCIP."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from ortools.linear_solver import pywraplp

_MOST_NODES: Final = 2_000  # of the solver's search; within these the answer is exact
Demand = tuple[frozenset[int], int]  # the kinds that count for it, never none, and how many of them are needed


def cover_demands(kinds: int, demands: Sequence[Demand]) -> tuple[list[int], int]:
    """Counts per kind that meet all demands, and how many are needed in all at least."""
    solver = pywraplp.Solver.CreateSolver("SCIP")
    solver.SetSolverSpecificParametersAsString(f"limits/nodes = {_MOST_NODES}")
    most = max((needed for _useful, needed in demands), default=0)
    counts = [solver.IntVar(0, most, str(kind)) for kind in range(kinds)]
    for useful, needed in demands:
        solver.Add(sum(counts[kind] for kind in sorted(useful)) >= needed)
    solver.Minimize(sum(counts))
    status = solver.Solve()
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        raise RuntimeError(f"The solver of the covering problem ended with {status}.")
    found = [round(count.solution_value()) for count in counts]
    # the bound of a search that was cut short is no whole number
    return found, ceil(solver.Objective().BestBound() - 1e-6)
