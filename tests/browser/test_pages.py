"""Every page of the route inventory as those see it who may: clean for axe at 360 and 1280 px, never wider than the
screen, one heading, nothing that the security policy refuses."""

import os
from functools import partial
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.audit import WIDTHS, Findings, audit, watch
from tests.browser.conftest import Demonstration

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    # Four minutes of looking: how a page looks does not depend on the database, so it is done once, on SQLite.
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="Pages are looked at in the run on SQLite."
    ),
]

# An unknown link; a key that nobody has; steps of sign-in that a person without password and second step has not.
OTHER_ANSWERS = {
    "purpose-link": 404,
    "demo-sign-in": 404,
    **dict.fromkeys(["account_reauthenticate", "mfa_reauthenticate"], 403),
    **dict.fromkeys(["mfa_deactivate_totp", "mfa_view_recovery_codes"], 404),
}
# Sent with every field empty: the page shows what is missing.
FORMS = {
    *("account_signup", "account_login", "organisation-register", "organisation-edit", "programme-new"),
    *("programme-edit", "cohort-new", "cohort-settings", "cohort-extend of wim-peru/blank-edition", "letter-edit"),
    *("import-new", "past-pairs", "account_set_password", "account-profile"),
    *("apply-start of an open cohort", "apply-step work mentee", "apply-step goals mentee"),
    *("apply-step meeting mentor", "apply-step care mentee"),
}
FORM = "/apply/aweik/first-steps/first-edition/mentee/"
EMPTY_ALL = """() => {
    for (const control of document.querySelectorAll("main input, main select, main textarea")) {
        if (control.type === "checkbox" || control.type === "radio") control.checked = false;
        else if (control.type !== "hidden") control.value = "";
    }
}"""
OUTLINE = """() => {
    const focused = document.activeElement;
    const drawn = getComputedStyle(focused);
    const seen = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
    return focused === document.body ? "" : seen ? "seen" : focused.outerHTML.slice(0, 120);
}"""


@pytest.fixture(scope="module")
def findings(demonstration: Demonstration, browser: Browser) -> Findings:
    found = Findings()
    pages = sorted(demonstration.addresses["pages"], key=lambda row: (row["who"], row["entry"]))
    for (who, entry), rows in groupby(pages, key=lambda row: (row["who"], row["entry"])):
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        watch(page, found)
        come_in(page, demonstration, who, entry)
        for row in rows:
            visit(page, demonstration, row, found)
        context.close()
    print(f"\n{found.pages} pages, each at {len(WIDTHS)} widths")  # noqa: T201
    return found


def come_in(page: Page, demonstration: Demonstration, who: str, entry: str) -> None:
    if who:
        page.goto(demonstration.url + demonstration.addresses["sign_in"][who])
        with page.expect_navigation():
            page.locator("main form button").first.click()
    elif entry.startswith("session "):
        cookie = {"name": demonstration.addresses["cookie"], "value": entry.split()[1], "url": demonstration.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
    elif entry:
        page.goto(entry)


def visit(page: Page, demonstration: Demonstration, row: dict[str, Any], found: Findings) -> None:
    response = page.goto(demonstration.url + row["path"])
    assert response is not None
    expected = OTHER_ANSWERS.get(row["name"], 200)
    found.add("answer", row["name"], [] if response.status == expected else [f"{response.status} {row['path']}"])
    audit(page, f"{row['name']} {row['who']}", found)
    if row["name"] in FORMS:
        send_empty(page, row["name"], found)


def send_empty(page: Page, name: str, found: Findings) -> None:
    button = page.locator("main form .btn-primary").first
    if not button.is_visible():
        found.add("answer", name, ["there is no form to send"])
        return
    page.evaluate(EMPTY_ALL)
    with page.expect_navigation():
        button.click()
    said = page.locator("[role=alert], .is-invalid").count()
    found.add("answer", name, [] if said else ["nothing is said about empty fields"])
    audit(page, f"{name} with errors", found)


@pytest.mark.parametrize("kind", ["answer", "axe", "width", "structure"])
def test_every_page(findings: Findings, kind: str) -> None:
    wrong = sorted(set(findings.wrong[kind]))
    assert not wrong, "\n".join(wrong)


def answer_with(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_pages_that_refuse(demonstration: Demonstration, browser: Browser) -> None:
    found = Findings()
    page = browser.new_page()
    address = f"{demonstration.url}/refused/"
    for name, body in demonstration.addresses["refusals"].items():
        page.route(address, partial(answer_with, body))
        page.goto(address)
        audit(page, name, found)
        page.unroute(address)
    page.goto(f"{demonstration.url}/nowhere/")
    audit(page, "404", found)
    come_in(page, demonstration, "reviewer@wimperu.example.org", "")
    response = page.goto(f"{demonstration.url}{demonstration.addresses['tenant']}settings/")
    audit(page, "403", found)
    page.close()

    assert response is not None
    assert (response.status, found.pages) == (403, len(demonstration.addresses["refusals"]) + 2)
    assert {kind: rows for kind, rows in found.wrong.items() if rows} == {}


@pytest.mark.parametrize("who", ["", "coordinator@wimperu.example.org"], ids=["visitor", "coordinator"])
def test_keyboard_goes_to_the_content_and_shows_where_it_is(
    demonstration: Demonstration, browser: Browser, who: str
) -> None:
    page = browser.new_page()
    come_in(page, demonstration, who, "")
    unseen = []
    for address in (f"{demonstration.addresses['tenant']}board/",) if who else ("/", FORM):
        page.goto(demonstration.url + address)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_be_in_viewport()
        for _ in range(40):
            unseen.append(page.evaluate(OUTLINE))
            page.keyboard.press("Tab")
        page.goto(demonstration.url + address)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("main :focus")).to_have_count(1)
    page.close()

    assert {outline for outline in unseen if outline not in ("", "seen")} == set()
