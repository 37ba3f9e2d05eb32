from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from programmes.cohorts import domain
from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.queries import cohort_by_path, open_cohorts, order_programmes, public_programmes
from programmes.organisations.models import Organisation
from tests.programmes.cohorts.conftest import make_cohort, make_organisation, make_programme
from wimmentor.base import clock as site_clock
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

PAGE = "/programmes/wim-cordillera/primera-veta/"


def open_it(cohort: Cohort) -> Cohort:
    return domain.open_cohort(cohort=cohort, by=SYSTEM)


@pytest.fixture
def while_open(cohort: Cohort) -> object:
    """The days on which the cohort takes applications."""
    open_it(cohort)
    with site_clock.shifted(cohort.opens_at - site_clock.now() + timedelta(days=1)):
        yield cohort


def page_text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_is_public_before_it_is_opened(client: Client, cohort: Cohort) -> None:
    assert "Primera Veta" not in page_text(client, "/")
    assert "Primera Veta" not in page_text(client, "/programmes/")
    assert client.get(PAGE).status_code == 404
    assert client.get("/programmes/wim-cordillera/privacy/").status_code == 404


def test_organisation_that_loses_its_verification_is_no_longer_public(
    client: Client, cohort: Cohort, organisation: Organisation
) -> None:
    open_it(cohort)
    Organisation.objects.filter(pk=organisation.pk).update(verified_at=None)

    assert client.get(PAGE).status_code == 404
    assert list(public_programmes()) == []


def test_what_is_not_public_answers_like_what_does_not_exist(client: Client, cohort: Cohort) -> None:
    hidden = client.get(PAGE)
    missing = client.get("/programmes/wim-cordillera/nothing-here/")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content == missing.content


def test_page_before_the_opening(client: Client, cohort: Cohort) -> None:
    open_it(cohort)

    page = page_text(client, PAGE)

    assert "Applications open on Thursday 2 November 2090, 09:00 in Santiago (UTC−3)." in page
    assert "Apply as a mentee" not in page


def test_page_while_open(client: Client, while_open: Cohort) -> None:
    page = page_text(client, PAGE)

    for role in ("mentee", "mentor"):
        address = reverse("apply-start", args=["wim-cordillera", "primera-veta", "cohort-2091", role])
        assert f'href="{address}"' in page
    assert "Wednesday 10 January 2091, 23:59 in Santiago (UTC−3)" in page
    assert "<li>You are 18 or older.</li>" in page
    assert "<script" not in page
    assert list(open_cohorts(site_clock.now())) == [while_open]


def test_page_after_the_deadline(client: Client, cohort: Cohort) -> None:
    open_it(cohort)
    with site_clock.shifted(cohort.closes_at - site_clock.now()):
        page = page_text(client, PAGE)

    assert "Applications closed on Wednesday 10 January 2091, 23:59 in Santiago (UTC−3)." in page
    assert "Apply as a mentee" not in page


def test_page_names_the_next_edition(client: Client, while_open: Cohort, programme: Programme) -> None:
    later = make_cohort(programme, "Cohort 2099")
    Cohort.objects.filter(pk=later.pk).update(opens_at=later.closes_at, closes_at=later.closes_at + timedelta(days=9))
    later.refresh_from_db()
    Cohort.objects.filter(pk=later.pk).update(phase="open", opened_at=site_clock.now())

    assert "cohort-2091/mentee" in page_text(client, PAGE)


def fill(count: int) -> None:
    """So many programmes that take applications, each of its own organisation."""
    for number in range(count):
        cohort = make_cohort(make_programme(make_organisation(f"wim-{number}"), f"Veta {number}"))
        open_it(cohort)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(
    client: Client,
    while_open: Cohort,
    programme: Programme,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    fill(rows)
    for number in range(rows):
        open_it(make_cohort(programme, f"More {number}"))

    with django_assert_num_queries(2):
        client.get(PAGE)
    with django_assert_num_queries(4):
        client.get("/")
    with django_assert_num_queries(4):
        client.get("/programmes/?q=veta&open=now")


def names(**filters: str) -> list[str]:
    found = public_programmes(**filters)
    return [Programme.objects.get(pk=pk).name for pk in order_programmes(found)]


def test_filters_keep_whoever_can_apply(organisation: Organisation) -> None:
    for name, values in {
        "Chile": {"countries": ("CL",), "languages": ("es",), "scope": ("graduate",)},
        "Anywhere": {"countries": (), "languages": ("en",), "scope": ("all",)},
        "Élan": {"countries": ("FR",), "languages": ("fr", "en"), "scope": ("mid",)},
    }.items():
        open_it(make_cohort(make_programme(organisation, name, **values)))

    assert names() == ["Anywhere", "Chile", "Élan"]
    assert names(country="CL") == ["Anywhere", "Chile"]
    assert names(country="KE") == ["Anywhere"]
    assert names(language="en") == ["Anywhere", "Élan"]
    assert names(stage="graduate") == ["Anywhere", "Chile"]
    assert names(country="FR", stage="mid", language="fr") == ["Élan"]


def test_directory_search_folds_accents_and_pages(client: Client, organisation: Organisation) -> None:
    pattern = open_it(make_cohort(make_programme(organisation, "Deep Shift", summary="Lead a crew.")))
    for number in range(51):
        other = Programme.objects.create(organisation=organisation, name=f"Ñandú {number:02}", slug=f"n-{number}")
        pattern.pk, pattern.programme = None, other
        pattern.save(force_insert=True)

    first = client.get("/programmes/", {"q": "NANDU"})
    second = client.get("/programmes/", {"q": "NANDU", "page": "2"})

    assert [len(answer.context["entries"]) for answer in (first, second)] == [50, 1]
    assert [entry.programme.name for entry in client.get("/programmes/?q=crew").context["entries"]] == ["Deep Shift"]


@pytest.mark.parametrize("query", ["country=XX", "language=%00", "q=%00", "stage=<b>", "page=zz", "open=maybe"])
def test_filters_never_refuse(client: Client, while_open: Cohort, query: str) -> None:
    assert client.get(f"/programmes/?{query}").status_code == 200
    assert client.get(f"/?{query}").status_code == 200


def test_home_parts_open_from_coming(client: Client, while_open: Cohort, organisation: Organisation) -> None:
    coming = make_cohort(make_programme(organisation, "Shield and Shaft"))
    open_it(coming)
    Cohort.objects.filter(pk=coming.pk).update(opens_at=coming.opens_at + timedelta(days=30))

    home = client.get("/").context

    assert [(entry.programme.name, entry.state) for entry in home["taking"]] == [
        ("Primera Veta", "Open until 10 January 2091")
    ]
    assert [(entry.programme.name, entry.state) for entry in home["coming"]] == [
        ("Shield and Shaft", "Opens 2 December")
    ]


def test_notices_name_the_controller(client: Client, while_open: Cohort) -> None:
    notice = page_text(client, "/programmes/wim-cordillera/privacy/")

    assert "Wim Cordillera decides what happens with your application." in notice
    assert "mailto:hello@wim-cordillera.example.org" in notice
    assert "Version of 25 November 2026" in notice
    for address in ("/privacy/", "/help/", "/conduct/"):
        assert "<h1>" in page_text(client, address)
    assert "hello@wim-cordillera.example.org" in page_text(client, "/help/")


def test_cohort_by_path(cohort: Cohort) -> None:
    assert cohort_by_path("wim-cordillera/primera-veta/cohort-2091") == cohort
    assert cohort_by_path(str(cohort.pk)) == cohort


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("999999", "There is no cohort with the id 999999."),
        ("9" * 30, f"There is no cohort with the id {'9' * 30}."),
        ("primera-veta", "“primera-veta” names no cohort. Write organisation/programme/cohort, or the id."),
        ("nobody/x/y", "There is no programme of an organisation “nobody”."),
        ("wim-cordillera/x/y", "“wim-cordillera” has no programme “x”."),
        ("wim-cordillera/primera-veta/y", "The programme “primera-veta” has no cohort “y”."),
    ],
)
def test_cohort_by_path_says_what_is_missing(cohort: Cohort, text: str, reason: str) -> None:
    with pytest.raises(DomainError) as caught:
        cohort_by_path(text)

    assert str(caught.value.message) == reason
