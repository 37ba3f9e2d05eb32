"""Which rules exclude which pairs, compared anew for the mentees who are asked about."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .codes import RULES
from .encode import encode_cohort
from .facets import RULE_OF, rule_of
from .grids import Grids, Rows
from .model import Mentee, Mentor, Settings
from .sparse import find_sparse_pairs

BIT: Final = {rule: np.uint16(1 << index) for index, rule in enumerate(RULES[1:])}
# failing rules as bits -> index of the first of them in RULES
_FIRST_RULE: Final = np.array([(mask & -mask).bit_length() for mask in range(1 << (len(RULES) - 1))], dtype=np.uint8)


class Comparison:
    """People encoded, to be compared in blocks. Both sides have somebody."""

    def __init__(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> None:
        self.shape = len(mentees), len(mentors)
        self.settings = settings
        self.grids = Grids(encode_cohort(mentees, mentors, settings), settings)
        self.sparse = {
            rule: np.array(pairs, dtype=np.intp).T
            for rule, pairs in find_sparse_pairs(mentees, mentors, settings).items()
            if pairs
        }

    def find_failing(self, rows: Rows) -> NDArray[np.uint16]:
        """Every excluding rule of these mentees' pairs, bit k for RULES[k + 1]."""
        failing = np.zeros((len(rows), self.shape[1]), dtype=np.uint16)
        position = np.full(self.shape[0], -1, dtype=np.intp)
        position[rows] = np.arange(len(rows))
        for sparse, (sparse_rows, columns) in self.sparse.items():
            here = position[sparse_rows] >= 0
            failing[position[sparse_rows[here]], columns[here]] |= BIT[sparse]
        for facet in RULE_OF:
            if rule := rule_of(facet, self.settings):
                failing |= self.grids.exclude(rule, rows) * BIT[rule]
        return failing


def find_first(failing: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Index into RULES of the first rule that excludes, 0 = none."""
    return _FIRST_RULE[failing]
