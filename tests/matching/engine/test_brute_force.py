import pytest

from tests.matching.engine.small import draw_small, find_faults


@pytest.mark.parametrize("batch", range(8))
def test_equals_brute_force(batch: int) -> None:
    """`python -m tests.benchmarks.bench_small_cohorts` does the same for thousands."""
    seeds = range(batch * 50, batch * 50 + 50)

    assert {seed: faults for seed in seeds if (faults := list(find_faults(draw_small(seed))))} == {}
