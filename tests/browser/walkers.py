"""The four people of the walk: each a browser of her own, doing by label and role what a person does."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.letters import Letter, wait_for_letter
from tests.browser.words import Words
from tests.processes import Site

MINUTE = 60_000


class Walker:
    """Whatever is named by its words is named in English and looked for in her language."""

    def __init__(self, page: Page, site: Site, address: str, language: str = "en") -> None:
        self.page = page
        self.site = site
        self.address = address
        self.words = Words(language)

    def read_letter(self, subject: str) -> Letter:
        return wait_for_letter(self.site, self.address, self.words(subject))

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.site.url + path)

    def press(self, name: str, **values: object) -> None:
        """And wait for the page that answers: the next look would still be at the old one."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.words(name, **values), exact=True).click()

    def press_calmly(self, name: str) -> None:
        """Whoever fills in a form as quickly as a machine is asked to press once more."""
        self.press(name)
        if self.page.get_by_text(self.words("That was very quick")).first.is_visible():
            self.press(name)

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=self.words(name), exact=True).first.click()

    def write(self, answers: Mapping[str, str]) -> None:
        for label, words in answers.items():
            self.page.get_by_label(self.words(label)).first.fill(words)

    def choose(self, answers: Mapping[str, str]) -> None:
        for label, words in answers.items():
            select = self.page.get_by_label(self.words(label)).first
            option = select.locator("option", has_text=self.words(words)).first
            select.select_option(option.get_attribute("value"))

    def tick(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(self.words(label)).check()

    def reads(self, sentence: str, **values: object) -> None:
        expect(self.page.get_by_text(self.words(sentence, **values)).first).to_be_visible()

    def sees(self, heading: str, **values: object) -> None:
        expect(self.page.get_by_role("heading", name=self.words(heading, **values), level=1)).to_be_visible()


class Staff(Walker):
    def sign_in(self) -> None:
        address = self.site.manage("create_staff", self.address).stdout.strip()
        self.open(address)
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button").click()

    def verify(self, organisation: str) -> None:
        self.open("/desk/")
        self.follow("Organisations")
        self.follow(organisation)
        self.press("Verify")
        expect(self.page.get_by_role("row", name=organisation)).to_contain_text(self.words("Verified"))


class Applicant(Walker):
    def apply(self, programme: str, invitation: str, steps: list[dict[str, Any]]) -> None:
        self.open("/")
        self.follow("All programmes")
        self.follow(programme)
        self.follow(invitation)
        for number, step in enumerate(steps, start=1):
            self.reads("Step %(current)s of %(total)s.", current=number, total=5)
            self.write(step.get("write", {}))
            self.choose(step.get("choose", {}))
            self.tick(*step.get("tick", []))
            self.press_calmly("Save and go on")
        self.press("Send my application")
        self.sees("%(name)s, one press is missing.")

    def confirm(self) -> None:
        self.open(self.read_letter("One press").link)
        self.press("Yes, this is my address")
        self.sees("%(name)s, your application is with us.")

    def answer_yes(self, subject: str) -> None:
        self.open(self.read_letter(subject).link)
        self.press("Yes")


class Coordinator(Walker):
    def sign_up(self) -> None:
        self.open("/")
        self.follow("Sign in")
        self.follow("Make an account")
        self.write({"E-mail": self.address})
        self.press_calmly("Make my account")
        self.write({"Code": self.read_letter("Confirm your e-mail").code})
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button").first.click()

    def register_organisation(self, name: str) -> None:
        self.follow("Register an organisation")
        self.write({"Name": name, "Countries": "Chile", "Languages": "Spanish", "Contact e-mail": self.address})
        self.press("Register")
        self.sees(name)

    def make_programme(self, name: str) -> None:
        self.follow("Register a programme")
        self.write({"Name of the programme": name, "Languages in which": "Spanish", "In one or two": "Half a year."})
        self.tick("Young professional")
        self.press("Register the programme")
        self.sees(name)

    def make_cohort(self, name: str) -> None:
        self.follow("New cohort")
        # Applications open in the morning of a day there: of yesterday, they are open whatever hour it is.
        yesterday = datetime.now(ZoneInfo("America/Santiago")).date() - timedelta(days=1)
        self.write({"Name of the cohort": name, "One date that you know": yesterday.isoformat()})
        self.choose({"Time zone": "Santiago"})
        self.press("Propose the calendar")
        self.press("Make the cohort")
        self.sees(name)

    def accept_everybody(self, first: str) -> None:
        """With the message that goes out, which the first of them reads."""
        self.follow("Applications")
        self.page.get_by_label(self.words("choose all %(number)s shown", number=2)).check()
        self.press("Accept")
        self.reads("{first_name}, you have a place in {programme}", first_name=first)
        self.press("Accept %(number)d people", number=2)

    def run_matching(self, javascript: bool) -> None:
        """Without JavaScript somebody presses the link until the run is done."""
        self.follow("Matching")
        self.press("Run matching")
        result = self.page.get_by_role("heading", name=self.words("Result of run %(number)s"))
        refresh = self.page.get_by_role("link", name=self.words("Look again"))
        while not javascript and not result.is_visible():
            refresh.or_(result).first.wait_for()
            if refresh.is_visible():
                with self.page.expect_navigation():
                    refresh.click()
        expect(result).to_be_visible(timeout=MINUTE)
