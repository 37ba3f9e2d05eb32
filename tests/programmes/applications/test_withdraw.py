import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from programmes.access.models import PurposeLink
from programmes.applications import domain
from programmes.applications.models import Application
from programmes.applications.own import withdrawal_key
from programmes.applications.registry import _on_withdrawn, on_withdrawn
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.applications.applicants import (
    ABOUT,
    CARE,
    GOALS,
    HER,
    LUCIA,
    MEETING,
    WORK,
    link_in,
    make_cohort,
    make_confirmed,
    make_draft,
    open_form,
    press_confirm,
    send,
    start_address,
)

pytestmark = pytest.mark.django_db
CANARY = "canary"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def canary_in_database() -> dict[str, int]:
    """Table: rows in which the canary occurs, over every table and column there is."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            clauses = " OR ".join(f'LOWER(CAST("{column}" AS TEXT)) LIKE %s' for column in columns)
            cursor.execute(f'SELECT COUNT(*) FROM "{table}" WHERE {clauses}', [f"%{CANARY}%"] * len(columns))  # noqa: S608
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def apply_with_canaries(client: Client, cohort: Cohort) -> Application:
    """Every text that she can write holds the canary."""
    about = {
        **ABOUT,
        "email": "canary@example.org",
        "first_name": "Canary One",
        "last_name": "Canary Two",
        "preferred_name": "Canary Three",
        "form_of_address": "Dr Canary",
        "phone": "+56 900000000 canary",
    }
    work = {
        **WORK,
        "city": "Canary City",
        "employer": "Canary Mining",
        "job_title": "Canary keeper",
        "function": "other",
        "function_other": "Canary care",
        "q_qualification": "Canary degree",
    }
    goals = {
        **GOALS,
        "goals": ["board"],
        "goal_other": "Canary goal",
        "goals_words": "Canary words",
        "q_why_apply": "Canary why",
        "q_challenge": "Canary challenge",
    }
    care = {**CARE, "not_with": "Canary foe", "line_manager_email": "canary.boss@example.org"}
    hidden = open_form(client, cohort)
    client.post(start_address(cohort), {**hidden, **about})
    for step, data in {"work": work, "goals": goals, "meeting": MEETING, "care": care}.items():
        client.post(f"/apply/{hidden['submission_key']}/{step}/", data)
    application = Application.objects.get(submission_key=hidden["submission_key"])
    send(client, application)
    press_confirm(client, OutboxEmail.objects.get(kind="application_confirm"))
    application.refresh_from_db()
    assert application.email_confirmed_at is not None
    return application


def test_withdrawing_erases_every_text_wherever_it_is(client: Client, cohort: Cohort) -> None:
    application = apply_with_canaries(client, cohort)
    link = link_in(OutboxEmail.objects.get(kind="application_received"))
    before = canary_in_database()
    assert before["programmes_application"] == 1
    assert before["programmes_outboxemail"] == 2
    assert before["programmes_user"] == 1

    page = client.post(f"/application/{application.pk}/withdraw/", follow=True)

    assert canary_in_database() == {}
    assert "It is withdrawn, and erased" in page.content.decode()
    assert Client().get(link).status_code == 404


def test_what_stays_is_evidence_without_a_person(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    submitted_at = application.submitted_at

    domain.withdraw_application(application=application, by=HER)

    application.refresh_from_db()
    assert (application.status, application.role, application.cohort, application.submitted_at) == (
        "withdrawn",
        "mentee",
        cohort,
        submitted_at,
    )
    assert application.erased_at == application.withdrawn_at is not None
    assert (application.email, application.name, application.user, application.answers) == ("", "Erased", None, {})
    evidence = application.consents.values_list("purpose", "granted", "at")
    assert ("privacy", True, submitted_at) in evidence
    event = AuditEvent.objects.get(verb="application.withdrawn")
    assert event.details == {"role": "mentee", "before": "submitted", "whom": withdrawal_key("mentee", LUCIA)}


def test_it_asks_first_and_a_repeat_does_nothing(client: Client, cohort: Cohort) -> None:
    application = apply_with_canaries(client, cohort)
    address = f"/application/{application.pk}/withdraw/"

    asked = client.get(address)
    application.refresh_from_db()
    assert ("Withdraw your application?" in asked.content.decode(), application.status) == (True, "submitted")
    pages = [client.post(address, follow=True) for _number in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert AuditEvent.objects.filter(verb="application.withdrawn").count() == 1


def test_a_draft_can_be_erased_too(cohort: Cohort) -> None:
    draft = make_draft(cohort)

    domain.withdraw_application(application=draft, by=HER)

    draft.refresh_from_db()
    assert (draft.status, draft.email, draft.submitted_at) == ("withdrawn", "", None)


def test_higher_rooms_hear_of_it_in_the_same_transaction(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    heard: list[tuple[int, str, bool]] = []

    def hear(withdrawn: Application) -> None:
        heard.append((withdrawn.pk, withdrawn.email, connection.in_atomic_block))

    on_withdrawn(hear)
    try:
        domain.withdraw_application(application=application, by=HER)
    finally:
        _on_withdrawn.remove(hear)

    assert heard == [(application.pk, LUCIA, True)]


def test_letters_that_have_not_gone_yet_stay(cohort: Cohort) -> None:
    application = make_confirmed(cohort)

    domain.withdraw_application(application=application, by=HER)

    rows = set(OutboxEmail.objects.values_list("state", "subject", "body", "recipient_name"))
    assert rows == {("held", "", "", "")}


def test_her_other_part_goes_on(cohort: Cohort) -> None:
    mentee, mentor = make_confirmed(cohort), make_confirmed(cohort, role="mentor")

    domain.withdraw_application(application=mentee, by=HER)

    mentor.refresh_from_db()
    assert (mentor.status, mentor.email, mentor.user) == ("submitted", LUCIA, User.objects.get(email=LUCIA))
    states = OutboxEmail.objects.filter(recipient=LUCIA).values_list("event_key", flat=True)
    assert set(states) == {f"application.confirm:{mentor.pk}", f"application.received:{mentor.pk}"}


def test_an_account_that_she_uses_stays(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    User.objects.update(last_login=application.submitted_at)

    domain.withdraw_application(application=application, by=HER)

    assert User.objects.filter(email=LUCIA).count() == 1


def test_all_her_links_end(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    for letter in OutboxEmail.objects.all():
        link_in(letter)

    domain.withdraw_application(application=application, by=HER)

    assert PurposeLink.objects.filter(subject_id=application.pk, revoked_at=None).count() == 0


def test_she_can_apply_again(cohort: Cohort) -> None:
    domain.withdraw_application(application=make_confirmed(cohort), by=HER)

    assert make_confirmed(cohort).status == "submitted"
