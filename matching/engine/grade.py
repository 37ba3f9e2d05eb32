"""What a criterion says about a pair: 0..100, a message code and the true values."""

from typing import Any, Final, NamedTuple

NEUTRAL: Final = 50


class Grade(NamedTuple):
    score: int
    code: str
    values: dict[str, Any]


def scale(part: int, whole: int) -> int:
    """100 * part / whole, rounded half up."""
    return (200 * part + whole) // (2 * whole)


def grade_unknown(criterion: str, mentee_known: bool, mentor_known: bool, **values: Any) -> Grade:
    missing = [side for side, known in (("mentee", mentee_known), ("mentor", mentor_known)) if not known]
    return Grade(NEUTRAL, f"{criterion}.unknown", {"missing": missing, **values})
