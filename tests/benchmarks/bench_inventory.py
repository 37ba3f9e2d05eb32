"""The public inventory with 30 and with 3,000 initiatives of 400 organisations: SQL, and how long its pages take while
several people read at once, as the demonstration serves it.

python -m tests.benchmarks.bench_inventory [--readers 8] [--rounds 20]
"""

import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.processes import Site, make_blank, start_site

SIZES = ((10, 30), (400, 3000))
PAGES = {
    "directory": "/inventory/",
    "its last page": "/inventory/?page=60",
    "filtered": "/inventory/?kind=coaching&country=PE&q=wim",
    "an initiative": "/inventory/crowd-00003/",
    "export CSV": "/inventory/export/csv/",
    "export XLSX": "/inventory/export/xlsx/",
    "analysis": "/inventory/analysis/",
    "cross-table": "/inventory/analysis/table/?row=kinds&column=country",
}


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    figures = [measure(size, options.readers, options.rounds) for size in SIZES]
    say(f"{'page':<16}{'30: p50 ms':>12}{'p95':>8}{'3,000: p50':>12}{'p95':>8}{'p95 ratio':>11}")
    for page in PAGES:
        (small50, small95), (large50, large95) = (one[page] for one in figures)
        say(f"{page:<16}{small50:>12.0f}{small95:>8.0f}{large50:>12.0f}{large95:>8.0f}{large95 / small95:>11.1f}")


def measure(size: tuple[int, int], readers: int, rounds: int) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        blank = make_blank(_folder(folder, "blank"))
        try:
            with start_site(blank, _folder(folder, "site")) as site:
                fill = f"from tests.inventory.crowd import make_crowd; make_crowd{size}"
                site.manage("shell", "--no-imports", "--command", fill)
                return {page: _time(site, path, readers, rounds) for page, path in PAGES.items()}
        finally:
            blank.remove()


def _time(site: Site, path: str, readers: int, rounds: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    with ThreadPoolExecutor(readers) as pool:
        taken = sorted(pool.map(_read, [site.url + path] * readers * rounds))
    return taken[len(taken) // 2] * 1000, taken[int(len(taken) * 0.95)] * 1000


def _read(address: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=120) as answer:
        answer.read()
    return time.perf_counter() - started


def _folder(parent: str, name: str) -> Path:
    made = Path(parent) / name
    made.mkdir()
    return made


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
