"""The four people's walk on a phone with a poor connection and without JavaScript: seconds and bytes of each page.

python -m tests.benchmarks.bench_walk --language es --latency 400 --kilobytes 50
"""

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.benchmarks.bench_pages import make_folder
from tests.browser import walk as walks
from tests.conftest import CHROMIUM_ARGS, CHROMIUM_PATHS
from tests.processes import make_blank, start_site

LOCALES = {"en": "en-GB", "es": "es-PE", "fr": "fr-CD"}
SLOWEST = 12


@dataclass
class Visit:
    who: str
    method: str
    path: str
    started: float
    seconds: float = 0.0
    requests: int = 0
    sizes: dict[str, float] = field(default_factory=dict)

    @property
    def kilobytes(self) -> float:
        return sum(self.sizes.values()) / 1000


class Meter:
    """Listens to one page over the browser's own protocol; times are the browser's."""

    def __init__(self, who: str, page: Page, *, latency: int, kilobytes: int) -> None:
        self.who, self.visits = who, list[Visit]()
        session = page.context.new_cdp_session(page)
        for name in ("Network.enable", "Page.enable"):
            session.send(name)
        rate = kilobytes * 1000
        limits = {"offline": False, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate}
        session.send("Network.emulateNetworkConditions", limits)
        session.on("Network.requestWillBeSent", self._begin)
        session.on("Network.dataReceived", self._count)
        session.on("Network.loadingFinished", self._finish)
        session.on("Page.loadEventFired", self._load)

    def _begin(self, event: dict[str, Any]) -> None:
        request = event["request"]
        if event.get("type") == "Document" and not event.get("redirectResponse"):
            path = request["url"].split("/", 3)[3].partition("?")[0]
            self.visits.append(Visit(self.who, request["method"], f"/{path}", event["timestamp"]))
        if self.visits:
            self.visits[-1].requests += 1

    def _count(self, event: dict[str, Any]) -> None:
        """Until a file is whole: what came so far."""
        if self.visits:
            sizes = self.visits[-1].sizes
            sizes[event["requestId"]] = sizes.get(event["requestId"], 0) + event["encodedDataLength"]

    def _finish(self, event: dict[str, Any]) -> None:
        if self.visits:
            self.visits[-1].sizes[event["requestId"]] = event["encodedDataLength"]

    def _load(self, event: dict[str, Any]) -> None:
        if self.visits and not self.visits[-1].seconds:
            self.visits[-1].seconds = event["timestamp"] - self.visits[-1].started


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--language", choices=sorted(LOCALES), default="es")
    parser.add_argument("--latency", type=int, default=400, help="milliseconds added to each request")
    parser.add_argument("--kilobytes", type=int, default=50, help="a second, in each direction")
    parser.add_argument("--javascript", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        blank = make_blank(make_folder(Path(folder), "blank"))
        try:
            with start_site(blank, make_folder(Path(folder), "site")) as site, open_phones(options) as phones:
                pages = [phone.new_page() for phone in phones]
                meters = [
                    Meter(who, page, latency=options.latency, kilobytes=options.kilobytes)
                    for who, page in zip(("coordinator", "staff", "mentee", "mentor"), pages, strict=True)
                ]
                walks.walk(site, pages, language=options.language, javascript=options.javascript)
                report([visit for meter in meters for visit in meter.visits])
        finally:
            blank.remove()


@contextmanager
def open_phones(options: Namespace) -> Iterator[list[BrowserContext]]:
    chromium = next(path for path in CHROMIUM_PATHS if path.exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=list(CHROMIUM_ARGS), headless=True)
        phones = [
            browser.new_context(
                java_script_enabled=options.javascript,
                locale=LOCALES[options.language],
                viewport={"width": 360, "height": 740},
            )
            for _person in range(4)
        ]
        for phone in phones:
            phone.set_default_timeout(60_000)
        yield phones
        browser.close()


def report(visits: list[Visit]) -> None:
    for visit in sorted(visits, key=lambda visit: -visit.seconds)[:SLOWEST]:
        say_visit(visit)
    for who in dict.fromkeys(visit.who for visit in visits):
        mine = [visit for visit in visits if visit.who == who]
        seconds = sorted(visit.seconds for visit in mine)
        kilobytes = sum(visit.kilobytes for visit in mine)
        say(
            f"{who:<12}{len(mine):>4} pages  median {seconds[len(seconds) // 2]:.2f} s  worst {seconds[-1]:.2f} s"
            f"  together {sum(seconds):.1f} s, {kilobytes:.0f} KB; the first {mine[0].kilobytes:.1f} KB,"
            f" the largest {max(visit.kilobytes for visit in mine):.1f} KB"
        )


def say_visit(visit: Visit) -> None:
    say(
        f"{visit.who:<12}{visit.method:<5}{visit.seconds:>6.2f} s{visit.kilobytes:>8.1f} KB"
        f"{visit.requests:>4} requests  {visit.path[:70]}"
    )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
