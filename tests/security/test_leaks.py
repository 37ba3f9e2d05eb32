"""Every text of one organisation holds a token; whoever belongs to another finds none, whatever she opens."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile, is_zipfile

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Application, Organisation, User
from tests.matrix import world
from tests.matrix.crawl import STARTS, Crawl, crawl, route_of
from tests.matrix.visitors import ELSEWHERE, ROLE_USERS, STRANGERS, client_of, taken_back
from tests.matrix.watching import written_tables
from tests.security.canaries import Canaries, plant

# What an organisation itself publishes, by field.
PUBLISHED = frozenset(
    {
        *("Organisation.name", "Organisation.full_name", "Organisation.website", "Organisation.contact_name"),
        *("Organisation.contact_email", "Programme.name", "Programme.summary", "Programme.description"),
        *("Programme.eligibility", "Cohort.name", "published Edition.label"),
        *(f"published Record.{name}" for name in ("name", "answers", "evidence", "remarks", "source")),
    }
)
# What IWiM reads to verify an organisation or to review its entry; never of people who take part.
REVIEWED = frozenset(
    {
        "Organisation.refusal_reason",
        *(f"Record.{name}" for name in ("name", "answers", "comments", "evidence", "remarks", "source")),
        *("Edition.answers", "Edition.comments", "Inquiry.text", "Inquiry.reply"),
        *("WaveResponse.contact_name", "WaveResponse.contact_email", "WaveResponse.note"),
        *("Edition.label", "EvidenceFile.name"),
        "User.name",
        "User.email",
    }
)
# Without these the search would prove nothing: their own coordinator reads them.
READ_AT_HOME = {
    *("Application.first_name", "Application.last_name", "Application.email", "Application.phone"),
    *("Application.notes", "Application.not_with", "Application.employer", "Application.job_title"),
    *("Application.goals_words", "Cohort.name", "CohortLetter.body", "OutboxEmail.subject", "OutboxEmail.body"),
    *("Record.name", "Record.answers", "Invitation.email", "User.email", "EvidenceFile.name"),
}


DEEP = {"at home", "owner elsewhere"}


@dataclass
class Planted:
    canaries: Canaries
    visitors: dict[str, Client]
    crawls: dict[str, Crawl]
    written: set[str]


@pytest.fixture(scope="module")
def planted(populated: None) -> Planted:
    """Peru speaks in tokens; people of everywhere crawl."""
    people = {**ELSEWHERE, "iwim_reviewer": STRANGERS["iwim_reviewer"], "at home": ROLE_USERS["owner"]}
    del people["coordinator elsewhere"]  # opens nothing that an owner does not
    visitors = {who: client_of(email) for who, email in people.items()}
    canaries = plant(Organisation.objects.get(slug=world.TENANT))
    with written_tables() as written:
        crawls = {who: crawl(client, starts_of(who), **depth_of(who)) for who, client in visitors.items()}
    return Planted(canaries, visitors, crawls, written)


def starts_of(who: str) -> tuple[str, ...]:
    """Of the letters only two are opened: at home one of them is one that was worded there."""
    cohort = world.peru()
    slugs = [world.TENANT, cohort.programme.slug, cohort.slug]
    return (*STARTS, reverse("letter-edit", args=[*slugs, "offer_mentee"])) if who == "at home" else STARTS


def depth_of(who: str) -> dict[str, Any]:
    """What everybody may open is opened once, by nobody in particular; the owners open several of a kind."""
    public = frozenset(route.name for route in world.routes() if route.access.permission == "public") - {"home"}
    return {"of_each": 2 if who in DEEP else 1, "without": frozenset() if who == "anonymous" else public}


def text_of(answer: Any) -> bytes:
    """What can be read in an answer, a workbook's cells included."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content + str(answer.headers).encode()


def allowed(who: str) -> frozenset[str]:
    return PUBLISHED | REVIEWED if who == "iwim_reviewer" else PUBLISHED


@pytest.mark.django_db
def test_nobody_elsewhere_reads_a_word_of_the_organisation(planted: Planted) -> None:
    heard = {
        f"{who} {path}: {sorted(fields)}"
        for who, found in planted.crawls.items()
        if who != "at home"
        for path, answer in found.answers.items()
        if (fields := planted.canaries.heard(text_of(answer), public=allowed(who)))
    }
    assert heard == set()


@pytest.mark.django_db
def test_at_home_the_tokens_are_read(planted: Planted) -> None:
    heard: set[str] = set()
    for answer in planted.crawls["at home"].answers.values():
        heard |= planted.canaries.heard(text_of(answer))
    assert READ_AT_HOME - heard == set()


@pytest.mark.django_db
def test_crawling_breaks_nothing_and_writes_nothing(planted: Planted) -> None:
    broken = {
        f"{who} {path}: {answer.status_code}"
        for who, found in planted.crawls.items()
        for path, answer in found.answers.items()
        if answer.status_code not in {200, 301, 302, 410} and path not in OFFERED_TO_STAFF
    }
    assert broken == set()
    assert planted.written - {"programmes_auditevent"} == set()


# Where a crawl begins, whoever crawls.
OFFERED_TO_STAFF = {"/staff/inventory/", "/staff/organisations/"}


@pytest.mark.django_db
def test_every_address_on_a_page_is_a_route(planted: Planted) -> None:
    assert {link for found in planted.crawls.values() for link in found.unrouted} == set()


def is_asked_for(route: world.Route, who: str) -> bool:
    """That everybody signed in gets the very 404 of a missing organisation is held by tests/matrix."""
    return who == "anonymous" or (who == "owner elsewhere" and not world.in_tenant(route))


@pytest.mark.django_db
def test_searches_and_wrong_addresses_say_no_word_of_it(planted: Planted) -> None:
    """Its words asked for on every page that searches, and its own addresses asked for by everybody."""
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    person = Application.objects.filter(cohort=cohort, user=None).earliest("pk")
    leaks = []
    for who, client in planted.visitors.items():
        if who == "at home":
            continue
        own = {
            f"{path}?{urlencode({'q': word})}"
            for path in planted.crawls[who].searching
            for word in (person.last_name, person.email, person.notes[-10:])
        }
        theirs = {world.fill(route, cohort, ids) for route in world.routes() if is_asked_for(route, who)}
        for path in sorted(own | theirs):
            with taken_back(client):
                answer = client.get(path)
            # A page may say back what was asked.
            asked = planted.canaries.heard(path.encode())
            if fields := planted.canaries.heard(text_of(answer), public=allowed(who) | asked):
                leaks.append(f"{who} {path}: {sorted(fields)}")
            if answer.status_code >= 500:
                leaks.append(f"{who} {path}: {answer.status_code}")
    assert leaks == []


@pytest.mark.django_db
def test_people_of_the_organisation_are_still_there(planted: Planted) -> None:
    assert User.objects.filter(email__startswith="zq").count() > 5
    assert route_of("/desk/") == "desk"
