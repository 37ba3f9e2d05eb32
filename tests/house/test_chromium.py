import pytest
from playwright.sync_api import Page

from tests.processes import Site


@pytest.mark.browser
@pytest.mark.processes
def test_chromium_opens_the_site(live_site: Site, page: Page) -> None:
    answer = page.goto(f"{live_site.url}/livez")

    assert answer is not None
    assert (answer.status, page.url) == (200, f"{live_site.url}/livez")
