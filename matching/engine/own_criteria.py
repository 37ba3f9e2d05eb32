"""A programme's own choice questions, asked of both sides under one code, as criteria."""

from .grade import Grade, grade_unknown, scale
from .model import Mentee, Mentor, Settings


def score_overlap(shared: int, fewer: int) -> int:
    """100 where most of what the one with fewer choices chose is in common, 50 where any of it is."""
    if not shared:
        return 0
    return 100 if 2 * shared > fewer else 50


def grade_own(key: str, mentee: Mentee, mentor: Mentor, settings: Settings) -> Grade:
    one, other = (person.own_answers.get(key, frozenset()) for person in (mentee, mentor))
    if not one or not other:
        return grade_unknown("own", bool(one), bool(other), question=key)
    kind, shared = settings.own_criteria[key], sorted(one & other)
    if kind == "same":
        if one == other:
            return Grade(100, "own.same", {"question": key, "answer": shared})
        return Grade(0, "own.different", {"question": key, "mentee": sorted(one), "mentor": sorted(other)})
    if not shared:
        return Grade(0, "own.none", {"question": key})
    if kind == "share":
        values = {"question": key, "shared": shared, "wanted": len(one), "offered": len(shared)}
        return Grade(scale(len(shared), len(one)), "own.share", values)
    fewer = min(len(one), len(other))
    return Grade(score_overlap(len(shared), fewer), "own.overlap", {"question": key, "shared": shared, "fewer": fewer})
