"""Purpose links: unknown, revoked, expired, valid; a GET changes nothing but the visitor's own session."""

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict
from django.test import Client

from programmes.access.links import create_link, revoke_links
from programmes.access.models import PurposeLink
from programmes.people.models import User
from tests.conftest import Clock

pytestmark = pytest.mark.django_db


def make_link() -> str:
    user = User.objects.create_user("ana@example.org")
    address = create_link(purpose="account.sign_in", subject_id=user.pk, user_id=user.pk)
    return address[address.index("/l/") :]


def test_an_unknown_and_a_revoked_link_answer_alike() -> None:
    link = make_link()
    revoke_links(purpose="account.sign_in", subject_id=User.objects.get().pk)
    revoked, unknown = Client().get(link), Client().get("/l/never-made/")
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.content == unknown.content


def test_a_valid_link_opens_its_page_and_changes_no_row() -> None:
    link = make_link()
    before = model_to_dict(PurposeLink.objects.get())
    client = Client()
    response = client.get(link)
    assert response["Location"] == f"/account/link/{User.objects.get().pk}/"
    assert client.get(response["Location"]).status_code == 200
    assert model_to_dict(PurposeLink.objects.get()) == before


def test_a_page_behind_a_link_is_not_found_without_it() -> None:
    make_link()
    assert Client().get(f"/account/link/{User.objects.get().pk}/").status_code == 404


def test_an_open_page_closes_when_its_link_is_revoked() -> None:
    link = make_link()
    client = Client()
    page = client.get(link)["Location"]
    revoke_links(purpose="account.sign_in", subject_id=User.objects.get().pk)
    assert client.get(page).status_code == 404


def test_an_expired_link_says_so(clock: Clock) -> None:
    link = make_link()
    clock.shift(timedelta(days=1, minutes=1))
    response = Client().get(link)
    assert response.status_code == 410
    assert "This link has expired" in response.content.decode()


def test_posting_to_a_link_that_nobody_can_renew_shows_the_same_page(clock: Clock) -> None:
    link = make_link()
    clock.shift(timedelta(days=2))
    assert Client().post(link).status_code == 410
