import re
import threading
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.applicants import (
    ABOUT,
    CARE,
    GOALS,
    LUCIA,
    MEETING,
    WORK,
    letters_to,
    link_in,
    make_cohort,
    open_form,
    post_all,
    post_start,
    post_steps,
    start_address,
    work_step,
)
from wimmentor.base import clock as base_clock
from wimmentor.base.clock import shifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def test_the_first_page_is_small_and_needs_few_queries_and_no_script(client: Client, cohort: Cohort) -> None:
    client.get(start_address(cohort))
    with CaptureQueriesContext(connection) as queries:
        page = Client().get(start_address(cohort))

    assert len(queries) == 1
    assert len(page.content) < 20_000
    assert b"<script" not in page.content
    assert b"style=" not in page.content


@pytest.mark.parametrize(("step", "count"), [("about", 2), ("work", 2), ("goals", 2), ("meeting", 2), ("care", 3)])
def test_each_step_needs_few_queries(client: Client, cohort: Cohort, step: str, count: int) -> None:
    application = post_start(client, cohort)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/apply/{application.submission_key}/{step}/")

    assert page.status_code == 200
    assert len(queries) == count
    assert b"<script" not in page.content


def test_the_first_step_makes_a_draft_and_leads_to_the_second(client: Client, cohort: Cohort) -> None:
    hidden = open_form(client, cohort)

    answer = client.post(start_address(cohort), {**hidden, **ABOUT, "email": " LUCIA.Paredes@Example.org "})

    draft = Application.objects.get()
    assert str(draft.submission_key) == hidden["submission_key"]
    assert answer["Location"] == work_step(draft.submission_key)
    assert (draft.status, draft.email, draft.name, draft.phone) == (
        "draft",
        LUCIA,
        "Lucía Paredes Rojas",
        "+56 9 1234 5678",
    )
    assert draft.answers == {"form_of_address": "Ms"}
    assert draft.questionnaire == cohort.mentee_questions
    assert mail.outbox == []
    assert letters_to(LUCIA) == []


def test_all_steps_fill_the_columns(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)

    application.refresh_from_db()
    assert application.years_experience == Decimal("3.5")
    assert application.goals == ("career_direction", "visibility")
    assert application.languages == ("es", "en")
    assert application.availability == "mon 18-22;tue 18-22"
    assert application.not_with == "Minera Baja\r\nrival@example.org" or application.not_with == CARE["not_with"]
    assert application.adult is True
    assert application.answers == {
        "form_of_address": "Ms",
        "qualification": "Geology, degree",
        "why_apply": "Because now is the time.",
    }
    granted = dict(application.consents.values_list("purpose", "granted"))
    assert granted == {
        "shown_to_pair": True,
        "privacy": True,
        "conduct": True,
        "adult": True,
        "testimonials": False,
        "alumni": False,
        "contact_email": True,
        "contact_phone": False,
    }


def test_a_mentor_says_how_many_mentees_she_can_take(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort, "mentor")

    application.refresh_from_db()
    assert (application.role, application.capacity, application.answers["why_mentor"]) == (
        "mentor",
        2,
        "Somebody helped me.",
    )


def test_own_words_where_no_code_fits(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)
    post_steps(
        client,
        application,
        work={**WORK, "function": "other", "function_other": "Mine poetry"},
        goals={**GOALS, "goals": ["board"], "goal_other": "Write a book"},
        meeting={**MEETING, "languages": [], "other_language_1": "qu", "preferred_language": "qu"},
    )

    application.refresh_from_db()
    assert application.function == "Mine poetry"
    assert application.goals == ("board", "Write a book")
    assert application.languages == ("qu",)
    page = client.get(f"/apply/{application.submission_key}/check/").content.decode()
    assert [words in page for words in ("Mine poetry", "Write a book", "Quechua")] == [True, True, True]
    assert "Something is missing" not in page


def test_back_keeps_what_she_wrote_in_the_step(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)
    address = work_step(application.submission_key)

    untouched = client.post(address, {"before": "1"})
    whole = client.post(address, {**WORK, "before": "1"})
    half = client.post(address, {**WORK, "country": "", "job_title": "Driller", "before": "1"})

    before = f"/apply/{application.submission_key}/about/"
    assert [answer.headers.get("Location") for answer in (untouched, whole)] == [before, before]
    application.refresh_from_db()
    assert application.country == WORK["country"]
    page = half.content.decode()
    assert ("Driller" in page, "without what is marked" in page) == (True, True)


def test_whole_years_are_read_without_a_decimal(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)
    client.post(work_step(application.submission_key), {**WORK, "years_experience": "12"})

    pages = [client.get(f"/apply/{application.submission_key}/{page}/").content.decode() for page in ("work", "check")]

    assert ['value="12"' in pages[0], "<dd>12</dd>" in "".join(pages[1].split())] == [True, True]


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        ("about", {**ABOUT, "email": "lucia"}, "Write a whole address, such as ana@example.org."),
        ("about", {**ABOUT, "first_name": "www.win.example.org"}, "Write your name only"),
        ("about", {**ABOUT, "phone": "12"}, "Write the whole number"),
        ("work", {**WORK, "function": "other"}, "Write your function in a few words"),
        ("work", {**WORK, "years_experience": "a few"}, "Write a number, such as 3.5."),
        ("work", {**WORK, "country": "XX"}, "Choose one of those that are offered."),
        ("goals", {**GOALS, "goals": ["board"]}, "You chose one. Choose at least two."),
        ("goals", {**GOALS, "goals": ["board", "studies", "leadership", "confidence"]}, "take 1 away"),
        ("meeting", {**MEETING, "languages": []}, "Choose at least one language"),
        ("meeting", {**MEETING, "preferred_language": "fr"}, "French is not among the languages you marked"),
        ("care", {**CARE, "consent_privacy": ""}, "We cannot take your application without this"),
        ("care", {**CARE, "contacts": []}, "Choose at least one"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(
    client: Client, cohort: Cohort, step: str, data: dict[str, object], sentence: str
) -> None:
    application = post_start(client, cohort)

    page = client.post(f"/apply/{application.submission_key}/{step}/", data)

    html = page.content.decode()
    assert page.status_code == 200
    assert html.count(sentence) == 2  # in the summary and beside the field
    assert "Everything you wrote is kept." in html
    for value in data.values():
        if isinstance(value, str) and len(value) > 3 and value != "Minera Baja\nrival@example.org":
            assert value in html


def test_a_telephone_is_shown_only_where_there_is_one(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort, phone="")

    page = client.post(f"/apply/{application.submission_key}/care/", {**CARE, "contacts": ["phone"]})

    assert "You gave no telephone number in step 1" in page.content.decode()


def test_too_fast_asks_once_more_and_keeps_the_text(client: Client, cohort: Cohort) -> None:
    hidden = open_form(client, cohort)
    with shifted(timedelta(seconds=-30)):
        quick = client.post(start_address(cohort), {**hidden, **ABOUT})

    assert "press the button once more" in quick.content.decode()
    assert 'value="Lucía"' in quick.content.decode()
    assert Application.objects.count() == 0
    again = client.post(start_address(cohort), {**hidden, **ABOUT})
    assert (again.status_code, Application.objects.count()) == (302, 1)


def test_a_plain_bot_gets_no_draft(client: Client, cohort: Cohort) -> None:
    hidden = open_form(client, cohort)

    client.post(start_address(cohort), {**hidden, **ABOUT, "website": "https://spam.example.org"})

    assert Application.objects.count() == 0


def test_a_key_that_this_site_did_not_render_opens_nothing(client: Client, cohort: Cohort) -> None:
    hers = post_start(client, cohort)
    stranger = Client()
    hidden = {**open_form(stranger, cohort), "submission_key": str(hers.submission_key)}

    page = stranger.post(start_address(cohort), {**hidden, **ABOUT, "first_name": "Mallory"})

    assert "press the button once more" in page.content.decode()
    assert str(hers.submission_key) not in page.content.decode()
    hers.refresh_from_db()
    assert hers.first_name == "Lucía"
    assert stranger.get(work_step(hers.submission_key)).status_code == 404


def test_the_same_form_again_is_a_correction(client: Client, cohort: Cohort) -> None:
    hidden = open_form(client, cohort)

    for name in ("Lucia", "Lucía"):
        client.post(start_address(cohort), {**hidden, **ABOUT, "first_name": name})

    assert list(Application.objects.values_list("first_name", flat=True)) == ["Lucía"]


@pytest.mark.parametrize("path", ["work/", "check/", "done/", "nothing/"])
def test_another_browser_finds_nothing(client: Client, cohort: Cohort, path: str) -> None:
    application = post_start(client, cohort)

    stranger = Client().get(f"/apply/{application.submission_key}/{path}")
    missing = Client().get(f"/apply/{uuid4()}/{path}")

    assert (stranger.status_code, missing.status_code) == (404, 404)
    assert re.sub(r"[0-9a-f-]{36}", "", stranger.content.decode()) == re.sub(
        r"[0-9a-f-]{36}", "", missing.content.decode()
    )


def test_a_draft_of_a_stranger_blocks_nobody_and_reveals_nothing(client: Client, cohort: Cohort) -> None:
    post_start(Client(), cohort)

    hers = post_start(client, cohort)

    assert Application.objects.filter(email=LUCIA).count() == 2
    assert hers.status == "draft"


def test_too_many_forms_from_one_place_are_refused_without_losing_text(client: Client, cohort: Cohort) -> None:
    for number in range(60):
        post_start(client, cohort, email=f"person{number}@example.org")
    hidden = open_form(client, cohort)

    page = client.post(start_address(cohort), {**hidden, **ABOUT})

    assert "too often" in page.content.decode()
    assert 'value="Lucía"' in page.content.decode()
    assert Application.objects.count() == 60


def test_before_the_opening_the_page_says_when(client: Client, cohort: Cohort) -> None:
    with shifted(timedelta(days=-10)):
        page = client.get(start_address(cohort)).content.decode()

    assert "Applications open soon" in page
    assert "in Santiago" in page


def test_after_the_deadline_the_page_says_when_it_closed(client: Client, cohort: Cohort) -> None:
    with shifted(timedelta(days=60)):
        page = client.get(start_address(cohort)).content.decode()

    assert "Applications have closed" in page
    assert "23:59 in Santiago" in page


def test_a_draft_cohort_and_an_unverified_organisation_have_no_form(client: Client) -> None:
    cohort = make_cohort(opened=False)
    draft = client.get(start_address(cohort)).status_code
    Cohort.objects.update(phase="open", opened_at=base_clock.now())
    opened = client.get(start_address(cohort)).status_code
    Organisation.objects.update(verified_at=None)
    unverified = client.get(start_address(cohort)).status_code

    assert (draft, opened, unverified) == (404, 200, 404)
    assert client.get(start_address(cohort, "guest")).status_code == 404


def test_the_link_to_go_on_opens_the_draft_in_another_browser(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)
    client.post(work_step(application.submission_key), {**WORK, "later": "1"})
    assert letters_to(LUCIA) == ["application_resume"]

    phone = Client()
    page = phone.get(resume_link(), follow=True)

    application.refresh_from_db()
    assert application.city == "Copiapó"
    assert page.request["PATH_INFO"] == f"/apply/{application.submission_key}/goals/"


def test_the_link_to_go_on_is_sent_also_when_the_step_is_unfinished(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)

    page = client.post(work_step(application.submission_key), {"city": "Copiapó", "later": "1"})

    assert 'value="Copiapó"' in page.content.decode()
    assert "This step is kept once the marked answers are changed." in page.content.decode()
    assert letters_to(LUCIA) == ["application_resume"]


def test_a_changed_address_ends_the_link_that_went_to_the_old_one(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)
    client.post(work_step(application.submission_key), {**WORK, "later": "1"})
    link = resume_link()

    client.post(f"/apply/{application.submission_key}/about/", {**ABOUT, "email": "other@example.org"})

    assert Client().get(link).status_code == 404


def resume_link() -> str:
    return link_in(OutboxEmail.objects.get(kind="application_resume"))


@pytest.mark.django_db(transaction=True)
def test_eight_posts_of_one_form_at_once_make_one_application() -> None:
    cohort = make_cohort()
    hidden = open_form(Client(), cohort)
    ready = threading.Barrier(8)
    answers: list[str] = []

    def post() -> None:
        try:
            client = Client()
            ready.wait()
            answer = client.post(start_address(cohort), {**hidden, **ABOUT})
            answers.append(answer.headers.get("Location", str(answer.status_code)))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [work_step(hidden["submission_key"])] * 8
    assert Application.objects.count() == 1
