"""A volunteer on a telephone brings in what her form gave her, without JavaScript, and takes it back."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "google_forms_mentees_es.csv"
COORDINATOR = "coordinator@wimecuador.example.org"
COHORT = "/o/wim-ecuador/mentoria/2027/"
CITY = "¿En qué ciudad o unidad minera trabajas?"


@pytest.fixture
def page(demonstration: Demonstration, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="en-GB", accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    sign_in = demonstration.addresses["sign_in"]
    page.goto(demonstration.url + sign_in.get(COORDINATOR, sign_in["owner@wimecuador.example.org"]))
    with page.expect_navigation():
        page.locator("main form button").first.click()
    # Her account speaks Spanish; the names below are the English ones.
    page.locator("footer select").select_option("en")
    with page.expect_navigation():
        page.locator("footer form:has(select) button").click()
    yield page
    context.close()


def look(page: Page, heading: str | re.Pattern[str]) -> None:
    """The page is there, and no wider than the telephone."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=60_000)
    boxes = page.locator("main *:visible").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(boxes) <= 361, page.url


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """By keyboard."""
    button = page.get_by_role("button", name=name)
    button.focus()
    page.keyboard.press("Enter")


def test_upload_correct_one_column_bring_in_the_good_rows_and_undo(
    page: Page, demonstration: Demonstration, tmp_path: Path
) -> None:
    page.goto(f"{demonstration.url}{COHORT}applications/import/")
    look(page, "Import a spreadsheet")
    page.get_by_label("Spreadsheet").set_input_files(SAMPLE)
    page.get_by_label("Mentees", exact=True).check()
    page.get_by_label("These people agreed").check()
    press(page, "Read the file")

    look(page, "What is in which column?")
    expect(page.get_by_label("We read “Dirección de correo electrónico” as")).to_have_value("email")
    expect(page.get_by_text("noemi.huanca@example.org")).to_be_visible()
    page.get_by_label(f"We read “{CITY}” as").select_option(label="Notes, in her words")
    press(page, "See what would come in")

    look(page, "What would come in")
    refused = page.get_by_role("table", name="Refused: these rows stay out").get_by_role("row")
    expect(refused).to_have_count(3)
    expect(page.get_by_text("Row 5 is replaced by row 26.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows, CSV").click()
    download.value.save_as(tmp_path / "refused.csv")
    press(page, "Add only the 27 good rows")

    look(page, "What came in")
    page.get_by_role("link", name="Undo this import").click()
    look(page, "Undo this import?")
    expect(page.get_by_text("27 applications that it made go.")).to_be_visible()
    press(page, "Undo this import")

    look(page, "This import was undone")
    page.goto(f"{demonstration.url}{COHORT}applications/")
    expect(page.get_by_text("0 from mentees, 0 from mentors")).to_be_visible()
    page.goto(f"{demonstration.url}{COHORT}applications/import/")
    expect(page.get_by_role("table", name="Imports of this cohort").get_by_text("undone")).to_be_visible()
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[-1].partition(":")[0] for row in rows] == [
        "Why it was refused",
        "¿Cuál es tu nombre completo?",
        "Dirección de correo electrónico",
    ]
