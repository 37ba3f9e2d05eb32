"""A right that is taken away is gone with the next request, also for a page that was open."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from programmes.access import links
from programmes.applications.domain import withdraw_application
from programmes.models import Application, Membership, Organisation, User
from programmes.organisations.domain import appoint_staff
from programmes.organisations.queries import owners
from tests.matrix import world
from tests.matrix.offered import applicant_pages, begin_draft, unshown
from tests.matrix.visitors import ROLE_USERS, STRANGERS, client_of
from tests.matrix.watching import written_tables
from wimmentor.base.actors import COMMAND, SYSTEM

pytestmark = pytest.mark.django_db
Change = Callable[[], object]


def members(who: str) -> Membership:
    return Membership.objects.get(user__email={**ROLE_USERS, **STRANGERS}[who])


def remove(who: str) -> Change:
    """As an owner does it, on the page of her organisation's people."""

    def by_an_owner() -> None:
        membership = members(who)
        organisation = membership.organisation
        if organisation.is_platform:
            appoint_staff(email="owner@iwim.example.org", by=COMMAND)
        owner = client_of(owners(organisation).exclude(pk=membership.user_id)[0].email)
        answer = owner.post(reverse("membership-remove", args=[organisation.slug, membership.pk]))
        assert answer.status_code == 302
        assert not Membership.objects.filter(pk=membership.pk).exists()

    return by_an_owner


def become(who: str, role: str) -> Change:
    return lambda: Membership.objects.filter(pk=members(who).pk).update(role=role)


def disable(who: str) -> Change:
    return lambda: User.objects.filter(email={**ROLE_USERS, **STRANGERS}[who]).update(is_active=False)


# (who, route, what happens, the answer from then on)
CASES: list[tuple[str, str, Change, int]] = [
    ("coordinator", "organisation-overview", remove("coordinator"), 404),
    ("coordinator", "cohort-overview", remove("coordinator"), 404),
    ("coordinator", "applications-list", remove("coordinator"), 404),
    ("coordinator", "application-detail", remove("coordinator"), 404),
    ("coordinator", "applications-export", remove("coordinator"), 404),
    ("coordinator", "offers-list", remove("coordinator"), 404),
    ("coordinator", "letter-edit", remove("coordinator"), 404),
    ("coordinator", "import-new", remove("coordinator"), 404),
    ("coordinator", "applications-export", become("coordinator", "reviewer"), 403),
    ("coordinator", "board", become("coordinator", "reviewer"), 403),
    ("coordinator", "outbox-list", become("coordinator", "inventory_editor"), 403),
    ("coordinator", "applications-list", become("coordinator", "inventory_editor"), 403),
    ("owner", "organisation-edit", become("owner", "coordinator"), 403),
    ("inventory_editor", "initiative-edit", become("inventory_editor", "reviewer"), 403),
    ("coordinator", "cohort-settings", disable("coordinator"), 302),
    ("mentee", "account-profile", disable("mentee"), 302),
    ("mentor", "pair-page", disable("mentor"), 404),
    ("mentee", "pair-page", disable("mentee"), 404),
    ("iwim_reviewer", "staff-initiative", remove("iwim_reviewer"), 403),
    ("iwim_reviewer", "staff-organisation", disable("iwim_reviewer"), 302),
]


def address_of(name: str, who: str) -> str:
    cohort = world.peru()
    found = [route for route in world.routes() if route.name == name]
    route = next((each for each in found if f"/{who}/" in each.path), found[0])
    return world.fill(route, cohort, world.subject_ids(cohort))


@pytest.mark.parametrize(("who", "route", "change", "code"), CASES)
def test_the_next_request_is_refused(populated: None, who: str, route: str, change: Change, code: int) -> None:
    client, path = client_of({**ROLE_USERS, **STRANGERS}[who]), address_of(route, who)
    before = client.get(path)
    body = unshown(world.peru(), world.subject_ids(world.peru()))

    change()
    with written_tables() as written:
        answers = [client.get(path), client.post(path, body), client.get(path)]

    assert before.status_code == 200
    assert {answer.status_code for answer in answers} <= {code, 405}
    assert answers[0].status_code == code
    assert code != 302 or answers[0]["Location"].startswith("/account/login/")
    assert written == set()


def test_an_organisation_that_is_no_longer_verified_takes_nobody(populated: None) -> None:
    draft, applicant = begin_draft()
    start = applicant_pages(draft)[0]
    before = applicant.get(start).status_code

    Organisation.objects.filter(pk=draft.cohort.programme.organisation_id).update(verified_at=None)

    assert (before, applicant.get(start).status_code, applicant.post(start).status_code) == (200, 404, 404)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_revoked_link_ends_what_it_opened(populated: None, method: str) -> None:
    application = Application.objects.filter(cohort=world.peru(), user=None).earliest("pk")
    link = links.create_link(purpose="application.status", subject_id=application.pk)
    client = Client()
    page = client.get(link, follow=True)

    links.revoke_links(purpose="application.status", subject_id=application.pk)

    path = reverse("application-withdraw", args=[application.pk])
    assert page.status_code == 200
    assert getattr(client, method)(path).status_code == 404
    assert client.get(link).status_code == 404


def test_a_withdrawn_application_takes_no_more_answers(populated: None) -> None:
    draft, applicant = begin_draft()
    pages = applicant_pages(draft)[1:-1]
    before = applicant.get(pages[0]).status_code
    withdraw_application(application=draft, by=SYSTEM)

    with written_tables() as written:
        answers = [applicant.post(path, {"first_name": "Ana"}) for path in pages]

    assert before == 200
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert written == set()
