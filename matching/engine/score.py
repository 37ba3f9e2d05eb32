"""Points of pairs: all of them as an int16 matrix, or one of them with its parts. Both agree bit for bit."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .criteria import list_graders
from .facets import Kinds, add_tables, add_up, find_facets, find_kinds, join_kinds, make_table, narrow
from .failing import Comparison, find_first
from .grids import Rows
from .model import RANKINGS, Mentee, Mentor, Progress, Settings
from .rankings import add_wishes, find_wishes
from .result import PairScore, Part
from .rules import find_broken_rules
from .validation import refuse_unsound
from .weights import weigh_for

_BLOCK_PAIRS: Final = 131_072  # the rows that are added up stay in the cache
Points = NDArray[np.int16]


class _Group(NamedTuple):
    """Mentees with the same weights."""

    weights: Mapping[str, int]
    rows: Rows
    is_everybody: bool


class Scores:
    """`points`: mentees x mentors, -1 = inadmissible. Why a pair is inadmissible is compared anew for those asked."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings, progress: Progress | None
    ) -> None:
        self.shape = len(mentees), len(mentors)
        self.points = np.zeros(self.shape, dtype=np.int16)
        self._comparison = Comparison(mentees, mentors, settings) if mentees and mentors else None
        if self._comparison is None:
            return
        ranked = any(settings.weights.get(key) for key in RANKINGS)
        self._wishes = find_wishes(mentees, mentors) if ranked else {}
        kinds = [find_kinds(facet, self._comparison.grids.mentees) for facet in find_facets(settings)]
        done = 0
        for group in _group_by_weights(mentees, settings):
            for height in self._fill(self._comparison, group, kinds):
                done += height
                if progress is not None:
                    progress(done, len(mentees), "compare")
        for rows, columns in self._comparison.sparse.values():
            self.points[rows, columns] = -1

    def _fill(self, comparison: Comparison, group: _Group, kinds: Sequence[Kinds]) -> Iterator[int]:
        """Points of a group of mentees; yields how many of them after each block."""
        grids, mentors = comparison.grids, self.shape[1]
        joined, direct = join_kinds(
            kinds if group.is_everybody else [narrow(one, group.rows) for one in kinds], mentors
        )
        tables = [make_table(one, group.rows, grids, group.weights) for one in joined]
        height = max(1, _BLOCK_PAIRS // mentors)
        buffer = np.empty((height, mentors), dtype=np.int16)
        for start in range(0, len(group.rows), height):
            part = slice(start, min(start + height, len(group.rows)))
            rows = group.rows[part]
            # a view of the whole matrix where everybody is weighed alike, else a copy
            points = self.points[part if group.is_everybody else rows]
            add_tables(points, part, tables, buffer[: len(rows)])
            if direct:
                more, _some = add_up(direct, rows, grids, group.weights)
                points += more
            if self._wishes:
                add_wishes(points, rows, self._wishes, group.weights)
            np.maximum(points, -1, out=points)
            if not group.is_everybody:
                self.points[rows] = points
            yield len(rows)

    def find_failing(self, rows: Rows) -> NDArray[np.uint16]:
        """Every excluding rule of these mentees' pairs, bit k for RULES[k + 1]."""
        if self._comparison is None:
            return np.zeros((len(rows), self.shape[1]), dtype=np.uint16)
        return self._comparison.find_failing(rows)

    @cached_property
    def failing(self) -> NDArray[np.uint16]:
        return self.find_failing(np.arange(self.shape[0]))

    @property
    def rule(self) -> NDArray[np.uint8]:
        """Index into RULES of the first rule that excludes, 0 = none."""
        return find_first(self.failing)


def _group_by_weights(mentees: Sequence[Mentee], settings: Settings) -> list[_Group]:
    everybody = np.arange(len(mentees))
    tops = sorted({mentee.top_criterion or "" for mentee in mentees})
    if tops == [""]:
        return [_Group(settings.weights, everybody, True)]
    number = {top: place for place, top in enumerate(tops)}
    of = np.array([number[mentee.top_criterion or ""] for mentee in mentees])
    examples = {mentee.top_criterion or "": mentee for mentee in mentees}
    return [_Group(weigh_for(examples[top], settings), everybody[of == number[top]], False) for top in tops]


def score_pair(mentee: Mentee, mentor: Mentor, settings: Settings) -> PairScore:
    """Each part tells the weight that counted for this mentee."""
    parts, weights = [], weigh_for(mentee, settings)
    for criterion, grade_pair in list_graders(settings).items():
        grade, weight = grade_pair(mentee, mentor, settings), weights[criterion]
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
