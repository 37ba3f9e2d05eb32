import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.processes import Blank, Site, start_site


@dataclass(frozen=True)
class Demonstration:
    """A live site with the demonstration in it, and the addresses of tests/browser/addresses.py."""

    site: Site
    addresses: dict[str, Any] = field(repr=False)

    @property
    def url(self) -> str:
        return self.site.url


@pytest.fixture(scope="session")
def demonstration(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("demonstration")
    with start_site(blank, folder) as site:
        done = site.manage("shell", "--no-imports", "--command", "from tests.browser.addresses import main; main()")
        yield Demonstration(site, json.loads(done.stdout.splitlines()[-1]))
