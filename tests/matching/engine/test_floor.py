"""The proof of the best worst pair: falsified as a whole, stage by stage consistent."""

from dataclasses import replace

import numpy as np

from matching.engine import Certificate, Stage
from matching.engine.proof import Proof
from tests.matching.engine.solved import make_solved


def test_solution_without_fairness_told_as_the_fairest() -> None:
    """Its floor is covered by the prices of the count, which prove nothing: they pay for as many as are paired."""
    fair, plain = make_solved("bottleneck"), make_solved("none").solution
    count, *rest = plain.certificate.stages
    lowest = min(pair.points for pair in plain.pairs if not pair.locked)
    floor = replace(count, name="floor", level=lowest)
    told = replace(
        plain,
        certificate=Certificate((count, floor, *rest), plain.certificate.plain, fair.solution.certificate.plain_pairs),
        settings_hash=fair.solution.settings_hash,
        plain_lowest=fair.solution.plain_lowest,
    )

    report = fair.verify(told)

    assert (report.valid, report.problems) == (
        True,
        ("Stage 'floor': the prices do not prove that some pair must be as low.",),
    )


def test_pairs_with_exactly_the_points_of_the_floor_are_asked() -> None:
    # 500 + 600 is told to be the best, but 1,000 + 500 is better and has no worse pair
    points = np.array([[500, 1_000], [500, 600]], dtype=np.int16)
    proof = Proof(points, np.array([0, 1]), np.ones(2, np.int64), np.zeros(2, np.int64))
    ids = ["e0", "e1"], ["r0", "r1"]
    stages = [
        Stage("count", 0, 2, (("e0", 1), ("e1", 1)), (("r0", 0), ("r1", 0))),
        Stage("floor", 500, 1, (("e0", 0), ("e1", 0)), (("r0", 0), ("r1", 1))),
        Stage("total", 0, 1_100, (("e0", 500), ("e1", 100)), (("r0", 0), ("r1", 500))),
    ]

    found = []
    for stage in stages:
        found.append(list(proof.check(stage, ids, bound_only=False)))
        proof.narrow(stage)

    assert found == [[], [], ["a pair is worth more than its two prices."]]
