"""All stages in order: count > fairness > total > load > order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from .cover import cover_all, extend, price_cover
from .faces import Face, Step, Worth
from .fair import Floor, find_floor, solve_bands
from .field import Field, Ints
from .model import Settings, Stop
from .stages import Solved, continue_stage, solve_points, unpriced
from .validation import TOP_POINTS

# Most pairs come first by themselves with nearly all cohorts, and small numbers are fast; the cover says whether.
_BONUS: Final = TOP_POINTS + 1
Report = Callable[[int], None]


@dataclass(frozen=True)
class Plan:
    """`steps`: the certificate, stage by stage. `plain`: the total as it would be without fairness.
    Not `proven` after a deadline: then the last step is a bound that `assigned` does not reach."""

    assigned: Ints
    steps: tuple[Step, ...]
    plain: Solved
    floor: Floor | None
    proven: bool


def solve_field(field: Field, settings: Settings, stop: Stop, report: Report) -> Plan:
    count, plain = _solve_plain(field, stop)
    plan = Plan(plain.assigned, (count, plain.step), plain, None, proven=False)
    report(1)
    if not plain.proven:
        return plan
    floor = find_floor(field, plain.assigned, count) if settings.fairness == "bottleneck" else None
    face, total = _solve_total(Face.whole(field).after(count), floor, plain, settings, stop)
    report(2)
    if total is None:
        return plan
    plan = Plan(total.assigned, (*face.steps, total.step), plain, floor, proven=False)
    face = face.after(total.step)
    load = continue_stage(face, unpriced(face, Worth("load")), total.assigned, total.candidates, stop)
    if not load.proven:
        return plan
    face = face.after(load.step)
    order = continue_stage(face, unpriced(face, Worth("order")), load.assigned, load.candidates, stop)
    report(3)
    return replace(plan, assigned=order.assigned, steps=(*plan.steps, load.step), proven=order.proven)


def _solve_plain(field: Field, stop: Stop) -> tuple[Step, Solved]:
    """Most pairs, then most points: the stages 'count' and 'total'."""
    whole = Face.whole(field)
    solved = solve_points(whole, _BONUS, stop)
    assigned, reach = extend(field, 0, solved.assigned, field.most_pairs)
    cover = cover_all(field, assigned) if reach is None else price_cover(reach, assigned)
    count = Step(Worth("count"), *cover)
    total = replace(solved, assigned=assigned, step=_without_bonus(solved.step, count))
    if solved.proven and not np.array_equal(assigned, solved.assigned):
        total = continue_stage(whole.after(count), total.step, assigned, solved.candidates, stop)
    return count, total


def _without_bonus(step: Step, count: Step) -> Step:
    """The same prices for the face of the count, where each pair is paid for by one of its two sides."""
    bonus = step.worth.bonus
    row_prices = step.row_prices - bonus * count.row_prices
    return Step(Worth("total"), row_prices, step.column_prices - bonus * count.column_prices)


def _solve_total(
    face: Face, floor: Floor | None, plain: Solved, settings: Settings, stop: Stop
) -> tuple[Face, Solved | None]:
    """None if the deadline came first."""
    best = plain
    if floor is not None:
        face = replace(face, cut=floor.points)
        if (face.field.chosen(plain.assigned)[2] >= floor.points).all():
            return face, plain
        best = replace(plain, assigned=floor.assigned)
    elif settings.fairness == "bands":
        face, best = solve_bands(face, tuple(100 * band for band in settings.bands), plain, stop)
    else:
        return face, plain
    if best.proven:
        best = continue_stage(face, plain.step, best.assigned, best.candidates, stop)
    return face, best if best.proven else None
