"""The second wave, carried forward by nine organisations on phones without JavaScript; then a third, in which nothing
has changed. Taps are counted from the letter on."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.letters import wait_for_letter
from tests.processes import Blank, Site, start_site

pytestmark = [pytest.mark.browser, pytest.mark.processes]
REVIEWER = "reviewer@iwim.example.org"
MOST_TAPS = 3


class Answerer:
    """Whoever opened the letter's link."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def open_letter(self, site: Site, slug: str, subject: str) -> None:
        """The page comes in the language of the letter; here it is read in English."""
        self.page.goto(wait_for_letter(site, f"contact@{slug}.example.org", subject).link)
        self.page.context.add_cookies([{"name": "django_language", "value": "en", "url": site.url}])
        self.page.reload()
        self.taps = 1

    def press(self, name: str | re.Pattern[str], place: int = 0) -> None:
        self.taps += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).nth(place).click()

    def follow(self, name: str) -> None:
        self.taps += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def answer_sheet(self, *, runs: str, countries: str = "") -> None:
        self.follow("Answer or change")
        if countries:
            self.page.get_by_label("Country or countries you serve").fill(countries)
        elif not self.page.get_by_label("Country or countries you serve").input_value():
            self.say_unknown("A4")
        self.page.get_by_label("Do you run, plan").select_option(runs)
        self.page.get_by_label("May we publish").select_option("yes")
        self.press("Save")

    def say_unknown(self, code: str) -> None:
        block = self.page.locator(f"#q-{code}")
        block.locator("summary").click()
        block.get_by_label("If it is empty, why?").select_option("unknown")

    def send(self) -> None:
        self.page.get_by_label("I confirm that I may answer").check()
        self.press("Send to IWiM")
        expect(self.page.get_by_text("Your answers are with IWiM")).to_be_visible()


@pytest.fixture(scope="module")
def site(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with start_site(blank, tmp_path_factory.mktemp("survey")) as started:
        started.manage(
            "shell",
            "--no-imports",
            "--command",
            "from wimmentor.demonstration.loading import load_demonstration as d;d(seed=1, stage='matching')",
        )
        yield started


@pytest.fixture
def staff(site: Site, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(site.manage("create_staff", REVIEWER).stdout.strip())
    with page.expect_navigation():
        page.locator("main").get_by_role("button").click()
    yield page
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def accept_all(page: Page, site: Site, code: str, organisations: int) -> None:
    for _response in range(organisations):
        page.goto(f"{site.url}/staff/waves/{code}/")
        waiting = page.get_by_role("row").filter(has_text=re.compile("submitted|in review"))
        with page.expect_navigation():
            waiting.first.get_by_role("link").first.click()
        press(page, re.compile("^Accept$"))
    page.goto(f"{site.url}/staff/waves/{code}/")


def test_nine_organisations_carry_their_answers_forward(site: Site, staff: Page, phone: Page) -> None:
    anyone = Answerer(phone)
    _answer_unchanged(anyone, site, "wim-peru", presses=1)
    _answer_unchanged(anyone, site, "wim-nigeria", presses=1)
    _answer_unchanged(anyone, site, "wim-usa", presses=0)
    _answer_unchanged(anyone, site, "iwim", presses=1)
    _answer_changed(anyone, site)
    _answer_none(anyone, site)
    _reply(anyone, site)

    accept_all(staff, site, "2027", 9)
    expect(staff.get_by_text("9 of 9 organisations have answered.")).to_be_visible()
    press(staff, re.compile("^Publish 9"))
    staff.goto(f"{site.url}/inventory/?q=AWEIK")
    expect(staff.get_by_role("article").get_by_text("Concluded")).to_be_visible()

    _plan_third_wave(staff, site)
    anyone.open_letter(site, "wim-peru", "Survey 2028")
    anyone.press(re.compile("^Nothing changed: send"))
    expect(phone.get_by_text("Your answers are with IWiM")).to_be_visible()
    assert anyone.taps <= MOST_TAPS


def _answer_unchanged(anyone: Answerer, site: Site, slug: str, *, presses: int) -> None:
    """With one press for each initiative, or with one for all."""
    anyone.open_letter(site, slug, "Survey 2027")
    _expect_nothing_open(anyone)
    for _initiative in range(presses):
        anyone.press(re.compile("^Nothing changed"))
    if not presses:
        anyone.press("Nothing changed in the others")
    anyone.answer_sheet(runs="yes")
    anyone.send()


def _expect_nothing_open(anyone: Answerer) -> None:
    """What the document of 2021 does not say is not known, which is an answer."""
    expect(anyone.page.get_by_role("link", name="Answer the short form", exact=True)).to_have_count(0)


def _answer_changed(anyone: Answerer, site: Site) -> None:
    anyone.open_letter(site, "aweik", "Survey 2027")
    anyone.follow("Something changed")
    anyone.page.get_by_label("Status today").select_option("concluded")
    anyone.press("Save")
    expect(anyone.page.get_by_text("changed", exact=True)).to_be_visible()
    anyone.answer_sheet(runs="yes")
    anyone.send()


def _answer_none(anyone: Answerer, site: Site) -> None:
    """One that never had an initiative."""
    anyone.open_letter(site, "aem-congo", "Survey 2027")
    anyone.press("We have none")
    anyone.answer_sheet(runs="no", countries="Congo - Kinshasa")
    anyone.send()


def _reply(anyone: Answerer, site: Site) -> None:
    anyone.open_letter(site, "mujeres-wim-mexico", "Survey 2027")
    expect(anyone.page.get_by_text("Who makes the pairs, and with what?")).to_be_visible()
    anyone.send()


def _plan_third_wave(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/staff/waves/new/")
    now = datetime.now().replace(microsecond=0, second=0)  # noqa: DTZ005 - the form asks for a wall time
    fields: dict[str, Any] = {"Name": "Survey 2028", "Short name in addresses": "2028"}
    fields |= {"Opens": (now - timedelta(days=2)).isoformat(), "Closes": (now + timedelta(days=20)).isoformat()}
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value[:16] if "T" in value else value)
    page.get_by_label("Time zone").select_option("UTC")
    press(page, "Save")
    press(page, "Open it and write to everybody")
