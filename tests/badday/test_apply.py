"""One form posted eight times in the same moment, and once more by a reload: one application, eight good answers."""

import time

import pytest

from tests.badday.people import Form, Page, Person, at_once
from tests.badday.seed import ROUNDS
from tests.badday.stage import BadDay
from tests.programmes.applications.applicants import ABOUT, STEPS

SECOND = "work"  # the step after the first
pytestmark = pytest.mark.processes
TIMES = 8
READING_SECONDS = 2.1  # quicker would be asked once more


def press_together(person: Person, form: Form, answers: dict[str, str | list[str]]) -> list[Page]:
    return at_once([lambda tab=tab: tab.press(form, **answers) for tab in person.copies(TIMES)])


def count_applications(day: BadDay, email: str) -> list[tuple[str, int]]:
    return day.rows(  # type: ignore[return-value]
        "SELECT status, count(*) FROM programmes_application WHERE email = ? GROUP BY status", email
    )


@pytest.mark.parametrize("number", range(ROUNDS))
def test_form_posted_many_times_is_one_application(day: BadDay, number: int) -> None:
    email = f"lucia{number}@example.org"
    lucia = Person(day.site.url)
    form = lucia.open(f"/apply/{day.cohort('open')[1]}/mentee/").form("submission_key")
    time.sleep(READING_SECONDS)

    started = press_together(lucia, form, {**ABOUT, "email": email})
    lucia.press(form, **{**ABOUT, "email": email})
    drafts = count_applications(day, email)
    page = started[0]
    for answers in STEPS.values():
        step = page.form("csrfmiddlewaretoken")
        page = lucia.press(step, **answers)
    sending = page.form("csrfmiddlewaretoken")
    sent = press_together(lucia, sending, {})
    reloaded = lucia.press(sending)

    key = dict(form.fields)["submission_key"]
    assert [(page.status, page.url) for page in started] == [(200, f"{day.site.url}/apply/{key}/{SECOND}/")] * TIMES
    assert drafts == [("draft", 1)]
    assert [(page.status, page.url) for page in (*sent, reloaded)] == [(200, f"{day.site.url}/apply/{key}/done/")] * (
        TIMES + 1
    )
    assert count_applications(day, email) == [("submitted", 1)]
    assert day.rows("SELECT kind FROM programmes_outboxemail WHERE recipient = ?", email) == [("application_confirm",)]
    day.wait_for("SELECT state FROM programmes_outboxemail WHERE recipient = ?", email, wanted="sent")
    letters = [file for file in day.site.mailbox.glob("*.eml") if email in file.read_text(encoding="utf-8")]
    assert len(letters) == 1
