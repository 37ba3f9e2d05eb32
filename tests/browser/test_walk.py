"""The whole job as four people, on a live site with a real worker: with JavaScript, and without."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.walkers import Applicant, Coordinator, Staff
from tests.processes import Site

pytestmark = [pytest.mark.browser, pytest.mark.processes]

ORGANISATION = "Women in Mining Atacama"
PROGRAMME = "Primera Veta"
CARE = {
    "tick": [
        "My e-mail address",
        "You may show my name",
        "I have read the privacy notice",
        "I keep the code of conduct",
        "I am 18 or older",
    ]
}


def meeting(wish: str) -> dict[str, Any]:
    lists = {"Language you want to talk in": "Spanish", "How you like to meet": "Video call", wish: "No preference"}
    return {"tick": ["Spanish"], "choose": lists, "write": {"Hours a month": "3"}}


def about(first: str, last: str, address: str) -> dict[str, Any]:
    names = {"E-mail address": address, "First name": first, "Last name": last}
    return {"write": names, "choose": {"Gender": "Woman"}}


def work(title: str, years: str, stage: str) -> dict[str, Any]:
    return {
        "write": {"What you do": title, "Years in mining": years},
        "choose": {
            "Country where you live": "Chile",
            "Time zone": "Santiago",
            "Function": "Exploration and geology",
            "Where you are in your working life": stage,
        },
    }


MENTEE = [
    about("Lucía", "Paredes", "lucia@example.org"),
    work("Geologist", "3", "Young professional"),
    {"tick": ["Find my career direction", "Be seen"], "write": {"Why do you apply": "Now is the time."}},
    meeting("Whom would you like as your mentor?"),
    CARE,
]
MENTOR = [
    about("Carmen", "Vidal", "carmen@example.org"),
    work("Head of exploration", "18", "Senior"),
    {"tick": ["Finding a career", "Visibility"], "write": {"Why do you want": "Somebody helped me."}},
    meeting("Whom would you like as your mentee?"),
    CARE,
]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts = []

    def make(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(locale="en-GB", **options))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_four_people_come_from_an_empty_site_to_an_accepted_pair(
    live_site: Site, new_context: Callable[..., BrowserContext], javascript: bool
) -> None:
    def browser_of() -> BrowserContext:
        return new_context(java_script_enabled=javascript)

    coordinator = Coordinator(browser_of(), live_site, "elena@example.org")
    staff = Staff(browser_of(), live_site, "hazel@example.org")
    mentee = Applicant(browser_of(), live_site, "lucia@example.org")
    mentor = Applicant(browser_of(), live_site, "carmen@example.org")

    coordinator.sign_up()
    coordinator.register_organisation(ORGANISATION)
    staff.sign_in()
    staff.verify(ORGANISATION)
    coordinator.make_programme(PROGRAMME)
    coordinator.make_cohort("Cohort 1")
    coordinator.press("Open the cohort")

    mentee.apply(PROGRAMME, "Apply as a mentee", MENTEE)
    mentee.confirm()
    mentor.apply(PROGRAMME, "Offer to mentor", MENTOR)
    mentor.confirm()

    coordinator.accept_everybody("Carmen")
    coordinator.run_matching(javascript)
    expect(coordinator.page.get_by_role("heading", name="Lucía Paredes")).to_be_visible()
    coordinator.follow("Open the board")
    expect(coordinator.page.get_by_role("button", name="Lock")).to_be_visible()
    coordinator.follow("Send the proposals")
    coordinator.press("Send the offers")
    coordinator.sees("Offers")

    mentee.answer_yes("could be your mentor")
    expect(mentee.page.get_by_role("heading", name=re.compile("You said yes"))).to_be_visible()
    mentor.answer_yes("Would you be the mentor")
    mentor.follow("Open your page")
    mentee.open(mentee.read_letter("You and Carmen said yes").link)

    mentor.sees("You and Lucía")
    expect(mentor.page.get_by_text("lucia@example.org")).to_be_visible()
    mentee.sees("You and Carmen")
    expect(mentee.page.get_by_text("carmen@example.org")).to_be_visible()
    coordinator.follow("Pairs")
    expect(coordinator.page.get_by_role("row", name="Lucía Paredes")).to_contain_text("Carmen Vidal")
