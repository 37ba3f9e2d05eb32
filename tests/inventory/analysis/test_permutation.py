from itertools import combinations

import numpy as np
from scipy.stats import binom

from inventory.analysis.permutation import _add_up, _choose, _divide, compare_means


def is_refused(first: list[float], second: list[float], difference: float, rate: float) -> bool:
    """The test itself, division by division."""
    values = [value - difference for value in first] + second
    true = abs(np.mean(values[: len(first)]) - np.mean(values[len(first) :]))
    as_far = 0
    divisions = list(combinations(range(len(values)), len(first)))
    for chosen in divisions:
        rest = [place for place in range(len(values)) if place not in chosen]
        apart = abs(np.mean([values[place] for place in chosen]) - np.mean([values[place] for place in rest]))
        as_far += apart >= true - 1e-12
    return as_far <= rate * len(divisions)


def test_interval_holds_what_the_test_does_not_refuse() -> None:
    rng = np.random.default_rng(7)
    first, second = rng.normal(0.8, 0.1, 6), rng.normal(0.65, 0.1, 7)

    found = compare_means(first, second, rate=0.05)

    assert found.low is not None
    assert found.high is not None
    assert found.value == first.mean() - second.mean()
    ends = [found.low - 1e-6, found.low + 1e-6, found.high - 1e-6, found.high + 1e-6]
    assert [is_refused(list(first), list(second), end, 0.05) for end in ends] == [True, False, False, True]


def test_few_values_refuse_nothing_at_a_strict_rate() -> None:
    found = compare_means(np.array([0.9, 0.91, 0.92, 0.93, 0.94]), np.array([0.1, 0.11, 0.12, 0.13, 0.14]), rate=0.002)

    assert (found.low, found.high, found.is_found) == (None, None, False)


def test_divisions_begin_with_the_true_one_and_have_its_size() -> None:
    divisions = _choose(20, 50)

    assert divisions[0].tolist() == [True] * 20 + [False] * 30
    assert set(divisions.sum(axis=1).tolist()) == {20}
    assert abs(divisions[1:, 0].mean() - 20 / 50) < 0.03


def test_packed_divisions_add_up_like_the_divisions_themselves() -> None:
    values = np.random.default_rng(3).normal(size=50)

    packed, _left = _divide(20, 30)

    assert np.allclose(_add_up(packed, values), _choose(20, 50) @ values, rtol=0, atol=1e-12)


def test_group_sizes_of_two_readers_are_kept() -> None:
    """Eighteen comparisons each: they would be drawn anew with every page otherwise."""
    sizes = [(10 + number, 20) for number in range(36)]
    _divide.cache_clear()

    for _page in range(2):
        for size, rest in sizes:
            _divide(size, rest)

    assert _divide.cache_info().misses == len(sizes)


def test_a_known_difference_lies_within_and_zero_outside() -> None:
    rng = np.random.default_rng(2021)

    found = [compare_means(rng.normal(0.85, 0.08, 25), rng.normal(0.7, 0.08, 25), rate=0.05) for _set in range(200)]

    held = sum(one.low is not None and one.high is not None and one.low <= 0.15 <= one.high for one in found)
    assert all(one.is_found for one in found)
    # An interval of 95 %, over 200 made data sets.
    assert held >= binom.ppf(0.001, 200, 0.95)


def test_where_there_is_nothing_little_is_found() -> None:
    rng = np.random.default_rng(5)
    values = np.concatenate([rng.normal(0.9, 0.05, 30), rng.exponential(0.3, 22)])

    found = 0
    for _shuffle in range(1000):
        rng.shuffle(values)
        found += compare_means(values[:22], values[22:], rate=0.05).is_found

    assert found <= binom.ppf(0.999, 1000, 0.05)
