import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import (
    DEFAULT_WEIGHTS,
    GENDERS,
    OWN_KINDS,
    RULES,
    SWITCHABLE,
    Mentee,
    Mentor,
    Roster,
    Settings,
    facets,
    find_broken_rules,
    score_matrix,
    score_pair,
)
from matching.engine.weights import share_out
from tests.matching.engine.cohorts import ALL_WEIGHTS, OWN, enrich, make_cohort, make_mentee, make_mentor, weigh


def assert_twins(mentees: Sequence[Mentee], mentors: Sequence[Mentor], given_settings: Settings) -> None:
    scores = score_matrix(mentees, mentors, given_settings)
    one_by_one = [[score_pair(mentee, mentor, given_settings) for mentor in mentors] for mentee in mentees]
    assert scores.points.dtype == np.int16
    assert scores.points.tolist() == [
        [-1 if pair.points is None else pair.points for pair in row] for row in one_by_one
    ]
    assert [[RULES[rule] for rule in row] for row in scores.rule.tolist()] == [
        [pair.rule or "" for pair in row] for row in one_by_one
    ]
    assert scores.failing.tolist() == [
        [
            sum(1 << (RULES.index(rule) - 1) for rule in find_broken_rules(mentee, mentor, given_settings))
            for mentor in mentors
        ]
        for mentee in mentees
    ]


@pytest.mark.parametrize("seed", range(20))
def test_matrix_equals_scalar_twin(seed: int) -> None:
    dice = random.Random(seed)
    hard = frozenset(dice.sample(SWITCHABLE, dice.randrange(5)))
    mentees, mentors, _ = make_cohort(seed, 30, 25, gaps=dice.choice([0, 0.2, 0.6]))
    forbidden = frozenset((dice.choice(mentees).id, dice.choice(mentors).id) for _ in range(20)) | {("gone", "gone")}

    assert_twins(
        mentees, mentors, Settings(hard=hard, forbidden=forbidden, min_gap_months=dice.choice([-60, 0, 24, 60]))
    )


@pytest.mark.parametrize("seed", range(20))
def test_matrix_equals_scalar_twin_with_rosters_rankings_and_own_questions(seed: int) -> None:
    dice = random.Random(seed)
    hard = frozenset(dice.sample(SWITCHABLE, dice.randrange(5)))
    cohort = enrich(make_cohort(seed, 30, 25, gaps=dice.choice([0, 0.2, 0.6])), seed, hard=hard)

    assert_twins(*cohort)


def test_rosters_of_one_side_alone() -> None:
    mentees, mentors, given_settings = enrich(make_cohort(3, 20, 15), 3, hard=frozenset(SWITCHABLE))

    assert_twins([replace(one, roster=None) for one in mentees], mentors, given_settings)
    assert_twins(mentees, [replace(one, roster=None) for one in mentors], given_settings)


@pytest.mark.parametrize("cells", [0, 400, 8_000_000])
def test_points_do_not_depend_on_how_mentees_are_compared(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each for herself, some by kind, or all of them by joined kinds."""
    monkeypatch.setattr(facets, "_TABLE_CELLS", cells)
    mentees, mentors, _settings = make_cohort(9, 80, 20)

    assert_twins(mentees, mentors, Settings(hard=frozenset(SWITCHABLE)))
    assert_twins(*enrich((mentees, mentors, Settings()), 9, hard=frozenset(SWITCHABLE)))


def test_every_criterion_and_every_dense_rule_has_a_facet() -> None:
    assert sorted(facets.CRITERION_OF.values()) == sorted(DEFAULT_WEIGHTS)
    assert {*facets.RULE_OF.values()} == {*SWITCHABLE, "gender_strict", "minor"}
    assert facets.CRITERION_OF.keys() | facets.RULE_OF.keys() == facets._COLUMNS.keys()


def test_three_rules_at_once_do_not_wrap_around() -> None:
    """-10001 three times, and the points of all criteria, stay inside an int16."""
    mentees = [make_mentee(n, languages=frozenset({"es"}), employer="orex", adult=n % 2 == 0) for n in range(9)]
    mentors = [make_mentor(n, employer="orex", preferred_gender="male", preferred_gender_strict=True) for n in range(9)]

    assert_twins(mentees, mentors, Settings(hard=frozenset(SWITCHABLE)))


@pytest.mark.parametrize("cells", [0, 8_000_000])
@pytest.mark.parametrize("top", [None, "goals"])
def test_every_rule_at_once_does_not_wrap_around(cells: int, top: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each dense rule excludes in a facet of its own, whether tabled or not, and everything else scores full points."""
    monkeypatch.setattr(facets, "_TABLE_CELLS", cells)
    mentees = [
        make_mentee(
            n,
            languages=frozenset({f"own:{n}"}),
            employer="orex",
            adult=False,
            experience_months=1200,
            preferred_gender="male",
            preferred_gender_strict=True,
            availability=frozenset({n}),
            goals=frozenset({"a"}),
            ranking=("r0001",),
            own_answers={"own:style": frozenset({"x"})},
            top_criterion=top if n % 2 else None,
            person_key="same@example.org",
        )
        for n in range(12)
    ]
    mentors = [
        make_mentor(
            n,
            employer="orex",
            adult=True,
            experience_months=n,
            availability=frozenset({40 + n}),
            goals=frozenset({"a"}),
            ranking=("e0001",),
            own_answers={"own:style": frozenset({"x"})},
            person_key="same@example.org",
        )
        for n in range(9)
    ]

    assert_twins(mentees, mentors, Settings(hard=frozenset(SWITCHABLE)))
    assert_twins(mentees, mentors, Settings(weights=ALL_WEIGHTS, own_criteria=OWN, hard=frozenset(SWITCHABLE)))
    assert set(score_matrix(mentees, mentors, Settings(hard=frozenset(SWITCHABLE))).points.ravel().tolist()) == {-1}


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_own_questions_with_more_than_64_choices_at_both_ends(kind: str) -> None:
    many = frozenset(f"c{n}" for n in range(300))
    answers = [many, many - {"c299"}, frozenset({"c299"}), frozenset({"c0"}), frozenset(), frozenset({"only here"})]
    mentees = [make_mentee(n, own_answers={"own:q": answer}) for n, answer in enumerate(answers)]
    mentors = [make_mentor(n, own_answers={"own:q": answer}) for n, answer in enumerate(answers[:-1])]
    given_settings = Settings(weights={**weigh(), "own:q": 100}, own_criteria={"own:q": kind})

    assert score_matrix(mentees, mentors, given_settings).points[0, 0] == 10000
    assert_twins(mentees, mentors, given_settings)


TAGS = st.frozensets(st.sampled_from([f"t{n}" for n in range(12)]), max_size=12)
FIELDS: dict[str, Any] = {
    "languages": st.frozensets(st.sampled_from(["en", "es", "own:k'iche'"])),
    "preferred_language": st.sampled_from([None, "", "en", "es", "zz"]),
    "employer": st.sampled_from([None, "", "orex"]),
    "country": st.sampled_from([None, "", "PE", "MX", "ZZ"]),
    "utc_offset_min": st.none() | st.integers(-1440, 1440),
    "function": st.sampled_from([None, "", "hse", "environment", "own:kiln"]),
    "experience_months": st.none() | st.sampled_from([0, 24, 60, 1200]),
    "gender": st.sampled_from([None, *GENDERS]),
    "goals": TAGS,
    "interests": TAGS,
    "availability": st.frozensets(st.sampled_from([0, 1, 63, 64, 127, 128, 335])),
    "preferred_gender": st.sampled_from([None, *GENDERS]),
    "preferred_gender_strict": st.booleans(),
    "adult": st.sampled_from([None, True, False]),
    "person_key": st.sampled_from(["", "ada@example.org", "bea@example.org"]),
    "name_key": st.sampled_from(["", "ada"]),
    "not_with_people": st.frozensets(st.sampled_from(["", "ada", "bea@example.org"])),
    "not_with_employers": st.frozensets(st.sampled_from(["", "orex"])),
    "line_manager_keys": st.frozensets(st.sampled_from(["", "ada@example.org"])),
    "past_partner_keys": st.frozensets(st.sampled_from(["", "bea@example.org"])),
}
ROSTERS = st.builds(
    Roster,
    days_on=st.integers(1, 60),
    days_off=st.integers(1, 60),
    first_day_on=st.none() | st.integers(1, 3_652_059),
    free=st.sampled_from(["on", "off"]),
)
ANSWERS = st.dictionaries(st.sampled_from([*OWN, "own:other"]), TAGS)
MORE: dict[str, Any] = {
    "availability": st.frozensets(st.integers(0, 335), max_size=12) | st.just(frozenset(range(336))),
    "roster": st.none() | ROSTERS,
    "own_answers": ANSWERS,
}
MENTEE_MORE = {
    **FIELDS,
    **MORE,
    "ranking": st.lists(st.sampled_from(["r0000", "r0001", "r0002", "gone"]), unique=True).map(tuple),
    "top_criterion": st.sampled_from([None, *ALL_WEIGHTS, "own:gone"]),
}
MENTOR_MORE = {
    **FIELDS,
    **MORE,
    "ranking": st.lists(st.sampled_from(["e0000", "e0001", "e0002", "gone"]), unique=True).map(tuple),
}


@st.composite
def draw_weights(draw: st.DrawFn) -> dict[str, int]:
    """Any weights of all criteria that sum to 100, many of them 0."""
    marks = draw(st.dictionaries(st.sampled_from(list(ALL_WEIGHTS)), st.integers(1, 100), min_size=1))
    return {**dict.fromkeys(ALL_WEIGHTS, 0), **share_out(100, marks)}


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.fixed_dictionaries(MENTEE_MORE), min_size=1, max_size=3),
    st.lists(st.fixed_dictionaries(MENTOR_MORE), min_size=1, max_size=3),
    st.frozensets(st.sampled_from(SWITCHABLE)),
    draw_weights(),
    st.integers(0, 50),
)
def test_matrix_equals_scalar_twin_of_everything(
    one: list[Any], other: list[Any], hard: frozenset[str], weights: dict[str, int], extra: int
) -> None:
    mentees = [make_mentee(number, **fields) for number, fields in enumerate(one)]
    mentors = [make_mentor(number, **fields) for number, fields in enumerate(other)]

    assert_twins(mentees, mentors, Settings(hard=hard, weights=weights, own_criteria=OWN, top_criterion_extra=extra))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.fixed_dictionaries(FIELDS), min_size=1, max_size=3),
    st.lists(st.fixed_dictionaries(FIELDS), min_size=1, max_size=3),
    st.frozensets(st.sampled_from(SWITCHABLE)),
)
def test_matrix_equals_scalar_twin_on_edges(one: list[Any], other: list[Any], hard: frozenset[str]) -> None:
    mentees = [make_mentee(number, **fields) for number, fields in enumerate(one)]
    mentors = [make_mentor(number, **fields) for number, fields in enumerate(other)]

    assert_twins(mentees, mentors, Settings(hard=hard))


@pytest.mark.parametrize("weights", [weigh(goals=100), weigh(interests=100), weigh(seniority_gap=50, availability=50)])
def test_extremes_do_not_wrap_around(weights: dict[str, int]) -> None:
    tags = frozenset(f"own:{n}" for n in range(300))
    week = frozenset(range(336))
    mentees = [
        make_mentee(1, goals=tags, interests=tags, experience_months=0, availability=week),
        make_mentee(
            2, goals=frozenset({"own:299"}), experience_months=1200, utc_offset_min=-1440, languages=frozenset()
        ),
    ]
    mentors = [
        make_mentor(1, goals=tags, interests=tags, experience_months=120, availability=week),
        make_mentor(2, goals=tags - {"own:299"}, experience_months=1200, utc_offset_min=1440, capacity=0),
    ]

    scores = score_matrix(mentees, mentors, Settings(weights=weights))

    assert scores.points[0, 0] == 10000
    assert_twins(mentees, mentors, Settings(weights=weights))


def test_rows_beyond_one_block_and_progress() -> None:
    mentees, mentors, given_settings = make_cohort(5, 500, 400)
    calls: list[tuple[int, int, str]] = []

    scores = score_matrix(mentees, mentors, given_settings, lambda *call: calls.append(call))

    assert calls == [(327, 500, "compare"), (500, 500, "compare")]
    for row, column in random.Random(1).sample([(row, column) for row in range(500) for column in range(400)], 300):
        pair = score_pair(mentees[row], mentors[column], given_settings)
        assert scores.points[row, column] == (-1 if pair.points is None else pair.points)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_empty_sides(shape: tuple[int, int]) -> None:
    scores = score_matrix(*make_cohort(1, *shape))

    assert (scores.points.shape, scores.rule.shape) == (shape, shape)
