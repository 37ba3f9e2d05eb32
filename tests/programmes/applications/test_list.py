import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.applications.models import Application
from programmes.applications.queries import (
    ApplicationFilters,
    accepted,
    confirmed,
    count_cohort,
    search_applications,
    sort_applications,
    unconfirmed,
)
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from programmes.cohorts.registry import CohortCounts, LanguageCount, RoleCounts
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def names_on(page: str) -> list[str]:
    return re.findall(r'<a class="plain"[^>]*>([^<]+)</a>', page)


def first_names(applications: list[Application]) -> list[str]:
    return [application.first_name for application in applications]


def names(applications: list[Application]) -> list[str]:
    return [application.name for application in applications]


def test_only_what_was_sent_and_is_hers_counts(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas")
    apply_as(cohort, "Berta Cano", source="import", email_confirmed_at=None)
    apply_as(cohort, "Carla Unread", email_confirmed_at=None)
    apply_as(cohort, "Dora Draft", status="draft", submitted_at=None)
    apply_as(cohort, "Elsa Gone", status="withdrawn")
    apply_as(make_cohort("wim-andes"), "Frida Elsewhere")

    assert first_names(list(confirmed(cohort))) == ["Ana", "Berta"]
    assert first_names(list(unconfirmed(cohort))) == ["Carla"]


def test_accepted_are_those_of_one_role(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", status="accepted")
    apply_as(cohort, "Berta Cano")
    apply_as(cohort, "Carmen Vega", status="accepted", role="mentor")

    assert first_names(list(accepted(cohort, "mentee"))) == ["Ana"]
    assert first_names(list(accepted(cohort, "mentor"))) == ["Carmen"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (ApplicationFilters(text="nandu"), ["Ana"]),
        (ApplicationFilters(text="BERTA cano"), ["Berta"]),
        (ApplicationFilters(text="carmen.vega@"), ["Carmen"]),
        (ApplicationFilters(text="100%"), []),
        (ApplicationFilters(role="mentor"), ["Carmen"]),
        (ApplicationFilters(status="shortlisted"), ["Berta"]),
        (ApplicationFilters(country="PE"), ["Berta"]),
        (ApplicationFilters(language="en"), ["Ana", "Carmen"]),
        (ApplicationFilters(language="en", role="mentee"), ["Ana"]),
    ],
)
def test_filters_narrow_and_fold(cohort: Cohort, filters: ApplicationFilters, found: list[str]) -> None:
    apply_as(cohort, "Ana Rojas", employer="Minera ÑANDÚ", languages=("es", "en"))
    apply_as(cohort, "Berta Cano", country="PE", status="shortlisted")
    apply_as(cohort, "Carmen Vega", role="mentor", languages=("en",))

    assert first_names(list(search_applications(confirmed(cohort), filters))) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Álvara", "Ana", "Ana María", "Anabel", "Zoë"]),
        ("-name", ["Zoë", "Anabel", "Ana María", "Ana", "Álvara"]),
        # Algeria, Chile, Germany, South Africa: by name, not by code.
        ("country", ["Zoë", "Álvara", "Anabel", "Ana", "Ana María"]),
        ("status", ["Ana", "Ana María", "Álvara", "Zoë", "Anabel"]),
        ("strange", ["Álvara", "Ana", "Ana María", "Anabel", "Zoë"]),
    ],
)
def test_order_is_the_same_on_every_database(cohort: Cohort, sort: str, order: list[str]) -> None:
    people = [("Anabel", "DE", "declined"), ("Zoë", "DZ", "waitlisted"), ("Ana", "ZA", "submitted")]
    people += [("Ana María", "ZA", "submitted"), ("Álvara", "CL", "accepted")]
    for name, country, status in people:
        apply_as(cohort, name, country=country, status=status)

    found = sort_applications(confirmed(cohort), sort, {"DE", "DZ", "ZA", "CL"})
    assert names(list(found)) == order


def test_counts_for_the_overview(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", status="accepted", languages=("es", "en"))
    apply_as(cohort, "Berta Cano", status="shortlisted")
    apply_as(cohort, "Carla Unread", email_confirmed_at=None)
    apply_as(cohort, "Carmen Vega", role="mentor", status="accepted", capacity=2, languages=("es",))
    apply_as(cohort, "Delia Soto", role="mentor", status="accepted", languages=("en",))
    apply_as(cohort, "Elena Paz", role="mentor", status="declined")

    assert count_cohort(cohort) == CohortCounts(
        mentees=RoleCounts(started=3, sent=2, undecided=1, accepted=1),
        mentors=RoleCounts(started=3, sent=3, accepted=2, declined=1),
        mentor_places=3,
        languages=(LanguageCount("es", 1, 2), LanguageCount("en", 1, 1)),
    )


def test_page_shows_filtered_people_and_places(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", status="accepted", job_title="Geologist", years_experience=3)
    apply_as(cohort, "Berta Cano")
    apply_as(cohort, "Carla Unread", email_confirmed_at=None)
    client = sign_in(cohort)

    page = client.get(address("applications-list", cohort), {"status": "accepted"}).content.decode()

    assert names_on(page) == ["Ana Rojas"]
    assert "Geologist, 3 years" in page
    assert "1 of 2 shown." in page
    assert "3 places for mentees: 1 accepted, 2 left." in page
    assert "1 more waits for the e-mail to be confirmed." in page
    assert "Carla" not in page


def test_unconfirmed_stand_apart_and_nobody_can_choose_them(cohort: Cohort) -> None:
    application = apply_as(cohort, "Carla Unread", email_confirmed_at=None, employer="Secret Mine")
    client = sign_in(cohort)

    page = client.get(address("applications-list", cohort), {"status": "unconfirmed"}).content.decode()
    detail = client.get(address("application-detail", cohort, pk=application.pk))

    assert "Carla Unread" in page
    assert 'name="chosen"' not in page
    assert "Secret Mine" not in page
    assert detail.status_code == 404


def test_fifty_a_page(cohort: Cohort) -> None:
    for number in range(51):
        apply_as(cohort, f"Ana {number:02d}")
    client = sign_in(cohort)

    first = client.get(address("applications-list", cohort)).content.decode()
    second = client.get(address("applications-list", cohort), {"page": 2}).content.decode()

    assert len(names_on(first)) == 50
    assert names_on(second) == ["Ana 50"]


@pytest.mark.parametrize("people", [1, 3])
def test_list_takes_the_same_few_queries(cohort: Cohort, people: int) -> None:
    for number in range(people):
        apply_as(cohort, f"Ana {number}", country=("CL", "PE", "BO")[number])
    client = sign_in(cohort)

    with CaptureQueriesContext(connection) as queries:
        client.get(address("applications-list", cohort), {"sort": "country"})

    assert len(queries) == 7


def test_reviewer_reads_and_cannot_decide_export_or_import(cohort: Cohort) -> None:
    application = apply_as(cohort, "Ana Rojas")
    client = sign_in(cohort, "rita@example.org", role="reviewer")

    page = client.get(address("applications-list", cohort)).content.decode()
    codes = [
        client.get(address("application-detail", cohort, pk=application.pk)).status_code,
        client.post(address("applications-decide", cohort)).status_code,
        client.get(address("applications-export", cohort, form="csv")).status_code,
        client.get(address("import-new", cohort)).status_code,
    ]

    assert names_on(page) == ["Ana Rojas"]
    assert 'name="chosen"' not in page
    assert codes == [200, 403, 403, 403]


def test_reviewer_does_not_read_what_is_promised_to_coordinators_only(cohort: Cohort) -> None:
    application = apply_as(cohort, "Ana Rojas", employer="Minera Alta", not_with="Rival Corp", phone="+56 9 1234 5678")
    address_of = address("application-detail", cohort, pk=application.pk)

    hers = sign_in(cohort, "rita@example.org", role="reviewer").get(address_of).content.decode()
    theirs = sign_in(cohort).get(address_of).content.decode()

    assert [word in hers for word in ("Minera Alta", "Rival Corp", "+56 9 1234 5678")] == [True, False, False]
    assert [word in theirs for word in ("Minera Alta", "Rival Corp", "+56 9 1234 5678")] == [True, True, True]


def test_detail_groups_answers_marks_private_ones_and_tells_history(cohort: Cohort) -> None:
    application = apply_as(
        cohort, "Ana Rojas", employer="Minera Alta", not_with="Rival Corp", goals=("leadership", "My own words")
    )
    application.consents.create(purpose="privacy", version="1", granted=True, at=application.submitted_at)
    record_event("application.confirmed", by=SYSTEM, subject=application, cohort_id=cohort.pk)
    client = sign_in(cohort)

    page = client.get(address("application-detail", cohort, pk=application.pk)).content.decode()

    assert "Lead, or be promoted; My own words" in page
    assert re.search(r'<dt>Not with <svg[^>]*aria-label="seen by coordinators only"', page)
    assert not re.search(r"<dt>Employer <svg", page)
    assert "e-mail confirmed" in page
    assert re.search(r"Privacy notice: yes", page)


def test_another_organisations_ids_answer_like_missing_ones(cohort: Cohort) -> None:
    other = make_cohort("wim-andes")
    theirs = apply_as(other, "Frida Elsewhere")
    client = sign_in(cohort)

    missing = client.get(address("application-detail", cohort, pk=999_999_999))
    foreign = client.get(address("application-detail", cohort, pk=theirs.pk))
    foreign_list = client.get(address("applications-list", other))
    no_list = client.get(
        reverse("applications-list", kwargs={"organisation": "none", "programme": "none", "cohort": "none"})
    )

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    assert (foreign_list.status_code, no_list.status_code) == (404, 404)
    assert foreign_list.content == no_list.content


def test_strangers_are_sent_to_sign_in(cohort: Cohort) -> None:
    answer = Client().get(address("applications-list", cohort))

    assert answer.status_code == 302
    assert "login" in answer["Location"]
