"""Rankings and a programme's own questions: what single pairs are given."""

from typing import Any

import pytest

from matching.engine import Part, Settings, score_pair
from tests.matching.engine.cohorts import make_mentee, make_mentor, weigh

RANKED = [
    (("r0001",), 100, "wish", {"place": 1, "wishes": 1}),
    (("r0001", "a", "b"), 100, "wish", {"place": 1, "wishes": 3}),
    (("a", "r0001", "b"), 67, "wish", {"place": 2, "wishes": 3}),
    (("a", "b", "r0001"), 33, "wish", {"place": 3, "wishes": 3}),
    (("a", "b"), 0, "other", {"wishes": 2}),
    ((), 50, "unknown", {"missing": ["mentee"]}),
]


@pytest.mark.parametrize(("ranking", "score", "code", "values"), RANKED)
def test_ranking_of_the_mentee(ranking: tuple[str, ...], score: int, code: str, values: dict[str, Any]) -> None:
    settings = Settings(weights={**weigh(goals=60), "mentee_ranking": 40})

    part = score_pair(make_mentee(ranking=ranking), make_mentor(ranking=("nobody",)), settings).parts[-1]

    assert part == Part("mentee_ranking", 40, score, 40 * score, f"mentee_ranking.{code}", values)


@pytest.mark.parametrize(
    ("ranking", "score", "code", "values"),
    [
        (("x", "e0001"), 50, "wish", {"place": 2, "wishes": 2}),
        (("x",), 0, "other", {"wishes": 1}),
        ((), 50, "unknown", {"missing": ["mentor"]}),
    ],
)
def test_ranking_of_the_mentor(ranking: tuple[str, ...], score: int, code: str, values: dict[str, Any]) -> None:
    settings = Settings(weights={**weigh(goals=90), "mentor_ranking": 10})

    part = score_pair(make_mentee(ranking=("r0001",)), make_mentor(ranking=ranking), settings).parts[-1]

    assert part == Part("mentor_ranking", 10, score, 10 * score, f"mentor_ranking.{code}", values)


Q = {"question": "own:q"}
OWN_CASES = [
    ("same", "a", "a", 100, "same", {**Q, "answer": ["a"]}),
    ("same", "a", "b", 0, "different", {**Q, "mentee": ["a"], "mentor": ["b"]}),
    ("same", "ab", "a", 0, "different", {**Q, "mentee": ["a", "b"], "mentor": ["a"]}),
    ("share", "abc", "acz", 67, "share", {**Q, "shared": ["a", "c"], "wanted": 3, "offered": 2}),
    ("share", "abc", "z", 0, "none", Q),
    ("overlap", "abc", "abz", 100, "overlap", {**Q, "shared": ["a", "b"], "fewer": 3}),
    ("overlap", "ab", "bz", 50, "overlap", {**Q, "shared": ["b"], "fewer": 2}),
    ("overlap", "a", "abz", 100, "overlap", {**Q, "shared": ["a"], "fewer": 1}),
    ("overlap", "a", "z", 0, "none", Q),
    *[(kind, "", "a", 50, "unknown", {"missing": ["mentee"], **Q}) for kind in ("same", "share", "overlap")],
    ("share", "", "", 50, "unknown", {"missing": ["mentee", "mentor"], **Q}),
]


@pytest.mark.parametrize(("kind", "one", "other", "score", "code", "values"), OWN_CASES)
def test_own_question(kind: str, one: str, other: str, score: int, code: str, values: dict[str, Any]) -> None:
    settings = Settings(weights={**weigh(goals=80), "own:q": 20}, own_criteria={"own:q": kind})
    mentee, mentor = (make({}) if not said else make(said) for make, said in ((_asks, one), (_offers, other)))

    part = score_pair(mentee, mentor, settings).parts[-1]

    assert part == Part("own:q", 20, score, 20 * score, f"own.{code}", values)


def _asks(said: Any) -> Any:
    return make_mentee(own_answers={"own:q": frozenset(said)})


def _offers(said: Any) -> Any:
    return make_mentor(own_answers={"own:q": frozenset(said)})
