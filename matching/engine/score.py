"""Points of pairs: all of them as an int16 matrix, or one of them with its parts. Both agree bit for bit."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .codes import RULES
from .criteria import CRITERIA
from .encode import encode_cohort
from .facets import EXCLUDED, RULE_OF, Table, add_up, find_facets, join_kinds, make_table, rule_of
from .grids import Grids, Rows
from .model import Mentee, Mentor, Progress, Settings
from .result import PairScore, Part
from .rules import find_broken_rules
from .sparse import find_sparse_pairs
from .validation import refuse_unsound

_BLOCK_PAIRS: Final = 131_072  # the rows that are added up stay in the cache
_BIT: Final = {rule: np.uint16(1 << index) for index, rule in enumerate(RULES[1:])}
# failing rules as bits -> index of the first of them in RULES
_FIRST_RULE: Final = np.array([(mask & -mask).bit_length() for mask in range(1 << (len(RULES) - 1))], dtype=np.uint8)
Points = NDArray[np.int16]


class Scores:
    """`points`: mentees x mentors, -1 = inadmissible. Why a pair is inadmissible is compared anew for those asked."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, progress: Progress | None
    ) -> None:
        self.shape = len(mentees), len(mentors)
        self.points = np.zeros(self.shape, dtype=np.int16)
        self._settings = settings
        if not mentees or not mentors:
            return
        self._grids = Grids(encode_cohort(mentees, mentors, settings), settings)
        self._sparse = {
            rule: np.array(pairs, dtype=np.intp).T
            for rule, pairs in find_sparse_pairs(mentees, mentors, settings).items()
            if pairs
        }
        self._fill(progress)

    def _fill(self, progress: Progress | None) -> None:
        mentees, mentors = self.shape
        joined, direct = join_kinds(find_facets(self._settings), self._grids.mentees, mentors)
        tables = [make_table(kinds, self._grids) for kinds in joined]
        height = max(1, _BLOCK_PAIRS // mentors)
        buffer = np.empty((height, mentors), dtype=np.int16)
        for start in range(0, mentees, height):
            stop = min(start + height, mentees)
            points = self.points[start:stop]
            _add_tables(points, slice(start, stop), tables, buffer[: stop - start])
            if direct:
                more, _some = add_up(direct, np.arange(start, stop), self._grids)
                points += more
            np.maximum(points, -1, out=points)
            if progress is not None:
                progress(stop, mentees, "compare")
        for rows, columns in self._sparse.values():
            self.points[rows, columns] = -1

    def find_failing(self, rows: Rows) -> NDArray[np.uint16]:
        """Every excluding rule of these mentees' pairs, bit k for RULES[k + 1]."""
        failing = np.zeros((len(rows), self.shape[1]), dtype=np.uint16)
        if not failing.size:
            return failing
        position = np.full(self.shape[0], -1, dtype=np.intp)
        position[rows] = np.arange(len(rows))
        for sparse, (sparse_rows, columns) in self._sparse.items():
            here = position[sparse_rows] >= 0
            failing[position[sparse_rows[here]], columns[here]] |= _BIT[sparse]
        for facet in RULE_OF:
            if rule := rule_of(facet, self._settings):
                failing[self._grids.exclude(rule, rows)] |= _BIT[rule]
        return failing

    @cached_property
    def failing(self) -> NDArray[np.uint16]:
        return self.find_failing(np.arange(self.shape[0]))

    @property
    def rule(self) -> NDArray[np.uint8]:
        """Index into RULES of the first rule that excludes, 0 = none."""
        return find_first(self.failing)


def find_first(failing: NDArray[np.uint16]) -> NDArray[np.uint8]:
    return _FIRST_RULE[failing]


def _add_tables(points: Points, rows: slice, tables: Sequence[Table], buffer: Points) -> None:
    for table in tables:
        np.take(table.rows, table.kinds.of[rows], axis=0, out=buffer, mode="clip")
        points += buffer
        if table.excludes:
            # two exclusions would add up below what an int16 holds if a third came
            np.maximum(points, EXCLUDED, out=points)


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
    return Scores(mentees, mentors, settings, progress)
