from typing import Any

import pytest

from matching.engine import (
    COUNTRY_REGION,
    DEFAULT_WEIGHTS,
    PART_CODES,
    RANKINGS,
    Mentee,
    Mentor,
    Part,
    Settings,
    score_pair,
    weigh_for,
)
from tests.matching.engine.cohorts import ALL_WEIGHTS, OWN, enrich, make_cohort, make_mentee, make_mentor


def find_part(criterion: str, mentee: dict[str, Any], mentor: dict[str, Any], **settings: Any) -> Part:
    score = score_pair(make_mentee(**mentee), make_mentor(**mentor), Settings(**settings))
    return {part.criterion: part for part in score.parts}[criterion]


def gap(months: int) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"experience_months": 100}, {"experience_months": 100 + months}


def both(field: str, one: Any, other: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return {field: one}, {field: other}


def tongues(one: str, first: str | None, other: str, second: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    return (
        {"languages": frozenset(one.split()), "preferred_language": first},
        {"languages": frozenset(other.split()), "preferred_language": second},
    )


IDEAL = {"ideal_from": 60, "ideal_to": 180}
CASES = [
    (
        "goals",
        both("goals", frozenset("abc"), frozenset("abz")),
        67,
        "share",
        {"shared": ["a", "b"], "wanted": 3, "offered": 2},
    ),
    (
        "goals",
        both("goals", frozenset("abcdefgh"), frozenset("a")),
        13,
        "share",
        {"shared": ["a"], "wanted": 8, "offered": 1},
    ),
    ("goals", both("goals", frozenset("abc"), frozenset("z")), 0, "none", {"wanted": 3}),
    ("goals", both("goals", frozenset(), frozenset("z")), 50, "unknown", {"missing": ["mentee"]}),
    ("seniority_gap", gap(60), 100, "ideal", {"gap_months": 60, **IDEAL}),
    ("seniority_gap", gap(180), 100, "ideal", {"gap_months": 180, **IDEAL}),
    ("seniority_gap", gap(42), 50, "short", {"gap_months": 42, **IDEAL}),
    ("seniority_gap", gap(24), 0, "short", {"gap_months": 24, **IDEAL}),
    ("seniority_gap", gap(-90), 0, "short", {"gap_months": -90, **IDEAL}),
    ("seniority_gap", gap(270), 50, "long", {"gap_months": 270, **IDEAL}),
    ("seniority_gap", gap(600), 0, "long", {"gap_months": 600, **IDEAL}),
    ("seniority_gap", both("experience_months", None, 9), 50, "unknown", {"missing": ["mentee"]}),
    ("function", both("function", "own:kiln", "own:kiln"), 100, "same", {"function": "own:kiln"}),
    (
        "function",
        both("function", "hse", "environment"),
        60,
        "area",
        {"area": "hse_environment", "mentee": "hse", "mentor": "environment"},
    ),
    ("function", both("function", "other", "services"), 0, "different", {"mentee": "other", "mentor": "services"}),
    (
        "function",
        both("function", "own:kiln", "own:mill"),
        0,
        "different",
        {"mentee": "own:kiln", "mentor": "own:mill"},
    ),
    ("function", both("function", None, None), 50, "unknown", {"missing": ["mentee", "mentor"]}),
    ("time_zone", both("utc_offset_min", 60, -60), 100, "near", {"difference_min": 120}),
    ("time_zone", both("utc_offset_min", 0, 360), 50, "apart", {"difference_min": 360}),
    ("time_zone", both("utc_offset_min", 0, 600), 0, "apart", {"difference_min": 600}),
    ("time_zone", both("utc_offset_min", 840, -660), 100, "near", {"difference_min": 60}),
    ("time_zone", both("utc_offset_min", 0, None), 50, "unknown", {"missing": ["mentor"]}),
    ("language", tongues("en es", "es", "en es", "es"), 100, "preferred", {"language": "es", "shared": ["en", "es"]}),
    ("language", tongues("en", "es", "", "es"), 100, "preferred", {"language": "es", "shared": ["es"]}),
    (
        "language",
        tongues("en es", "es", "en es", None),
        80,
        "preferred_one",
        {"language": "es", "side": "mentee", "shared": ["en", "es"]},
    ),
    (
        "language",
        tongues("en", None, "en fr", "en"),
        80,
        "preferred_one",
        {"language": "en", "side": "mentor", "shared": ["en"]},
    ),
    (
        "language",
        tongues("en es", "es", "en es", "en"),
        80,
        "preferred_one",
        {"language": "es", "side": "both", "shared": ["en", "es"]},
    ),
    ("language", tongues("en es", "es", "en fr", "fr"), 60, "shared", {"shared": ["en"]}),
    ("language", tongues("es", None, "en fr", "fr"), 0, "none", {"mentee": ["es"], "mentor": ["en", "fr"]}),
    ("language", tongues("", None, "en", None), 50, "unknown", {"missing": ["mentee"]}),
    ("region", both("country", "PE", "PE"), 100, "country", {"country": "PE"}),
    ("region", both("country", "PE", "MX"), 60, "region", {"region": "latin_america", "mentee": "PE", "mentor": "MX"}),
    ("region", both("country", "PE", "MN"), 0, "different", {"mentee": "PE", "mentor": "MN"}),
    ("region", both("country", "ZZ", "XX"), 0, "different", {"mentee": "ZZ", "mentor": "XX"}),
    ("region", both("country", "PE", None), 50, "unknown", {"missing": ["mentor"]}),
    (
        "availability",
        both("availability", frozenset(range(9)), frozenset(range(9))),
        100,
        "shared",
        {"slots": 9, "minutes": 270},
    ),
    (
        "availability",
        both("availability", frozenset({1}), frozenset({1, 2})),
        13,
        "shared",
        {"slots": 1, "minutes": 30},
    ),
    ("availability", both("availability", frozenset({1}), frozenset({2})), 0, "none", {}),
    ("availability", both("availability", frozenset({1}), frozenset()), 50, "unknown", {"missing": ["mentor"]}),
    ("interests", both("interests", frozenset("a"), frozenset("ab")), 50, "shared", {"shared": ["a"]}),
    ("interests", both("interests", frozenset("abc"), frozenset("abc")), 100, "shared", {"shared": ["a", "b", "c"]}),
    ("interests", both("interests", frozenset("a"), frozenset("b")), 0, "none", {}),
    ("interests", both("interests", frozenset(), frozenset("b")), 50, "unknown", {"missing": ["mentee"]}),
]


@pytest.mark.parametrize(("criterion", "sides", "score", "code", "values"), CASES)
def test_grade(criterion: str, sides: Any, score: int, code: str, values: dict[str, Any]) -> None:
    part = find_part(criterion, *sides)

    weight = DEFAULT_WEIGHTS[criterion]
    prefix = "seniority" if criterion == "seniority_gap" else criterion
    assert part == Part(criterion, weight, score, weight * score, f"{prefix}.{code}", values)


@pytest.mark.parametrize(
    ("mentee", "mentor", "score", "code", "values"),
    [
        ((None, "female"), (None, "male"), 100, "none", {}),
        (("female", None), (None, "female"), 100, "met", {"mentee_wants": "female", "mentor_wants": ""}),
        (("female", "male"), ("male", "female"), 100, "met", {"mentee_wants": "female", "mentor_wants": "male"}),
        (
            ("female", "male"),
            ("female", "male"),
            0,
            "mentee_unmet",
            {"mentee_wants": "female", "mentor_gender": "male"},
        ),
        (
            ("female", "male"),
            ("female", "female"),
            50,
            "mentor_unmet",
            {"mentor_wants": "female", "mentee_gender": "male"},
        ),
        (
            ("male", None),
            (None, None),
            50,
            "unknown",
            {"missing": ["mentor"], "mentee_wants": "male", "mentor_wants": ""},
        ),
        (
            (None, None),
            ("male", None),
            50,
            "unknown",
            {"missing": ["mentee"], "mentee_wants": "", "mentor_wants": "male"},
        ),
    ],
)
def test_grade_gender_preference(
    mentee: tuple[str | None, str | None], mentor: tuple[str | None, str | None], score: int, code: str, values: Any
) -> None:
    sides = [{"preferred_gender": wish, "gender": gender} for wish, gender in (mentee, mentor)]

    part = find_part("gender_preference", *sides)

    assert (part.score, part.code, part.values) == (score, f"gender_preference.{code}", values)


def test_less_time_never_scores_more() -> None:
    offered = frozenset(range(20))

    scores = [
        find_part("availability", {"availability": frozenset(range(n))}, {"availability": offered}).score
        for n in range(1, 21)
    ]

    assert scores == sorted(scores)


def test_band_without_ramps() -> None:
    settings: dict[str, Any] = {"min_gap_months": 60, "ideal_gap_months": (60, 360)}

    scores = [find_part("seniority_gap", *gap(months), **settings).score for months in (59, 60, 360, 361)]

    assert scores == [0, 100, 100, 0]


def test_parts_add_up_and_every_code_is_listed() -> None:
    seen: dict[str, tuple[str, ...]] = {}
    for seed in range(12):
        plain = make_cohort(seed, 14, 10, gaps=0.25, hard=frozenset())
        for cohort in (plain, enrich(plain, seed)):
            seen |= list_codes(*cohort)

    assert seen == PART_CODES


def list_codes(mentees: list[Mentee], mentors: list[Mentor], settings: Settings) -> dict[str, tuple[str, ...]]:
    seen = {}
    for mentee in mentees:
        weights = weigh_for(mentee, settings)
        for mentor in mentors:
            score = score_pair(mentee, mentor, settings)
            assert sorted(part.criterion for part in score.parts) == sorted(settings.weights)
            assert all(part.weight == weights[part.criterion] for part in score.parts)
            assert sum(part.weight for part in score.parts) == 100
            assert all(part.points == part.weight * part.score for part in score.parts)
            assert score.points in (None, sum(part.points for part in score.parts))
            assert all(part.unknown == ("missing" in part.values) for part in score.parts)
            seen |= {part.code: tuple(part.values) for part in score.parts}
    return seen


def test_parts_come_in_one_order() -> None:
    score = score_pair(make_mentee(), make_mentor(), Settings(weights=ALL_WEIGHTS, own_criteria=OWN))

    own = ["own:places", "own:style", "own:topics"]
    assert [part.criterion for part in score.parts] == [*DEFAULT_WEIGHTS, *RANKINGS, *own]


def test_what_weighs_nothing_has_no_part() -> None:
    weights = {**DEFAULT_WEIGHTS, "mentee_ranking": 0, "own:style": 0}

    score = score_pair(make_mentee(), make_mentor(), Settings(weights=weights, own_criteria=OWN))

    assert [part.criterion for part in score.parts] == list(DEFAULT_WEIGHTS)


def test_every_iso_country_has_one_region() -> None:
    assert len(COUNTRY_REGION) == 249
    assert all(len(country) == 2 and country.isupper() for country in COUNTRY_REGION)
    assert len(set(COUNTRY_REGION.values())) == 15
