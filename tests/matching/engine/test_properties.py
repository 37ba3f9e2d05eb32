"""Properties over drawn matrices, with ties and extremes, at the level of points, rows and places."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.engine import Settings
from matching.engine.field import Field
from tests.matching.engine.fields import list_faults, rank_plan, solve_fully
from tests.matching.engine.force import find_best_key

POINTS = st.sampled_from([-1, -1, 0, 1, 3999, 4000, 5000, 9999, 10_000])
BANDS = st.lists(st.sampled_from([1, 40, 50, 99, 100]), min_size=1, max_size=4, unique=True).map(sorted).map(tuple)
SETTINGS = st.one_of(
    st.just(Settings(fairness="none")),
    st.just(Settings(fairness="bottleneck")),
    st.builds(Settings, fairness=st.just("bands"), bands=BANDS),
)


@st.composite
def draw_fields(draw: st.DrawFn) -> Field:
    height, width, locked = draw(st.integers(0, 5)), draw(st.integers(0, 4)), draw(st.integers(0, 2))
    points = draw(arrays(np.int16, (height + locked, width), elements=POINTS))
    rows = draw(st.permutations(range(height + locked)).map(lambda order: sorted(order[:height])))
    places = draw(arrays(np.int64, width, elements=st.integers(0, 3)))
    held = draw(arrays(np.int64, width, elements=st.integers(0, 2)))
    return Field(points, np.array(rows, dtype=np.intp), places, held)


@settings(max_examples=300, deadline=None)
@given(draw_fields(), SETTINGS)
def test_nothing_is_better(field: Field, asked: Settings) -> None:
    plan = solve_fully(field, asked)

    assert plan.proven
    assert rank_plan(field, asked, plan) == find_best_key(field, asked)
    assert list_faults(field, plan) == []


@settings(max_examples=150, deadline=None)
@given(draw_fields(), SETTINGS, st.data())
def test_one_more_place_loses_no_pair(field: Field, asked: Settings, data: st.DataObject) -> None:
    if not field.width:
        return
    more = field.places.copy()
    more[data.draw(st.integers(0, field.width - 1))] += 1

    before, after = (solve_fully(one, asked) for one in (field, Field(field.points, field.rows, more, field.held)))

    assert (after.assigned >= 0).sum() >= (before.assigned >= 0).sum()


@settings(max_examples=150, deadline=None)
@given(draw_fields(), SETTINGS)
def test_fairness_never_costs_a_pair_and_never_gains_points(field: Field, asked: Settings) -> None:
    freely = Settings(fairness="none")

    fair, plain = (
        rank_plan(field, freely, solve_fully(field, asked)),
        rank_plan(field, freely, solve_fully(field, freely)),
    )

    assert fair[0] == plain[0]
    assert fair[1] <= plain[1]


def test_mentor_at_her_least_load_may_be_worth_less_than_an_unused_place() -> None:
    # even loads leave 1 or 2 mentees to the first mentor and 2 or 3 to the last; the order decides
    points = np.array([[-1, 10_000, 10_000], [0, -1, -1], [-1, -1, 0], [0, -1, 0]], dtype=np.int16)
    field = Field(points, np.arange(4), np.array([2, 1, 3]), np.array([1, 2, 0]))

    plan = solve_fully(field, Settings(fairness="none"))

    assert plan.assigned.tolist() == [1, 0, 2, 2]
