"""An invitation is worth what the rights of whoever sent it are worth; an unverified organisation sends few."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from programmes.access.models import PurposeLink
from programmes.organisations import domain
from programmes.organisations.models import Invitation, Membership
from programmes.organisations.renewal import INVITATION_RENEWAL
from programmes.outbox.domain import send_email
from programmes.outbox.models import OutboxEmail
from programmes.people.erasure import erase_person
from programmes.people.models import User
from tests.programmes.organisations.conftest import Cast, make_user, register
from wimmentor.base.actors import COMMAND, Actor
from wimmentor.base.errors import Conflict

Browse = Callable[[User | None], Client]
PRIVATE = "berta.at.home@example.org"


def join(cast: Cast, name: str, role: str = "owner") -> User:
    user = make_user(f"{name.casefold()}@example.org", name)
    Membership.objects.create(user=user, organisation=cast.andes, role=role)
    return user


def invite(cast: Cast, email: str, by: User, role: str = "owner") -> Invitation:
    return domain.invite_person(organisation=cast.andes, email=email, role=role, by=Actor.of(by))


def link_of(invitation: Invitation) -> str:
    send_email(email_id=OutboxEmail.objects.get(event_key=f"invitation:{invitation.pk}").pk)
    found = re.search(r"http://[^/]+(/l/\S+/)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def press(link: str) -> Client:
    """As far as the link leads, and its button pressed."""
    client = Client()
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"])
    return client


def open_ones(cast: Cast) -> list[str]:
    rows = Invitation.objects.filter(organisation=cast.andes, accepted_at=None, revoked_at=None).order_by("email")
    return list(rows.values_list("email", flat=True))


def test_whoever_is_removed_does_not_come_back_by_her_own_invitation(cast: Cast, browse: Browse) -> None:
    berta = join(cast, "Berta")
    link = link_of(invite(cast, PRIVATE, berta))
    membership = Membership.objects.get(user=berta)

    browse(cast.ana).post(f"/o/wim-andes/people/{membership.pk}/remove/")

    thief = press(link)
    assert (open_ones(cast), thief.get("/o/wim-andes/people/").status_code) == ([], 302)
    assert not Membership.objects.filter(user__email=PRIVATE).exists()
    assert not PurposeLink.objects.filter(purpose="organisation.invitation", revoked_at=None).exists()


def test_what_a_colleague_sent_to_whoever_is_removed_ends_too(cast: Cast) -> None:
    carla = join(cast, "Carla", "reviewer")
    invite(cast, carla.email, cast.ana)
    invite(cast, "eva@example.org", cast.ana)

    domain.remove_membership(membership=Membership.objects.get(user=carla), by=Actor.of(cast.ana))

    assert open_ones(cast) == ["eva@example.org"]


def test_one_role_less_ends_only_what_it_allowed(cast: Cast) -> None:
    """A coordinator still, an owner no more: she invites nobody now, and may be invited."""
    berta = join(cast, "Berta")
    Membership.objects.create(user=berta, organisation=cast.andes, role="coordinator")
    invite(cast, PRIVATE, berta)
    invite(cast, berta.email, cast.ana, role="reviewer")

    domain.remove_membership(membership=Membership.objects.get(user=berta, role="owner"), by=Actor.of(cast.ana))

    assert open_ones(cast) == [berta.email]


def test_whoever_erases_herself_leaves_no_way_back(cast: Cast) -> None:
    berta = join(cast, "Berta")
    link = link_of(invite(cast, PRIVATE, berta))

    erase_person(user=berta, by=Actor.of(berta))

    assert (open_ones(cast), press(link).get("/o/wim-andes/people/").status_code) == ([], 302)


@pytest.mark.parametrize("lost", ["role", "account", "sender"])
def test_an_invitation_whose_sender_may_not_invite_any_more_is_closed(cast: Cast, lost: str) -> None:
    """However her rights went: it was written in the moment they did, or they went by no door of ours."""
    berta = join(cast, "Berta")
    invitation = invite(cast, PRIVATE, berta)
    link = link_of(invitation)
    if lost == "role":
        Membership.objects.filter(user=berta).delete()
    elif lost == "account":
        User.objects.filter(pk=berta.pk).update(is_active=False)
    else:
        Invitation.objects.update(invited_by=None)
    invitation.refresh_from_db()

    page = Client().get(link, follow=True).content.decode()
    with pytest.raises(Conflict) as refusal:
        domain.accept_invitation(invitation=invitation, by=COMMAND)
    with pytest.raises(Conflict):
        domain.renew_invitation(invitation=invitation, by=COMMAND)

    assert "or it was taken back" in page
    assert (refusal.value.code, INVITATION_RENEWAL.address(invitation.pk)) == ("invitation_closed", "")
    assert not Membership.objects.filter(user__email=PRIVATE).exists()


def post_invitation(browse: Browse, user: User, slug: str, number: int) -> str:
    client = browse(user)
    body = {"email": f"guest{number}@example.org", "role": "reviewer"}
    return client.post(f"/o/{slug}/people/invite/", body, follow=True).content.decode()


def test_an_unverified_organisation_invites_ten_a_day(cast: Cast, browse: Browse) -> None:
    """Its name is what anybody typed, and stands in the subject."""
    sur = register("WIM Sur", cast.ana)
    for number in range(10):
        post_invitation(browse, cast.ana, "wim-andes", number)

    eleventh = post_invitation(browse, cast.ana, "wim-andes", 10)
    elsewhere = post_invitation(browse, cast.ana, sur.slug, 11)

    for page in (eleventh, elsewhere):
        assert "Until IWiM has verified your organisation, 10 invitations a day go out." in page
    assert Invitation.objects.count() == 10


def test_a_verified_organisation_invites_more(cast: Cast, browse: Browse) -> None:
    for number in range(11):
        post_invitation(browse, cast.noemi, "wim-norte", number)

    assert Invitation.objects.count() == 11


def test_the_letter_says_that_nobody_verified_the_organisation(cast: Cast) -> None:
    words = "IWiM has not verified this organisation yet. Accept only if you know it."
    invite(cast, "eva@example.org", cast.ana)
    domain.invite_person(organisation=cast.norte, email="eva@example.org", role="owner", by=Actor.of(cast.noemi))

    mails = OutboxEmail.objects.filter(kind="organisation_invitation").order_by("pk")
    assert [words in email.body for email in mails] == [True, False]
