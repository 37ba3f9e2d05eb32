import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from programmes.applications import domain
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.applications.applicants import (
    HER,
    LUCIA,
    letters_to,
    link_in,
    make_cohort,
    make_confirmed,
    make_sent,
    post_all,
    press_confirm,
    send,
)
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def confirm_letter(application: Application) -> OutboxEmail:
    return OutboxEmail.objects.get(event_key=f"application.confirm:{application.pk}")


def test_opening_the_link_changes_nothing_pressing_the_button_confirms(client: Client, cohort: Cohort) -> None:
    application = make_sent(cohort)
    page = client.get(link_in(confirm_letter(application)), follow=True)
    application.refresh_from_db()
    assert (application.email_confirmed_at, "is this your address?" in page.content.decode()) == (None, True)

    answer = client.post(page.request["PATH_INFO"], follow=True)

    application.refresh_from_db()
    lucia = User.objects.get(email=LUCIA)
    assert application.user == lucia
    assert (lucia.name, lucia.has_usable_password()) == ("Lucía Paredes Rojas", False)
    assert EmailAddress.objects.get(user=lucia).verified is True
    assert answer.request["PATH_INFO"] == f"/application/{application.pk}/"
    assert letters_to(LUCIA) == ["application_confirm", "application_received"]


def test_confirming_twice_is_once(client: Client, cohort: Cohort) -> None:
    application = make_sent(cohort)
    letter = confirm_letter(application)

    press_confirm(client, letter)
    again = press_confirm(client, letter)

    assert again.request["PATH_INFO"] == f"/application/{application.pk}/"
    assert letters_to(LUCIA) == ["application_confirm", "application_received"]


def test_an_account_with_this_address_is_used(cohort: Cohort) -> None:
    lucia = User.objects.create_user(LUCIA.upper(), name="Lucía P.")

    assert make_confirmed(cohort).user == lucia
    assert User.objects.count() == 1


def test_without_the_link_nothing_can_be_confirmed(client: Client, cohort: Cohort) -> None:
    application = post_all(client, cohort)
    send(client, application)

    answers = [
        client.get(f"/application/{application.pk}/confirm/"),
        client.post(f"/application/{application.pk}/confirm/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_after_an_earlier_application_she_chooses_which_answers_count(client: Client, cohort: Cohort) -> None:
    earlier = make_confirmed(cohort, city="Calama")
    newer = make_sent(cohort, city="Copiapó")

    page = client.get(link_in(confirm_letter(newer)), follow=True).content.decode()

    assert "You have applied before" in page
    assert "Use my new answers" in page
    earlier.refresh_from_db()
    newer.refresh_from_db()
    assert (earlier.city, newer.email_confirmed_at) == ("Calama", None)


def test_keeping_the_earlier_answers_erases_the_new_ones(client: Client, cohort: Cohort) -> None:
    earlier = make_confirmed(cohort, city="Calama")
    newer = make_sent(cohort, city="Copiapó")

    page = press_confirm(client, confirm_letter(newer), choice="keep")

    earlier.refresh_from_db()
    newer.refresh_from_db()
    assert page.request["PATH_INFO"] == f"/application/{earlier.pk}/"
    assert (earlier.status, earlier.city) == ("submitted", "Calama")
    assert (newer.status, newer.city, newer.email) == ("withdrawn", "", "")
    assert letters_to(LUCIA) == ["application_confirm", "application_received"]
    assert User.objects.filter(email=LUCIA).count() == 1


def test_using_the_new_answers_keeps_one_application(client: Client, cohort: Cohort) -> None:
    earlier = make_confirmed(cohort, city="Calama")
    newer = make_sent(cohort, city="Copiapó")

    press_confirm(client, confirm_letter(newer), choice="replace")

    earlier.refresh_from_db()
    newer.refresh_from_db()
    assert (earlier.status, earlier.city, earlier.email) == ("submitted", "Copiapó", LUCIA)
    assert earlier.consents.filter(granted=True).count() == 8
    assert (newer.status, newer.city) == ("withdrawn", "")


@pytest.mark.parametrize("choice", ["keep", "replace"])
def test_a_second_press_leads_to_the_answers_that_count(client: Client, cohort: Cohort, choice: str) -> None:
    earlier = make_confirmed(cohort, city="Calama")
    newer = make_sent(cohort, city="Copiapó")
    press_confirm(client, confirm_letter(newer), choice=choice)

    again = client.post(f"/application/{newer.pk}/confirm/", {"choice": choice}, follow=True)
    back = client.get(f"/application/{newer.pk}/confirm/", follow=True)

    assert [answer.request["PATH_INFO"] for answer in (again, back)] == [f"/application/{earlier.pk}/"] * 2
    assert [answer.status_code for answer in (again, back)] == [200, 200]
    assert Client().post(f"/application/{newer.pk}/confirm/", {"choice": choice}).status_code == 404


def test_decided_answers_are_not_replaced(client: Client, cohort: Cohort) -> None:
    earlier = make_confirmed(cohort, city="Calama")
    newer = make_sent(cohort, city="Copiapó")
    Application.objects.filter(pk=earlier.pk).update(status="accepted")

    page = press_confirm(client, confirm_letter(newer), choice="replace")

    earlier.refresh_from_db()
    assert (earlier.status, earlier.city) == ("accepted", "Calama")
    assert "being read, or decided" in page.content.decode()


def test_an_application_from_a_spreadsheet_becomes_hers(client: Client, cohort: Cohort) -> None:
    listed = Application.objects.create(
        cohort=cohort, role="mentee", email=LUCIA, source="import", status="submitted", submitted_at=cohort.opens_at
    )
    newer = make_sent(cohort, city="Copiapó")

    page = client.get(link_in(confirm_letter(newer)), follow=True)
    assert "from its own list" in page.content.decode()
    press_confirm(client, confirm_letter(newer), choice="replace")

    listed.refresh_from_db()
    assert (listed.city, listed.user) == ("Copiapó", User.objects.get(email=LUCIA))
    assert listed.email_confirmed_at is not None


def test_one_woman_in_two_roles_where_the_cohort_allows_it(cohort: Cohort) -> None:
    mentee, mentor = make_confirmed(cohort), make_confirmed(cohort, role="mentor")

    assert mentee.user == mentor.user
    assert Application.objects.filter(email_confirmed_at__isnull=False).count() == 2


def test_one_role_only_is_said_after_the_address_is_confirmed(client: Client) -> None:
    cohort = make_cohort(both_roles_allowed=False)
    mentor = make_confirmed(cohort, role="mentor")
    mentee = make_sent(cohort)

    page = client.get(link_in(confirm_letter(mentee)), follow=True)
    assert "You have applied as mentor already" in page.content.decode()
    after = press_confirm(client, confirm_letter(mentee), choice="keep")

    mentee.refresh_from_db()
    assert after.request["PATH_INFO"] == f"/application/{mentor.pk}/"
    assert (mentee.status, mentee.email) == ("withdrawn", "")


def test_the_other_role_is_free_after_a_withdrawal() -> None:
    cohort = make_cohort(both_roles_allowed=False)
    mentor = make_confirmed(cohort, role="mentor")
    domain.withdraw_application(application=mentor, by=HER)

    assert make_confirmed(cohort).email_confirmed_at is not None


def test_confirming_a_withdrawn_application_is_refused(cohort: Cohort) -> None:
    application = make_sent(cohort)
    domain.withdraw_application(application=application, by=HER)

    with pytest.raises(DomainError) as refusal:
        domain.confirm_email(application=application, by=HER)

    assert refusal.value.code == "nothing_to_confirm"


@pytest.mark.django_db(transaction=True)
def test_two_applications_confirmed_at_once_count_once() -> None:
    cohort = make_cohort()
    sent = [make_sent(cohort), make_sent(cohort)]
    ready = threading.Barrier(2)
    codes: list[str] = []

    def confirm(application: Application) -> None:
        try:
            ready.wait()
            domain.confirm_email(application=application, by=HER)
            codes.append("confirmed")
        except DomainError as error:
            codes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[application]) for application in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == ["confirmed", "earlier_exists"]
    assert Application.objects.filter(email_confirmed_at__isnull=False).count() == 1
