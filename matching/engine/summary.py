"""The figures over a whole solution."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from .model import Mentee, Mentor
from .result import Pair, Totals
from .score import Scores


def sum_totals(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    scores: Scores,
    pairs: Sequence[Pair],
) -> Totals:
    points = sum(pair.points for pair in pairs)
    row = {mentee.id: position for position, mentee in enumerate(mentees)}
    column = {mentor.id: position for position, mentor in enumerate(mentors)}
    # only a lock can hold a pair that a switchable rule excludes
    held = sum(scores.points[row[pair.mentee_id], column[pair.mentor_id]] < 0 for pair in pairs if pair.locked)
    return Totals(
        pairs=len(pairs),
        points=points,
        mentees=len(mentees),
        mentors=len(mentors),
        places=sum(mentor.capacity for mentor in mentors),
        admissible_pairs=int(sum(np.count_nonzero(row >= 0) for row in scores.points) + held),
        lowest=min((pair.points for pair in pairs), default=None),
        # hundredths of a point, rounded half up
        mean_x100=(200 * points + len(pairs)) // (2 * len(pairs)) if pairs else None,
    )


def find_spare_mentors(mentors: Iterable[Mentor], pairs: Iterable[Pair]) -> tuple[str, ...]:
    used = Counter(pair.mentor_id for pair in pairs)
    return tuple(sorted(mentor.id for mentor in mentors if used[mentor.id] < mentor.capacity))
