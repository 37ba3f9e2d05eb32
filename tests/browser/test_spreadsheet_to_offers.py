"""From a spreadsheet with 14 mentees and 9 mentors to offers sent: every click and key activation, counted."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.processes]

GOAL = 22
COORDINATOR = "coordinator@wimperu.example.org"
HEADINGS = (
    *("role", "first_name", "last_name", "email", "country", "languages", "time_zone", "employer", "function"),
    *("job_title", "years_experience", "gender", "goals", "capacity", "preferred_mentor_gender", "availability"),
)
NAMES = (
    *("Ágata", "Berila", "Calcita", "Dolomía", "Esmeralda", "Fluorita", "Galena", "Halita", "Jade", "Kunzita"),
    *("Lazulita", "Malaquita", "Nefrita", "Olivina", "Perla", "Quarzo", "Rubí", "Selenita", "Turquesa", "Uraninita"),
    *("Vesubiana", "Wolframita", "Zafira"),
)
MENTEES, MENTORS = 14, 9


def write_spreadsheet(file: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number, name in enumerate(NAMES):
        is_mentor = number >= MENTEES
        sheet.append(row_of(number, name, is_mentor))
    book.save(file)
    return file


def row_of(number: int, name: str, is_mentor: bool) -> list[Any]:
    goals = ("leadership;technical", "visibility;career_direction", "board;leadership")[number % 3]
    return [
        "mentor" if is_mentor else "mentee",
        name,
        "Ejemplo",
        f"{name.lower().translate(str.maketrans('áíé', 'aie'))}@example.org",
        ("PE", "CL", "BO")[number % 3],
        "es;en" if number % 2 else "es",
        "America/Lima",
        f"Minera {number % 5}",
        "exploration" if number % 2 else "processing",
        "Geologist" if number % 2 else "Metallurgist",
        12 + number % 7 if is_mentor else 1 + number % 6,
        "female",
        goals,
        2 if is_mentor else None,
        "no_preference",
        "mon 18-22;sat 9-12",
    ]


class CountingCoordinator:
    """Every activation is one entry, whether by mouse or key; choosing the file is one, too."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.activations: list[str] = []

    def press(self, name: str) -> None:
        self._activate("button", name)

    def follow(self, name: str) -> None:
        self._activate("link", name)

    def choose(self, name: str) -> None:
        self.activations.append(f"choice: {name}")
        self.page.get_by_label(name).check()

    def attach(self, label: str, file: Path) -> None:
        # the button, the file, and "Open" in the browser's own window
        self.activations += [f"file: {label}", f"file: {file.name}", "file: Open"]
        self.page.get_by_label(label).set_input_files(file)

    def sees(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=60_000)

    def _activate(self, role: Any, name: str) -> None:
        self.activations.append(f"{role}: {name}")
        self.page.get_by_role(role, name=name, exact=True).first.click()


def test_spreadsheet_to_offers_takes_few_clicks(demonstration: Demonstration, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(15_000)
    page.goto(demonstration.url + demonstration.addresses["sign_in"][COORDINATOR])
    with page.expect_navigation():
        page.locator("main form button").first.click()
    page.goto(demonstration.url + "/desk/")
    coordinator = CountingCoordinator(page)

    coordinator.follow("Mentoring · Blank edition")
    coordinator.follow("Applications")
    coordinator.follow("Import a spreadsheet")
    coordinator.attach("Spreadsheet", write_spreadsheet(tmp_path / "people.xlsx"))
    coordinator.choose("These people agreed")
    coordinator.press("Read the file")
    coordinator.sees("What is in which column?")
    coordinator.press("See what would come in")
    coordinator.sees("What would come in")
    coordinator.press("Add all 23 rows")
    coordinator.sees("What came in")
    coordinator.follow("Go to the applications")
    coordinator.choose("choose all 23 shown")
    coordinator.press("Accept")
    coordinator.sees("Accept 23 people")
    coordinator.choose("Send no message")
    coordinator.press("Accept 23 people")
    coordinator.follow("Matching")
    coordinator.press("Run matching")
    coordinator.sees(re.compile("^Result of run"))
    coordinator.follow("Open the board")
    coordinator.sees("Matching board")
    coordinator.follow("Send the proposals")
    coordinator.sees("Send the pairs")
    coordinator.press("Send the offers")
    coordinator.sees("Offers")

    rows = page.get_by_role("table", name="Offers").get_by_role("row")
    shown = rows.count() - 1
    page.close()
    print("", f"{len(coordinator.activations)} activations", *coordinator.activations, sep="\n")  # noqa: T201
    assert shown == MENTEES
    assert len(coordinator.activations) <= GOAL
