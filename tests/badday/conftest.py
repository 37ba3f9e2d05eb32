from collections.abc import Iterator
from typing import Any

import pytest

from tests.badday.stage import BadDay, fill_stage
from tests.processes import Blank, start_site

Stage = tuple[Blank, dict[str, Any]]


@pytest.fixture(scope="session")
def stage(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with fill_stage(blank, tmp_path_factory.mktemp("stage")) as filled:
        yield filled


@pytest.fixture(scope="session")
def day(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BadDay]:
    filled, seeded = stage
    with start_site(filled, tmp_path_factory.mktemp("site")) as site:
        yield BadDay(site, seeded)
