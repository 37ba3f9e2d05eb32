"""The whole job as four people, on a live site with a real worker: with JavaScript and without, also in Spanish on a
small screen."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.walk import walk
from tests.processes import Site

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "es-PE"}


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts = []

    def make(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(**{"locale": "en-GB", **options}))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("language", "javascript", "screen"),
    [("en", True, {}), ("en", False, {}), ("es", False, PHONE)],
    ids=["with JavaScript", "without JavaScript", "in Spanish on a phone without JavaScript"],
)
def test_four_people_come_from_an_empty_site_to_an_accepted_pair(
    live_site: Site,
    new_context: Callable[..., BrowserContext],
    language: str,
    javascript: bool,
    screen: dict[str, Any],
) -> None:
    pages = [new_context(java_script_enabled=javascript, **screen).new_page() for _person in range(4)]
    walk(live_site, pages, language=language, javascript=javascript)
