from datetime import timedelta

import pytest
from django.test import Client

from programmes.applications.models import Application
from programmes.applications.wording import describe_standing
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.matching.board.cast import make_cast, publish
from tests.programmes.applications.applicants import (
    ABOUT,
    LUCIA,
    WORK,
    letters_to,
    link_in,
    make_cohort,
    make_confirmed,
    make_sent,
    post_all,
    press_confirm,
    send,
    work_step,
)
from wimmentor.base import clock as base_clock
from wimmentor.base.clock import shifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(mentee_places=60)


def open_status(client: Client, application: Application) -> str:
    letter = OutboxEmail.objects.get(event_key=f"application.received:{application.pk}")
    return client.get(link_in(letter), follow=True).content.decode()


def stages(application: Application) -> list[tuple[str, str]]:
    return [(stage.title, stage.state) for stage in describe_standing(application, base_clock.now()).stages]


def test_her_page_opens_by_the_link_and_says_what_comes(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)

    page = open_status(client, application)

    assert "Lucía, your application is with us." in page
    assert "whatever the answer" in page
    assert stages(application) == [
        ("You sent it", "past"),
        ("You confirmed your e-mail address", "past"),
        ("We read every application", "here"),
        ("You hear from us", ""),
        ("We propose a mentor", ""),
        ("Kick-off", ""),
    ]


def test_before_confirming_her_page_asks_for_it(cohort: Cohort) -> None:
    application = make_sent(cohort)

    standing = describe_standing(application, base_clock.now())

    assert standing.headline == "Lucía, one press is missing."
    assert [stage.state for stage in standing.stages][:3] == ["past", "here", ""]


@pytest.mark.parametrize(
    ("status", "headline", "here"),
    [
        ("shortlisted", "Lucía, your application is with us.", "We read every application"),
        ("accepted", "Lucía, you have a place.", "We propose a mentor"),
        ("waitlisted", "Lucía, you are on the waiting list.", "You are on the waiting list"),
    ],
)
def test_each_status_in_words(cohort: Cohort, status: str, headline: str, here: str) -> None:
    application = make_confirmed(cohort)
    application.status = status

    standing = describe_standing(application, base_clock.now())

    assert standing.headline == headline
    assert [stage.title for stage in standing.stages if stage.state == "here"] == [here]


def test_a_refusal_says_what_can_still_be_done(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    Application.objects.update(status="declined", decided_at=base_clock.now())

    page = open_status(client, application)

    assert "there is no place for you this time" in page
    assert "See which programmes are open" in page


def test_how_many_applied_is_said_from_five_on(cohort: Cohort) -> None:
    people = [make_confirmed(cohort, email=f"woman{number}@example.org") for number in range(5)]

    assert "So far 5 people have applied for 60 places." in describe_standing(people[0], base_clock.now()).lead
    people[4].delete()
    assert "So far" not in describe_standing(people[0], base_clock.now()).lead


def test_nobody_else_opens_it(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    stranger = Client()
    stranger.force_login(User.objects.create_user("mallory@example.org"))

    answers = [
        each.get(f"/application/{application.pk}/{path}")
        for each in (client, stranger)
        for path in ("", "withdraw/", "confirm/", "resume/")
    ]

    assert [answer.status_code for answer in answers] == [404] * 8
    assert stranger.get("/account/applications/").content.decode().count("Primera Veta") == 0


def test_signed_in_she_opens_it_without_a_link(client: Client, cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    client.force_login(User.objects.get(email=LUCIA))

    listed = client.get("/account/applications/").content.decode()
    page = client.get(f"/application/{application.pk}/")

    assert f'href="/application/{application.pk}/"' in listed
    assert page.status_code == 200
    assert f'href="/application/{application.pk}/"' in client.get("/account/").content.decode()


def test_answers_change_while_applications_are_open(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    send(client, application)

    page = client.post(work_step(application.submission_key), {**WORK, "city": "Calama"}, follow=True)

    application.refresh_from_db()
    assert application.city == "Calama"
    assert "All your answers" in page.content.decode()


def test_the_address_of_a_sent_application_stays(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    send(client, application)

    client.post(f"/apply/{application.submission_key}/about/", {**ABOUT, "email": "other@example.org"})

    application.refresh_from_db()
    assert application.email == LUCIA


def post_calama(client: Client, application: Application) -> str:
    """The page to which an attempt to change the answers leads."""
    client.post(work_step(application.submission_key), {**WORK, "city": "Calama"})
    page = client.get(work_step(application.submission_key), follow=True)
    application.refresh_from_db()
    return str(page.request["PATH_INFO"])


def test_after_the_deadline_answers_stay_as_they_are(client: Client, cohort: Cohort) -> None:
    with shifted(cohort.closes_at - base_clock.now() - timedelta(hours=1)):
        application = post_all(client, cohort)
        send(client, application)
        with shifted(timedelta(hours=2)):
            address = post_calama(client, application)

    assert (application.city, address) == ("Copiapó", f"/application/{application.pk}/")


def test_decided_answers_stay_as_they_are(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    send(client, application)
    Application.objects.update(status="accepted")

    address = post_calama(client, application)

    assert (application.city, address) == ("Copiapó", f"/application/{application.pk}/")


def test_an_expired_link_is_renewed(client: Client, cohort: Cohort) -> None:
    make_confirmed(cohort)
    link = link_in(OutboxEmail.objects.get(kind="application_received"))

    with shifted(timedelta(days=181)):
        page = client.get(link)
        client.post(link)

    assert (page.status_code, "l…@example.org" in page.content.decode()) == (410, True)
    assert letters_to(LUCIA)[-1] == "application_page"


def test_a_new_link_is_sent_from_her_page(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    send(client, application)
    press_confirm(client, OutboxEmail.objects.get(kind="application_confirm"))

    page = client.post(f"/apply/{application.submission_key}/send/", follow=True)

    assert page.request["PATH_INFO"] == f"/application/{application.pk}/"
    assert letters_to(LUCIA)[-1] == "application_page"


def test_her_page_costs_the_same_whatever_she_wrote(client: Client, cohort: Cohort, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    application = post_all(client, cohort)
    send(client, application)
    press_confirm(client, OutboxEmail.objects.get(kind="application_confirm"))

    with django_assert_num_queries(5):
        client.get(f"/application/{application.pk}/")


def test_who_was_asked_reads_where_the_proposal_is(db: None) -> None:
    cast = make_cast()
    before = describe_standing(cast["Lucía"], base_clock.now())
    publish(cast)

    standing = describe_standing(cast["Lucía"], base_clock.now())

    assert (before.is_proposed, standing.is_proposed) == (False, True)
    assert standing.lead == "We wrote to you about your mentor. The link in our newest e-mail opens that page."
    assert ("We propose a mentor", "past") in [(stage.title, stage.state) for stage in standing.stages]
