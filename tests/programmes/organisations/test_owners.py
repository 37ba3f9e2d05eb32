"""An organisation keeps an owner, and nobody's erasure waits for what only others could change."""

from collections.abc import Callable

import pytest
from django.test import Client

from programmes.audit.models import AuditEvent
from programmes.organisations.domain import invite_person, remove_membership, revoke_invitation
from programmes.organisations.models import Membership, Organisation
from programmes.outbox.domain import queue_email
from programmes.outbox.models import OutboxEmail
from programmes.people.erasure import erase_person
from programmes.people.models import User
from tests.matching.board.cast import at_once
from tests.programmes.organisations.conftest import Cast, make_user
from wimmentor.base.actors import Actor

Browse = Callable[[User | None], Client]


@pytest.mark.parametrize("role", ["", "coordinator"])
def test_a_stranger_who_names_her_as_the_contact_hinders_nothing(cast: Cast, browse: Browse, role: str) -> None:
    vera = make_user("vera@example.org", "Vera")
    if role:
        Membership.objects.create(user=vera, organisation=cast.andes, role=role)
    Organisation.objects.filter(pk=cast.andes.pk).update(contact_email=vera.email, contact_name="Vera")
    queue_email(event_key="e", recipient="x@example.org", kind="k", subject="s", body="b", reply_to=vera.email)
    page = browse(vera).get("/account/data/erase/").content.decode()

    browse(vera).post("/account/data/erase/", {"address": vera.email})

    cast.andes.refresh_from_db()
    assert "Your address is the contact" not in page
    assert not User.objects.filter(pk=vera.pk).exists()
    assert (cast.andes.contact_email, cast.andes.contact_name, cast.andes.version) == ("ida@example.org", "", 2)
    assert OutboxEmail.objects.get(event_key="e").reply_to == "ida@example.org"
    event = AuditEvent.objects.get(verb="organisation.contact_erased")
    assert (event.organisation_id, event.subject_id) == (cast.andes.pk, cast.andes.pk)


def test_an_owner_puts_another_contact_there_first(cast: Cast, browse: Browse) -> None:
    Membership.objects.create(user=cast.rosa, organisation=cast.andes, role="owner")

    page = browse(cast.ana).get("/account/data/erase/").content.decode()

    assert "Your address is the contact of WIM Andes." in page
    assert "You are the only owner" not in page


def second_owner(cast: Cast) -> User:
    Organisation.objects.filter(pk=cast.andes.pk).update(contact_email="office@example.org")
    Membership.objects.filter(user=cast.rosa).update(role="owner")
    return cast.rosa


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.django_db(transaction=True)
def test_two_owners_erase_themselves_at_once(cast: Cast, turn: int) -> None:
    rosa = second_owner(cast)

    answers = at_once(*[lambda user=user: erase_person(user=user, by=Actor.of(user)) for user in (cast.ana, rosa)])  # type: ignore[misc]

    assert sorted(map(str, answers)) == ["None", "needed"]
    assert Membership.objects.filter(organisation=cast.andes, role="owner").count() == 1


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.django_db(transaction=True)
def test_one_owner_erases_herself_while_she_removes_the_other(cast: Cast, turn: int) -> None:
    rosa = second_owner(cast)
    hers = Membership.objects.get(user=rosa, role="owner")

    answers = at_once(
        lambda: erase_person(user=cast.ana, by=Actor.of(cast.ana)),
        lambda: remove_membership(membership=hers, by=Actor.of(cast.ana)),
    )

    assert sorted(map(str, answers)) in (["None", "last_owner"], ["None", "needed"])
    assert Membership.objects.filter(organisation=cast.andes, role="owner").count() == 1


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.django_db(transaction=True)
def test_an_erasure_does_not_fail_at_an_invitation_that_is_taken_back(cast: Cast, turn: int) -> None:
    rosa = second_owner(cast)
    invitation = invite_person(organisation=cast.andes, email="eva@example.org", role="reviewer", by=Actor.of(rosa))

    answers = at_once(
        lambda: erase_person(user=rosa, by=Actor.of(rosa)),
        lambda: revoke_invitation(invitation=invitation, by=Actor.of(cast.ana)),
    )

    assert answers[0] is None
    assert not User.objects.filter(pk=rosa.pk).exists()
