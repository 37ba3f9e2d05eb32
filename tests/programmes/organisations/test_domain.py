import pytest

from programmes.access.models import PurposeLink
from programmes.audit.models import AuditEvent
from programmes.organisations import domain
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.outbox.domain import send_email
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.organisations.conftest import Cast, register
from wimmentor.base.actors import COMMAND, Actor
from wimmentor.base.errors import Conflict, DomainError


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def refusal_of(call: object) -> str:
    with pytest.raises(DomainError) as caught:
        call()  # type: ignore[operator]
    return caught.value.code


def test_whoever_registers_is_the_owner_and_it_waits(cast: Cast) -> None:
    lima = register("Mujeres Mineras de Ñaña", cast.ana)
    assert (lima.slug, lima.is_verified) == ("mujeres-mineras-de-nana", False)
    assert list(lima.memberships.values_list("user__email", "role")) == [("ana@example.org", "owner")]


def test_registering_records_one_event(cast: Cast) -> None:
    before = len(verbs())
    register("WIM Sur", cast.ana)
    assert verbs()[before:] == ["organisation.registered"]


def test_the_same_name_in_the_same_country_is_refused_whatever_its_accents(cast: Cast) -> None:
    assert refusal_of(lambda: register("wim ándes", cast.noemi)) == "name_taken"


def test_a_second_slug_of_one_name_gets_a_number(cast: Cast) -> None:
    assert register("WIM Andes", cast.noemi, "BO").slug == "wim-andes-2"


def test_one_person_may_have_five_waiting(cast: Cast) -> None:
    for number in range(4):
        register(f"WIM {number}", cast.ana)
    assert refusal_of(lambda: register("WIM 5", cast.ana)) == "too_many_waiting"


def test_reviewers_learn_of_an_organisation_that_waits(cast: Cast) -> None:
    sur = register("WIM Sur", cast.ana)
    mails = OutboxEmail.objects.filter(kind="organisation_waiting").values_list("recipient", "event_key")
    assert list(mails) == [("ida@example.org", f"organisation_waiting:{sur.pk}:1")]


def test_verifying_tells_the_owners_and_happens_once(cast: Cast) -> None:
    domain.verify_organisation(organisation=cast.andes, by=Actor.of(cast.ida))
    cast.andes.refresh_from_db()
    mails = OutboxEmail.objects.filter(kind="organisation_verified", organisation_id=cast.andes.pk)
    assert (cast.andes.is_verified, cast.andes.verified_by) == (True, cast.ida)
    assert [mail.recipient for mail in mails] == ["ana@example.org"]
    again = lambda: domain.verify_organisation(organisation=cast.andes, by=Actor.of(cast.ida))  # noqa: E731
    assert refusal_of(again) == "already_verified"


def test_refusing_sends_the_sentence_and_an_edit_asks_again(cast: Cast) -> None:
    domain.refuse_organisation(organisation=cast.andes, reason="Which region do you work in?", by=Actor.of(cast.ida))
    body = OutboxEmail.objects.get(kind="organisation_refused").body
    domain.edit_organisation(
        organisation=cast.andes, seen=cast.andes.version, by=Actor.of(cast.ana), website="https://andes.example.org"
    )
    cast.andes.refresh_from_db()
    assert "Which region do you work in?" in body
    assert (cast.andes.refused_at, cast.andes.refusal_reason) == (None, "")


def test_refusing_without_a_sentence_is_refused(cast: Cast) -> None:
    assert refusal_of(lambda: domain.refuse_organisation(organisation=cast.andes, reason=" ", by=COMMAND)) == (
        "reason_missing"
    )


def test_an_edit_of_an_old_version_shows_both(cast: Cast) -> None:
    domain.edit_organisation(organisation=cast.andes, seen=1, by=COMMAND, contact_name="Ana")
    with pytest.raises(Conflict) as caught:
        domain.edit_organisation(organisation=cast.andes, seen=1, by=COMMAND, contact_name="Rosa")
    assert (caught.value.yours, caught.value.theirs) == ({"Contact name": "Rosa"}, {"Contact name": "Ana"})


def test_a_verified_name_stays(cast: Cast) -> None:
    edit = lambda: domain.edit_organisation(  # noqa: E731
        organisation=Organisation.objects.get(pk=cast.norte.pk), seen=2, by=COMMAND, name="WIM Chile"
    )
    assert refusal_of(edit) == "name_verified"


@pytest.mark.parametrize("role", ["iwim_reviewer", "queen"])
def test_platform_and_unknown_roles_are_not_given_here(cast: Cast, role: str) -> None:
    invite = lambda: domain.invite_person(  # noqa: E731
        organisation=cast.andes, email="eva@example.org", role=role, by=Actor.of(cast.ana)
    )
    assert refusal_of(invite) == "no_such_role"


def test_nobody_is_invited_twice_or_into_what_she_has(cast: Cast) -> None:
    def invite(email: str, role: str) -> Invitation:
        return domain.invite_person(organisation=cast.andes, email=email, role=role, by=Actor.of(cast.ana))

    invite("eva@example.org", "coordinator")
    assert refusal_of(lambda: invite("EVA@example.org", "coordinator")) == "invited_already"
    assert refusal_of(lambda: invite("Rosa@example.org", "reviewer")) == "member_already"


def test_accepting_makes_the_account_once(cast: Cast) -> None:
    invitation = domain.invite_person(
        organisation=cast.andes, email="Eva@example.org", role="coordinator", by=Actor.of(cast.ana)
    )
    membership = domain.accept_invitation(invitation=invitation, by=Actor.link("organisation.invitation"))
    assert (membership.user.email, membership.role) == ("eva@example.org", "coordinator")
    again = lambda: domain.accept_invitation(invitation=invitation, by=COMMAND)  # noqa: E731
    assert refusal_of(again) == "invitation_closed"


def test_a_revoked_invitation_cannot_be_accepted_and_its_link_is_dead(cast: Cast) -> None:
    invitation = domain.invite_person(
        organisation=cast.andes, email="eva@example.org", role="coordinator", by=Actor.of(cast.ana)
    )
    send_email(email_id=OutboxEmail.objects.get(kind="organisation_invitation").pk)
    domain.revoke_invitation(invitation=invitation, by=Actor.of(cast.ana))
    assert refusal_of(lambda: domain.accept_invitation(invitation=invitation, by=COMMAND)) == "invitation_closed"
    assert [link.revoked_at is None for link in PurposeLink.objects.all()] == [False]


def test_the_last_owner_stays(cast: Cast) -> None:
    mine = Membership.objects.get(organisation=cast.andes, role="owner")
    assert refusal_of(lambda: domain.remove_membership(membership=mine, by=Actor.of(cast.ana))) == "last_owner"


def test_of_two_owners_one_may_go(cast: Cast) -> None:
    mine = Membership.objects.get(organisation=cast.andes, role="owner")
    Membership.objects.create(user=cast.rosa, organisation=cast.andes, role="owner")
    domain.remove_membership(membership=mine, by=Actor.of(cast.rosa))
    owners = Membership.objects.filter(organisation=cast.andes, role="owner").values_list("user__email", flat=True)
    assert list(owners) == ["rosa@example.org"]


@pytest.mark.django_db
def test_the_first_staff_member_makes_the_platform() -> None:
    domain.appoint_staff(email="Ida@example.org", by=COMMAND)
    user, address = domain.appoint_staff(email="ida@example.org", by=COMMAND)
    roles = Membership.objects.order_by("role").values_list("organisation__slug", "role")
    assert (User.objects.get(), list(roles)) == (user, [("iwim", "iwim_reviewer"), ("iwim", "owner")])
    assert "/l/" in address


def test_a_verified_organisation_keeps_its_name_in_full_too(cast: Cast) -> None:
    """It stands in the privacy notice as the controller."""
    with pytest.raises(DomainError) as refusal:
        domain.edit_organisation(
            organisation=cast.norte, seen=cast.norte.version, full_name="Another One", by=Actor.of(cast.noemi)
        )

    assert (refusal.value.code, refusal.value.field) == ("name_verified", "full_name")


def test_a_name_that_grows_when_folded_fits_its_column(cast: Cast) -> None:
    organisation = register("ß" * 150, cast.rosa)

    assert organisation.name_folded == "s" * 150
