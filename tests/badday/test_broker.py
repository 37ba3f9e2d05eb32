"""Redis is gone when "Run matching" is pressed: the page answers, says that it waits, and the run comes by itself."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.badday.seed import ROUNDS
from tests.badday.servers import Broker
from tests.badday.stage import BadDay
from tests.processes import Blank, start_site

pytestmark = [pytest.mark.processes, pytest.mark.services]


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
    with start_site(filled, tmp_path_factory.mktemp("site"), CELERY_BROKER_URL=broker.url) as site:
        yield BadDay(site, seeded)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_run_waits_for_the_broker_and_comes_by_itself(day: BadDay, broker: Broker, number: int) -> None:
    rosa = day.coordinator("rosa")
    broker.kill()

    page = day.press_run(rosa, f"late{number}")
    reloaded = rosa.open(page.url)
    broker.start()
    run = int(page.url.rstrip("/").rpartition("/")[2])
    day.wait_for_run(run)

    assert (page.status, reloaded.status) == (200, 200)
    assert "Waiting for its turn." in page.html
    assert "Waiting for its turn." in reloaded.html
    assert "Waiting for its turn." not in rosa.open(page.url).html


def test_flushed_broker_loses_no_run(day: BadDay, broker: Broker) -> None:
    rosa = day.coordinator("rosa")
    run = day.start_run(rosa, "big")

    for _time in range(3):
        broker.flush()
        time.sleep(0.2)
    day.wait_for_run(run)

    assert day.rows("SELECT count(*) FROM matching_proposal WHERE run_id = ?", run)[0][0] > 0
    assert rosa.open(f"/o/{day.cohort('big')[1]}/matching/{run}/").status == 200
