import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.processes import ROOT, Blank, Site, start_site


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
    folder: Path = tmp_path_factory.mktemp("demonstration")
    with start_site(blank, folder) as site:
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.addresses"],
            cwd=ROOT,
            env=site.environ,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-1000:]
        yield Demonstration(site, json.loads(done.stdout.splitlines()[-1]))
