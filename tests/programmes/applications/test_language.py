"""Which language a page comes in, and who may change it where."""

import re

import pytest
from django.test import Client

from programmes.access.links import create_link
from programmes.applications import domain
from programmes.applications.domain.language import language_of_imported
from programmes.cohorts.models import Cohort
from programmes.models import Application, User
from tests.programmes.applications.applicants import HER, make_cohort, make_confirmed, make_draft, post_start
from wimmentor.base.actors import Actor

pytestmark = pytest.mark.django_db
LANG = re.compile(r'<html lang="([a-z-]+)"')


def language_of(response: object) -> tuple[str, str]:
    found = LANG.search(response.content.decode())  # type: ignore[attr-defined]
    assert found is not None
    return found[1], response.headers["Content-Language"]  # type: ignore[attr-defined]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.mark.parametrize(
    ("wanted", "spoken"), [("es-MX,es;q=0.9", "es"), ("fr-CA", "fr"), ("pt-BR,pt", "en"), ("", "en"), ("x" * 400, "en")]
)
def test_stranger_reads_the_language_of_her_browser(wanted: str, spoken: str) -> None:
    response = Client(HTTP_ACCEPT_LANGUAGE=wanted).get("/")

    assert language_of(response) == (spoken, spoken)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response.headers["Vary"].split(",")}


def test_chooser_is_a_form_that_leads_back() -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")

    page = client.get("/help/").content.decode()
    answer = client.post("/language/", {"language": "fr", "next": "/help/"})

    assert '<form class="push" method="post" action="/language/">' in page
    assert [f'lang="{code}"' in page for code in ("es", "fr")] == [True, True]
    assert answer.headers["Location"] == "/help/"
    assert language_of(client.get("/help/")) == ("fr", "fr")


@pytest.mark.parametrize("there", ["https://there.example.org/", "//there.example.org", "javascript:alert(1)", ""])
def test_chooser_leads_nowhere_else(there: str) -> None:
    assert Client().post("/language/", {"language": "es", "next": there}).headers["Location"] == "/"


def test_chooser_takes_no_other_language_and_no_get() -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="es")

    unknown = client.post("/language/", {"language": "xx", "next": "/help/"})

    assert (unknown.status_code, "django_language" in client.cookies) == (302, False)
    assert client.get("/language/?language=fr").status_code == 405


def test_signed_in_she_reads_her_own_language_everywhere() -> None:
    user = User.objects.create_user("ana@example.org", language="es")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)

    before = language_of(client.get("/account/"))
    client.post("/language/", {"language": "fr", "next": "/account/"})

    user.refresh_from_db()
    assert (before, user.language) == (("es", "es"), "fr")
    assert language_of(client.get("/help/")) == ("fr", "fr")


def test_application_takes_the_language_it_was_filled_in(cohort: Cohort) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="es")

    application = post_start(client, cohort)

    assert application.language == "es"
    assert "language" not in client.get(f"/apply/{application.submission_key}/about/").context["form"].fields


def test_draft_follows_the_language_and_what_is_sent_stays(cohort: Cohort) -> None:
    draft = make_draft(cohort)
    saved = domain.save_step(application=draft, step="care", values={}, answers={}, language="fr", by=HER)
    sent = domain.submit_application(application=saved, address_proven=False, by=HER)

    domain.save_step(application=sent, step="care", values={}, answers={}, language="es", by=HER)

    assert Application.objects.get(pk=draft.pk).language == "fr"


def test_link_of_a_letter_opens_in_its_language(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    link = create_link(purpose="application.status", subject_id=application.pk, language="es")
    client = Client(HTTP_ACCEPT_LANGUAGE="fr")

    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)

    assert (page.status_code, language_of(page)) == (200, ("es", "es"))


def test_she_changes_it_on_her_page(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    client = Client()
    client.get(
        create_link(purpose="application.status", subject_id=application.pk).removeprefix("http://127.0.0.1:8000")
    )

    answer = client.post(f"/application/{application.pk}/language/", {"language": "fr"}, follow=True)
    wrong = client.post(f"/application/{application.pk}/language/", {"language": "tlh"}, follow=True)
    stranger = Client().post(f"/application/{application.pk}/language/", {"language": "es"})

    application.refresh_from_db()
    assert application.language == "fr"
    assert language_of(answer) == ("fr", "fr")
    assert (wrong.status_code, stranger.status_code) == (200, 404)


def test_what_she_chooses_for_her_account_holds_for_her_applications(cohort: Cohort) -> None:
    application = make_confirmed(cohort)
    user = User.objects.get(email=application.email)
    other = make_confirmed(cohort, email="other@example.org")
    client = Client()
    client.force_login(user)

    client.post("/language/", {"language": "es", "next": "/account/"})

    languages = dict(Application.objects.values_list("pk", "language"))
    assert languages == {application.pk: "es", other.pk: "en"}


@pytest.mark.parametrize(
    ("cohorts", "hers", "spoken"),
    [
        (("es", "en"), ("en", "es"), "es"),
        (("en",), ("es",), "es"),
        (("en",), ("qu",), "en"),
        (("qu", "es"), (), "es"),
        (("en", "fr"), ("fr", "es"), "fr"),
    ],
)
def test_language_of_somebody_from_a_spreadsheet(
    cohort: Cohort, cohorts: tuple[str, ...], hers: tuple[str, ...], spoken: str
) -> None:
    cohort.programme.languages = cohorts

    assert language_of_imported(cohort, hers) == spoken


def test_terms_of_the_organisation_are_on_her_pages(cohort: Cohort) -> None:
    organisation = cohort.programme.organisation
    organisation.terms = {"en": {"mentee": ["protégée", "protégées"], "application": ["registration", "registrations"]}}
    organisation.save()
    application = make_confirmed(cohort, goals_words="I am a mentee")
    client = Client()
    client.force_login(User.objects.get(email=application.email))

    page = client.get(f"/application/{application.pk}/").content.decode()
    elsewhere = client.get("/help/").content.decode()

    answers = client.get(f"/apply/{application.submission_key}/check/").content.decode()

    assert "Withdraw my registration" in page
    assert "I am a mentee" in answers
    assert "registration" not in elsewhere


def test_choosing_a_language_is_written_down(cohort: Cohort) -> None:
    application = make_confirmed(cohort)

    domain.choose_application_language(application=application, language="fr", by=Actor.of(application.user))

    assert application.language == "fr"
