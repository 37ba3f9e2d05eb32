import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import DEFAULT_WEIGHTS, Settings, score_pair, weigh_for, with_rankings
from matching.engine.weights import share_out
from tests.matching.engine.cohorts import make_mentee, make_mentor, weigh


def test_points_move_to_what_counts_most_for_her() -> None:
    """90 - 10 points of the others in proportion: 94 become 84."""
    weights = weigh_for(make_mentee(top_criterion="region"), Settings())

    assert weights == {
        "goals": 27,
        "seniority_gap": 12,
        "function": 11,
        "time_zone": 11,
        "language": 9,
        "region": 16,
        "gender_preference": 5,
        "availability": 5,
        "interests": 4,
    }


@pytest.mark.parametrize(
    ("weights", "top", "extra", "expected"),
    [
        (weigh(goals=60, region=40), None, 10, weigh(goals=60, region=40)),
        (weigh(goals=60, region=40), "goals", 0, weigh(goals=60, region=40)),
        (weigh(goals=60, region=40), "goals", 10, weigh(goals=70, region=30)),
        (weigh(goals=60, region=40), "goals", 50, weigh(goals=100, region=0)),
        (weigh(goals=60, region=40), "interests", 10, weigh(goals=60, region=40)),
        (weigh(goals=60, region=40), "own:gone", 10, weigh(goals=60, region=40)),
        (weigh(goals=100), "goals", 10, weigh(goals=100)),
        # 50 points to share by 20, 20, 20: of three equal remainders the alphabet's first two get one each
        (
            weigh(goals=40, region=20, language=20, interests=20),
            "goals",
            10,
            weigh(goals=50, region=16, language=17, interests=17),
        ),
    ],
)
def test_weights_of_a_mentee(weights: dict[str, int], top: str | None, extra: int, expected: dict[str, int]) -> None:
    given_settings = Settings(weights=weights, top_criterion_extra=extra)

    assert weigh_for(make_mentee(top_criterion=top), given_settings) == expected


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(st.sampled_from(sorted(DEFAULT_WEIGHTS)), st.integers(0, 100), min_size=1),
    st.sampled_from(sorted(DEFAULT_WEIGHTS)),
    st.integers(0, 50),
)
def test_weights_stay_whole_and_sum_to_100(marks: dict[str, int], top: str, extra: int) -> None:
    if not any(marks.values()):
        return
    weights = weigh(**share_out(100, marks))

    found = weigh_for(make_mentee(top_criterion=top), Settings(weights=weights, top_criterion_extra=extra))

    assert sum(found.values()) == 100
    assert found[top] == (min(100, weights[top] + extra) if weights[top] else 0)
    others = [key for key in found if key != top]
    assert all(0 <= found[key] <= weights[key] for key in others)
    # nobody is off her exact share by a point or more
    left, whole = sum(found[key] for key in others), sum(weights[key] for key in others)
    assert all(abs(found[key] * whole - weights[key] * left) < max(1, whole) for key in others)


def test_order_of_the_keys_does_not_matter() -> None:
    backwards = dict(reversed(DEFAULT_WEIGHTS.items()))

    mentee = make_mentee(top_criterion="goals")

    assert weigh_for(mentee, Settings(weights=backwards)) == weigh_for(mentee, Settings())


def test_parts_tell_the_weight_that_counted() -> None:
    score = score_pair(make_mentee(top_criterion="region"), make_mentor(), Settings())

    assert {part.criterion: part.weight for part in score.parts}["region"] == 16


def test_recommended_weights_with_rankings() -> None:
    weights = with_rankings(DEFAULT_WEIGHTS)

    assert weights == {
        "goals": 18,
        "seniority_gap": 8,
        "function": 7,
        "time_zone": 7,
        "language": 6,
        "region": 4,
        "gender_preference": 4,
        "availability": 4,
        "interests": 2,
        "mentee_ranking": 30,
        "mentor_ranking": 10,
    }
    assert with_rankings(weights) == weights
