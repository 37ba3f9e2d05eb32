"""Pages: tenancy, permissions, invitations, staff, and the number of queries of each list."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from programmes.access.models import PurposeLink
from programmes.organisations import domain, registry
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.outbox.domain import send_email
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.organisations.conftest import Cast, make_user, register
from wimmentor.base.actors import Actor

Browse = Callable[[User | None], Client]
FORM = {
    "name": "WIM Sur",
    "type": "wim_national",
    "countries": "Peru, Bolivia",
    "languages": "Spanish",
    "contact_email": "sur@example.org",
}
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def body_of(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, CSRF.sub("", response.content.decode())


@pytest.mark.parametrize("page", ["", "settings/", "people/"])
def test_another_organisation_answers_like_a_missing_one(cast: Cast, browse: Browse, page: str) -> None:
    ana = browse(cast.ana)
    foreign, missing = body_of(ana, f"/o/wim-norte/{page}"), body_of(ana, f"/o/nowhere/{page}")
    assert foreign[0] == 404
    assert foreign == missing


def test_another_organisations_member_and_invitation_are_not_found(cast: Cast, browse: Browse) -> None:
    foreign = Membership.objects.get(organisation=cast.norte)
    invitation = domain.invite_person(
        organisation=cast.norte, email="eva@example.org", role="reviewer", by=Actor.of(cast.noemi)
    )
    ana = browse(cast.ana)
    statuses = [
        ana.post(f"/o/wim-andes/people/{foreign.pk}/remove/").status_code,
        ana.post(f"/o/wim-andes/people/invitations/{invitation.pk}/revoke/").status_code,
    ]
    assert (statuses, Membership.objects.filter(pk=foreign.pk).exists()) == ([404, 404], True)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/o/wim-andes/", 200),
        ("get", "/o/wim-andes/people/", 200),
        ("get", "/o/wim-andes/settings/", 403),
        ("post", "/o/wim-andes/people/invite/", 403),
        ("get", "/o/wim-andes/people/invite/", 405),
        ("get", "/staff/organisations/", 403),
    ],
)
def test_a_reviewer_reads_and_changes_nothing(cast: Cast, browse: Browse, method: str, path: str, status: int) -> None:
    assert getattr(browse(cast.rosa), method)(path).status_code == status


def test_registering_leads_to_the_page_with_the_banner(cast: Cast, browse: Browse) -> None:
    response = browse(cast.ana).post("/organisations/register/", FORM, follow=True)
    assert response.redirect_chain == [("/o/wim-sur/", 302)]
    assert "IWiM has not verified WIM Sur yet" in response.content.decode()
    assert Organisation.objects.get(slug="wim-sur").countries == ("PE", "BO")


def test_a_taken_name_is_said_at_the_field_and_nothing_is_lost(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ana).post("/organisations/register/", FORM | {"name": "WIM Andes", "countries": "Perú"})
    assert page.context["form"].errors["name"] == [
        "An organisation of this name is registered in this country already. Ask its owners to invite you."
    ]
    assert 'value="sur@example.org"' in page.content.decode()


def test_an_unknown_country_is_named(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ana).post("/organisations/register/", FORM | {"countries": "Peru, Atlantis"})
    assert page.context["form"].errors["countries"] == [
        "We do not know “Atlantis”. Write names as in an atlas, parted by commas."
    ]


def test_a_visitor_is_sent_to_sign_in(cast: Cast, browse: Browse) -> None:
    response = browse(None).get("/organisations/register/")
    assert response["Location"] == "/account/login/?next=/organisations/register/"


def test_nobody_attaches_herself_to_an_organisation_that_waits(cast: Cast, browse: Browse) -> None:
    page = browse(cast.noemi).post("/organisations/register/", FORM | {"part_of": str(cast.andes.pk)})
    assert "part_of" in page.context["form"].errors


def test_settings_are_saved_and_an_old_version_is_a_409(cast: Cast, browse: Browse) -> None:
    ana = browse(cast.ana)
    values = FORM | {"name": "WIM Andes", "version": "1"}
    statuses = [ana.post("/o/wim-andes/settings/", values).status_code for _each in range(2)]
    cast.andes.refresh_from_db()
    assert (statuses, cast.andes.countries, cast.andes.version) == ([302, 409], ("PE", "BO"), 2)


def invite_eva(cast: Cast, browse: Browse) -> str:
    """The path of the link in her e-mail."""
    browse(cast.ana).post("/o/wim-andes/people/invite/", {"email": "Eva@example.org", "role": "coordinator"})
    send_email(email_id=OutboxEmail.objects.get(kind="organisation_invitation").pk)
    found = re.search(r"http://[^/]+(/l/\S+/)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def test_an_invitation_is_accepted_by_post_and_signs_in(cast: Cast, browse: Browse) -> None:
    link = invite_eva(cast, browse)
    eva = browse(None)
    page = eva.get(link, follow=True)
    before = Membership.objects.filter(user__email="eva@example.org").count()
    response = eva.post(page.request["PATH_INFO"])
    assert (before, response["Location"]) == (0, "/o/wim-andes/")
    assert eva.get("/o/wim-andes/").status_code == 200


def test_an_invitation_goes_to_the_invited_address_whoever_is_signed_in(cast: Cast, browse: Browse) -> None:
    link = invite_eva(cast, browse)
    noemi = browse(cast.noemi)
    page = noemi.get(link, follow=True)
    noemi.post(page.request["PATH_INFO"])
    roles = Membership.objects.filter(organisation=cast.andes, role="coordinator")
    assert [role.user.email for role in roles] == ["eva@example.org"]
    assert noemi.get("/account/").wsgi_request.user.email == "eva@example.org"


def test_the_page_of_an_invitation_needs_its_link(cast: Cast, browse: Browse) -> None:
    invite_eva(cast, browse)
    assert browse(cast.noemi).get(f"/invitation/{Invitation.objects.get().pk}/").status_code == 404


def test_an_accepted_invitation_says_so_the_second_time(cast: Cast, browse: Browse) -> None:
    link = invite_eva(cast, browse)
    eva = browse(None)
    path = eva.get(link, follow=True).request["PATH_INFO"]
    eva.post(path)
    again = browse(None)
    again.get(link)
    page = again.post(path)
    assert "answered this invitation already" in page.content.decode()
    assert Membership.objects.filter(user__email="eva@example.org").count() == 1


def test_an_expired_invitation_is_renewed_on_request(cast: Cast, browse: Browse) -> None:
    link = invite_eva(cast, browse)
    PurposeLink.objects.update(expires_at="2020-01-01T00:00:00Z")
    visitor = browse(None)
    page = visitor.get(link)
    visitor.post(link)
    assert page.status_code == 410
    assert "We can send a new one to e…@example.org." in page.content.decode()
    assert OutboxEmail.objects.filter(kind="organisation_invitation").count() == 2


def test_the_last_owner_is_told_why_she_stays(cast: Cast, browse: Browse) -> None:
    mine = Membership.objects.get(organisation=cast.andes, role="owner")
    page = browse(cast.ana).post(f"/o/wim-andes/people/{mine.pk}/remove/", follow=True)
    assert "An organisation needs an owner." in page.content.decode()
    assert page.redirect_chain == [("/o/wim-andes/people/", 302)]


def test_the_address_of_a_button_says_what_it_is(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ana).get("/o/wim-andes/people/invite/")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "This address only takes a form" in page.content.decode()


def test_staff_verify_and_refuse(cast: Cast, browse: Browse) -> None:
    ida = browse(cast.ida)
    sur = register("WIM Sur", cast.ana)
    ida.post(f"/staff/organisations/{cast.andes.pk}/", {"decision": "verify", "version": "1"})
    refusal = {"decision": "refuse", "reason": "Tell us your region.", "version": "1"}
    ida.post(f"/staff/organisations/{sur.pk}/", refusal)
    cast.andes.refresh_from_db()
    sur.refresh_from_db()
    assert (cast.andes.is_verified, sur.is_verified, sur.refusal_reason) == (True, False, "Tell us your region.")


def test_staff_find_what_waits_on_their_desk(cast: Cast, browse: Browse) -> None:
    page = browse(cast.ida).get("/desk/").content.decode()
    assert "1 waits to be verified" in page
    assert "/staff/organisations/" not in browse(cast.ana).get("/desk/").content.decode()


def test_those_that_wait_come_first_and_filters_work(cast: Cast, browse: Browse) -> None:
    ida = browse(cast.ida)

    def names(query: str) -> list[str]:
        return [each.name for each, _state in ida.get(f"/staff/organisations/?{query}").context["rows"]]

    assert names("") == ["WIM Andes", "IWiM", "WIM Norte"]
    assert names("sort=-name") == ["WIM Norte", "WIM Andes", "IWiM"]
    assert names("state=verified") == ["WIM Norte"]
    assert names("q=NÓRTE") == ["WIM Norte"]


def fill_organisation(cast: Cast, number: int) -> None:
    for index in range(number):
        user = make_user(f"member{index}@example.org", f"Member {index}")
        Membership.objects.create(user=user, organisation=cast.andes, role="reviewer")
        email = f"guest{index}@example.org"
        domain.invite_person(organisation=cast.andes, email=email, role="reviewer", by=Actor.of(cast.ana))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_people_page(
    cast: Cast, browse: Browse, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill_organisation(cast, rows)
    ana = browse(cast.ana)
    with django_assert_num_queries(6):
        assert ana.get("/o/wim-andes/people/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_staff_list(
    cast: Cast, browse: Browse, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(rows):
        register(f"WIM {index}", make_user(f"owner{index}@example.org", "Owner"))
    ida = browse(cast.ida)
    with django_assert_num_queries(5):
        assert ida.get("/staff/organisations/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_desk(
    cast: Cast,
    browse: Browse,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_desk", [])  # what higher areas add, they count themselves
    for index in range(rows):
        register(f"WIM {index}", cast.ana)
    ana = browse(cast.ana)
    with django_assert_num_queries(3):
        assert ana.get("/desk/").status_code == 200
