from collections.abc import Callable, Iterator
from typing import Any

import pytest

from programmes.jobs.registry import KINDS, SWEEPS, register_kind
from tests.programmes.jobs.rows import KIND, Work


@pytest.fixture
def do(settings: Any) -> Iterator[Callable[[Work], None]]:
    """Says what a job of KIND does; no sweep comes between."""
    settings.JOB_MAX_ATTEMPTS = 3
    kept = dict(SWEEPS)
    SWEEPS.clear()
    yield lambda work: register_kind(KIND, work)
    KINDS.pop(KIND, None)
    SWEEPS.update(kept)
