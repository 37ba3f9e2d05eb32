"""Matrices of points drawn without people, and how the answer to one ranks."""

from collections.abc import Callable
from typing import Final

import numpy as np

from matching.engine import Settings, Stage
from matching.engine.faces import Face, Step, Worth, sum_prices
from matching.engine.field import Field
from matching.engine.plan import Plan, solve_field
from matching.engine.proof import Proof
from tests.matching.engine.force import Key, rank_pairings, take_points

CONTESTED: Final = ("equal", "columns", "product", "sum")


def draw_field(seed: int, height: int, width: int, *, values: int = 10_001, density: float = 0.5) -> Field:
    """`values`: so many different points, the extremes among them. Some rows are locked away, some places held."""
    dice = np.random.default_rng(seed)
    points = np.linspace(0, 10_000, values).astype(np.int16)[dice.integers(0, values, (height + 3, width))]
    points[dice.random(points.shape) >= density] = -1
    rows = np.sort(dice.permutation(height + 3)[:height])
    places = dice.choice([0, 1, 1, 1, 2, 3], width)
    return Field(points, rows, places, dice.choice([0, 0, 1, 2], width))


def draw_contested(seed: int, kind: str, height: int, width: int) -> Field:
    """Nearly everybody likes the same mentors, so that the first candidates never do and the solver asks for more."""
    dice = np.random.default_rng(seed)
    eager, liked, noise = dice.random((height, 1)), dice.random((1, width)), dice.random((height, width))
    shares = {
        "equal": np.full((height, width), 0.5),
        "columns": liked + 0 * eager,
        "product": np.where(noise < 0.3, -1, eager * liked),
        "sum": np.where(dice.random((height, width)) < 0.3, -1, (eager + liked) / 2 + 0.02 * noise - 0.02),
    }[kind]
    points = np.where(shares < 0, -1, 10_000 * shares).astype(np.int16)
    places, held = dice.choice([0, 1, 1, 2], width), dice.choice([0, 0, 1], width)
    return Field(points, np.arange(height), places, held)


def solve_fully(field: Field, settings: Settings) -> Plan:
    return solve_field(field, settings, lambda: False, lambda done: None)


def count_stops(field: Field, settings: Settings) -> int:
    """How often an undisturbed run asks whether to stop."""
    asked: list[None] = []
    solve_field(field, settings, lambda: bool(asked.append(None)), lambda done: None)
    return len(asked)


def stop_after(calls: int) -> Callable[[], bool]:
    """True from the call after so many."""
    left = iter([False] * calls)
    return lambda: next(left, True)


def rank_plan(field: Field, settings: Settings, plan: Plan) -> Key:
    return rank_pairings(field, settings, plan.assigned[None, :])[0]


def list_faults(field: Field, plan: Plan) -> list[str]:
    """What the checker of proofs says of the plan's stages."""
    proof = Proof(take_points(field).astype(np.int16), plan.assigned, field.places, field.held)
    ids = [f"e{row}" for row in range(field.height)], [f"r{column}" for column in range(field.width)]
    steps, faces, face = list(plan.steps), [Face.whole(field)], Face.whole(field)
    for step in plan.steps[:-1]:
        face = face.after(step)
        faces.append(face)
    if plan.floor is not None:
        steps.insert(1, Step(Worth("floor", level=plan.floor.points), *plan.floor.above))
        faces.insert(1, Face.whole(field))
    found = []
    for step, face in zip(steps, faces, strict=True):
        prices = [
            tuple(zip(names, side.tolist(), strict=True))
            for names, side in zip(ids, (step.row_prices, step.column_prices), strict=True)
        ]
        stage = Stage(step.worth.name, step.worth.level, sum_prices(face, step), *prices)
        found += list(proof.check(stage, ids, bound_only=False))
        proof.narrow(stage)
    return found
