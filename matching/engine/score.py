"""Points of pairs: all of them in int16 blocks, or one of them with its parts. Both agree bit for bit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .codes import RULES
from .criteria import CRITERIA
from .encode import encode_cohort
from .grids import Grids
from .model import Mentee, Mentor, Progress, Settings
from .result import PairScore, Part
from .rules import find_broken_rules
from .sparse import find_sparse_pairs
from .validation import refuse_unsound

_BLOCK_PAIRS: Final = 65_536  # the temporaries of a block stay in the cache
_BIT: Final = {rule: np.uint16(1 << index) for index, rule in enumerate(RULES[1:])}
# failing rules as bits -> index of the first of them in RULES
_FIRST_RULE: Final = np.array([(mask & -mask).bit_length() for mask in range(1 << (len(RULES) - 1))], dtype=np.uint8)
Points = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Scores:
    """mentees x mentors. `points`: -1 = inadmissible. `rule`: index into RULES of the first rule that excludes.

    `failing`: every excluding rule, bit k for RULES[k + 1].
    """

    points: Points
    rule: NDArray[np.uint8]
    failing: NDArray[np.uint16]


def score_pair(mentee: Mentee, mentor: Mentor, settings: Settings) -> PairScore:
    parts = []
    for criterion, grade_pair in CRITERIA.items():
        grade, weight = grade_pair(mentee, mentor, settings), settings.weights[criterion]
        parts.append(Part(criterion, weight, grade.score, weight * grade.score, grade.code, grade.values))
    broken = find_broken_rules(mentee, mentor, settings)
    if broken:
        return PairScore(None, broken[0], tuple(parts))
    return PairScore(sum(part.points for part in parts), None, tuple(parts))


def score_matrix(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, progress: Progress | None = None
) -> Scores:
    """Rows and columns in the order given. Raises CohortError; locks are not looked at."""
    refuse_unsound(mentees, mentors, settings, locks=False)
    shape = len(mentees), len(mentors)
    scores = Scores(np.zeros(shape, np.int16), np.zeros(shape, np.uint8), np.zeros(shape, np.uint16))
    if not mentees or not mentors:
        return scores
    for rule, pairs in find_sparse_pairs(mentees, mentors, settings).items():
        if pairs:
            rows, columns = np.array(pairs, dtype=np.intp).T
            scores.failing[rows, columns] |= _BIT[rule]
    grids = Grids(encode_cohort(mentees, mentors, settings), settings)
    height = max(1, _BLOCK_PAIRS // len(mentors))
    for start in range(0, len(mentees), height):
        stop = min(start + height, len(mentees))
        _fill_rows(scores, slice(start, stop), grids, settings)
        if progress is not None:
            progress(stop, len(mentees), "compare")
    return scores


def _fill_rows(scores: Scores, rows: slice, grids: Grids, settings: Settings) -> None:
    grids.move_to(rows)
    failing = scores.failing[rows]
    for rule, excluded in grids.exclude().items():
        failing[excluded] |= _BIT[rule]
    points = np.zeros(failing.shape, dtype=np.int16)
    for criterion, weight in settings.weights.items():
        if weight:
            points += grids.grade(criterion) * np.int16(weight)
    points[failing != 0] = -1
    scores.points[rows] = points
    scores.rule[rows] = _FIRST_RULE[failing]
