"""Redis is gone when "Run matching" is pressed: the page answers, says that it waits, and the run comes by itself."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.badday.seed import ROUNDS
from tests.badday.stage import BadDay
from tests.processes import Blank, find_free_port, start_site

pytestmark = [pytest.mark.processes, pytest.mark.services]
CLICK_SECONDS = 5


class Broker:
    """A Redis server of our own."""

    def __init__(self, folder: Path) -> None:
        self.port = find_free_port()
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    own = Broker(tmp_path_factory.mktemp("redis"))
    own.start()
    yield own
    own.kill()


@pytest.fixture(scope="module", name="day")
def day_without_broker(
    stage: tuple[Blank, dict[str, Any]], broker: Broker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BadDay]:
    filled, seeded = stage
    url = f"redis://127.0.0.1:{broker.port}/0"
    with start_site(filled, tmp_path_factory.mktemp("site"), CELERY_BROKER_URL=url) as site:
        yield BadDay(site, seeded)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_run_waits_for_the_broker_and_comes_by_itself(day: BadDay, broker: Broker, number: int) -> None:
    rosa = day.coordinator("rosa")
    broker.kill()

    started = time.monotonic()
    page = day.press_run(rosa, f"late{number}")
    seconds = time.monotonic() - started
    reloaded = rosa.open(page.url)
    broker.start()
    run = int(page.url.rstrip("/").rpartition("/")[2])
    day.wait_for_run(run)

    assert (page.status, reloaded.status) == (200, 200)
    assert seconds < CLICK_SECONDS
    assert "Waiting for its turn." in page.html
    assert "Waiting for its turn." in reloaded.html
    assert "Waiting for its turn." not in rosa.open(page.url).html
