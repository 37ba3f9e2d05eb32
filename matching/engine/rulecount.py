"""What each rule does to the cohort: how many pairs it excludes, and whom it leaves with nobody.

Pairs are compared in blocks, so that nothing as large as all pairs is ever held. Capacity is no rule: a mentor without
a place is counted like others. A locked pair breaks no switchable rule here, since it stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .codes import ALWAYS_ON, RULES
from .failing import BIT, Comparison
from .model import Mentee, Mentor, Person, Settings
from .validation import refuse_unsound

_BLOCK_PAIRS: Final = 131_072
_MASKS: Final = 1 << len(BIT)
# above the bits of the rules: there is somebody whom no rule excludes
_SOMEBODY: Final = np.uint16(1 << 15)
# failing rules -> the rule if it is the only one, _SOMEBODY if there is none, else 0
_ALONE: Final = np.zeros(_MASKS, dtype=np.uint16)
_ALONE[0] = _SOMEBODY
for _bit in BIT.values():
    _ALONE[_bit] = _bit
_ALWAYS: Final = np.uint16(sum(int(BIT[rule]) for rule in ALWAYS_ON))


@dataclass(frozen=True, slots=True)
class RuleCount:
    """`pairs`: those that the rule excludes, whatever else does; `alone`: those that it alone excludes.
    `mentees`, `mentors`: ids of those who could be paired with nobody, and with somebody if this rule alone were off.
    """

    rule: str
    pairs: int
    alone: int
    mentees: tuple[str, ...]
    mentors: tuple[str, ...]


def count_rules(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> tuple[RuleCount, ...]:
    """One for each rule in force, in order of precedence; ids are sorted. Raises CohortError, but not for locks."""
    refuse_unsound(mentees, mentors, settings, locks=False)
    masks = np.zeros(_MASKS, dtype=np.int64)
    by_mentee, by_mentor = (np.zeros(len(side), dtype=np.uint16) for side in (mentees, mentors))
    for rows, failing in _compare_blocks(mentees, mentors, settings):
        masks += np.bincount(failing.ravel(), minlength=_MASKS)
        alone = np.take(_ALONE, failing)
        by_mentee[rows] = np.bitwise_or.reduce(alone, axis=1)
        by_mentor |= np.bitwise_or.reduce(alone, axis=0)
    numbers = np.arange(_MASKS)
    return tuple(
        RuleCount(
            rule,
            int(masks[(numbers & BIT[rule]) > 0].sum()),
            int(masks[BIT[rule]]),
            _list_stranded(mentees, by_mentee, rule),
            _list_stranded(mentors, by_mentor, rule),
        )
        for rule in RULES[1:]
        if rule in ALWAYS_ON or rule in settings.hard
    )


def _compare_blocks(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings
) -> Iterator[tuple[slice, NDArray[np.uint16]]]:
    if not mentees or not mentors:
        return
    comparison = Comparison(mentees, mentors, settings)
    row_of = {mentee.id: row for row, mentee in enumerate(mentees)}
    column_of = {mentor.id: column for column, mentor in enumerate(mentors)}
    locked = [
        (row_of[mentee_id], column_of[mentor_id])
        for mentee_id, mentor_id in settings.locked
        if mentee_id in row_of and mentor_id in column_of
    ]
    height = max(1, _BLOCK_PAIRS // len(mentors))
    for start in range(0, len(mentees), height):
        rows = slice(start, min(start + height, len(mentees)))
        failing = comparison.find_failing(np.arange(rows.start, rows.stop))
        for row, column in locked:
            if rows.start <= row < rows.stop:
                failing[row - rows.start, column] &= _ALWAYS
        yield rows, failing


def _list_stranded(people: Sequence[Person], alone: NDArray[np.uint16], rule: str) -> tuple[str, ...]:
    stranded = (alone & _SOMEBODY == 0) & (alone & BIT[rule] > 0)
    return tuple(sorted(people[position].id for position in np.flatnonzero(stranded).tolist()))
