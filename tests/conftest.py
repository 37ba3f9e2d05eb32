import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tests.processes import Blank, Site, describe_services, list_missing_services, make_blank, start_site
from wimmentor.base.clock import shifted

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests.
CHROMIUM_PATHS = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"), Path("/usr/bin/google-chrome"))
CHROMIUM_ARGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def pytest_configure(config: pytest.Config) -> None:
    missing = list_missing_services() if os.environ.get("WIM_REQUIRE_SERVICES") == "1" else []
    if missing:
        raise pytest.UsageError(f"WIM_REQUIRE_SERVICES=1, but: {' '.join(missing)}")


def pytest_report_header(config: pytest.Config) -> str:
    return f"wimmentor: {describe_services()}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    marked = [item for item in items if item.get_closest_marker("services")]
    missing = list_missing_services() if marked else []
    for item in marked if missing else []:
        item.add_marker(pytest.mark.skip(reason=" ".join(missing)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Rate limits of a test whose transaction is real would reach the next one: flushing leaves this table alone."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            cache.clear()


class Clock:
    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def shift(self, delta: timedelta) -> None:
        self._stack.enter_context(shifted(delta))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Moves the site's clocks in this process: `clock.shift(timedelta(days=3))`, as often as needed."""
    with ExitStack() as stack:
        yield Clock(stack)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that Playwright drives. Asked for by `page`, so a test needs to name only that."""
    found = next((path for path in CHROMIUM_PATHS if path.exists()), None)
    if found is None:
        sentence = "Chromium is not installed (apt install chromium)."
        if os.environ.get("WIM_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: Path) -> dict[str, Any]:
    return {"executable_path": str(chromium), "args": list(CHROMIUM_ARGS), "headless": True}


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blank]:
    """A migrated, empty database and collected static files, made once; every site gets a copy."""
    made = make_blank(tmp_path_factory.mktemp("blank"))
    yield made
    made.remove()


@pytest.fixture
def live_site(blank: Blank, tmp_path: Path) -> Iterator[Site]:
    """A site of real processes with a database, a mailbox and a queue of its own."""
    with start_site(blank, tmp_path) as site:
        yield site
