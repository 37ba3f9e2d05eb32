"""The whole job as four people: what each of them does, from an empty site to a pair that both accepted."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.walkers import Applicant, Coordinator, Staff
from tests.processes import Site

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
    work("Head of exploration", "18", "Senior professional"),
    {"tick": ["Finding a career", "Visibility"], "write": {"Why do you want": "Somebody helped me."}},
    meeting("Whom would you like as your mentee?"),
    CARE,
]


def walk(
    site: Site, pages: list[Page], *, language: str = "en", javascript: bool = True
) -> list[Coordinator | Staff | Applicant]:
    """`pages`: one each, in browsers of their own, for the coordinator, IWiM's staff, the mentee and the mentor."""
    coordinator = Coordinator(pages[0], site, "elena@example.org", language)
    # Whom a command made reads English until she chooses.
    staff = Staff(pages[1], site, "hazel@example.org")
    mentee = Applicant(pages[2], site, "lucia@example.org", language)
    mentor = Applicant(pages[3], site, "carmen@example.org", language)
    open_cohort(coordinator, staff)
    mentee.apply(PROGRAMME, "Apply as a mentee", MENTEE)
    mentee.confirm()
    mentor.apply(PROGRAMME, "Offer to mentor", MENTOR)
    mentor.confirm()
    send_offers(coordinator, javascript)
    accept_offers(mentee, mentor)
    coordinator.follow("Pairs")
    expect(coordinator.page.get_by_role("row", name="Lucía Paredes")).to_contain_text("Carmen Vidal")
    return [coordinator, staff, mentee, mentor]


def open_cohort(coordinator: Coordinator, staff: Staff) -> None:
    coordinator.sign_up()
    coordinator.register_organisation(ORGANISATION)
    staff.sign_in()
    staff.verify(ORGANISATION)
    coordinator.make_programme(PROGRAMME)
    coordinator.make_cohort("Cohort 1")
    coordinator.press("Open the cohort")


def send_offers(coordinator: Coordinator, javascript: bool) -> None:
    coordinator.accept_everybody("Carmen")
    coordinator.run_matching(javascript)
    expect(coordinator.page.get_by_role("heading", name="Lucía Paredes")).to_be_visible()
    coordinator.follow("Open the board")
    expect(coordinator.page.get_by_role("button", name=coordinator.words("Lock"))).to_be_visible()
    coordinator.follow("Send the proposals")
    coordinator.press("Send the offers")
    coordinator.sees("Offers")


def accept_offers(mentee: Applicant, mentor: Applicant) -> None:
    mentee.answer_yes("{other_first_name} could be your mentor")
    mentee.sees("Thank you, %(name)s. You said yes.")
    mentor.answer_yes("Would you be the mentor of {other_first_name}?")
    mentor.follow("Open your page")
    mentee.open(mentee.read_letter("You and {other_first_name} said yes").link)
    mentor.sees("You and %(name)s", name="Lucía")
    expect(mentor.page.get_by_text("lucia@example.org")).to_be_visible()
    mentee.sees("You and %(name)s", name="Carmen")
    expect(mentee.page.get_by_text("carmen@example.org")).to_be_visible()
