"""What a phone on a slow network loads before somebody can write her name: bytes on the wire, requests, hosts."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.processes]

MOST_BYTES = 60 * 1024
MOST_REQUESTS = 12
FORM = "/apply/aweik/first-steps/first-edition/mentee/"


def weigh(request: Request) -> int:
    """Bytes on the wire of the answer, headers included."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_first_visit_of_the_application_form_is_small(
    demonstration: Demonstration, browser: Browser, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", note)

    page.goto(demonstration.url + FORM, wait_until="networkidle")

    expect(page.get_by_label("E-mail address")).to_be_editable()
    sizes = {urlsplit(request.url).path: weigh(request) for request in finished}
    hosts = {urlsplit(request.url).netloc for request in finished}
    context.close()
    print(f"\n{sum(sizes.values())} bytes in {len(finished)} requests: {sizes}")  # noqa: T201 - a figure of the README
    assert hosts == {urlsplit(demonstration.url).netloc}
    assert len(finished) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
