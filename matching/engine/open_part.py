"""What the locks leave open: the mentees without a lock and the places beside the locked pairs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .model import Mentee, Mentor, Settings


@dataclass(frozen=True, slots=True)
class OpenPart:
    """`rows`: positions of the open mentees; `places`: open places per mentor."""

    rows: NDArray[np.intp]
    places: NDArray[np.int64]


def find_open_part(mentees: Sequence[Mentee], mentors: Sequence[Mentor], settings: Settings) -> OpenPart:
    locked = {mentee_id for mentee_id, _ in settings.locked}
    taken = Counter(mentor_id for _, mentor_id in settings.locked)
    rows = [row for row, mentee in enumerate(mentees) if mentee.id not in locked]
    places = [mentor.capacity - taken[mentor.id] for mentor in mentors]
    return OpenPart(np.array(rows, dtype=np.intp), np.array(places, dtype=np.int64))


def index_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], part: OpenPart, chosen: Mapping[str, str]
) -> NDArray[np.int64]:
    """Position of the mentor per open mentee, -1 = unmatched. `chosen`: mentor id by mentee id."""
    column = {mentor.id: position for position, mentor in enumerate(mentors)}
    assigned = [column[chosen[mentees[row].id]] if mentees[row].id in chosen else -1 for row in part.rows]
    return np.array(assigned, dtype=np.int64)
