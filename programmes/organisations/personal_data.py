"""What organisations hold about those who work for them, and how they let go."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.audit.domain import record_event
from programmes.organisations.domain import revoke_invitation
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.organisations.queries import open_invitations, owners
from programmes.outbox.domain import change_replies
from programmes.people.holdings import Holding, Person
from programmes.people.models import User
from programmes.people.personal_data import of_user
from programmes.people.retention import Rule, Term, delete_chunk, in_chunks
from wimmentor.base.actors import Actor

_ABOUT_IT = "About the organisation, not about her."
_CONTACT = {"contact_email", "contact_name", "name", "id"}


def hold_organisations(user: User) -> None:
    """Those that she owns: of two owners who go at once the second waits here, and then is the last one."""
    owned = Membership.objects.filter(user=user, role="owner").values("organisation_id")
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=owned).order_by("pk").values_list("pk"))


def hinder_last_owner(user: User) -> str:
    """She has to leave it to somebody: nobody else could."""
    alone = [
        membership.organisation.name
        for membership in Membership.objects.filter(user=user, role="owner").select_related("organisation")
        if not owners(membership.organisation).exclude(pk=user.pk).exists()
    ]
    if not alone:
        return ""
    return _(
        "You are the only owner of %(organisations)s. Invite another owner first (People), or write to IWiM if the "
        "organisation is to go as well."
    ) % {"organisations": ", ".join(alone)}


def hinder_contact(user: User) -> str:
    """Only where she can put another one there: anybody may write anybody's address into an organisation."""
    owned = Membership.objects.filter(user=user, role="owner").values("organisation_id")
    named = list(Organisation.objects.filter(contact_email=user.email, pk__in=owned).values_list("name", flat=True))
    if not named:
        return ""
    return _("Your address is the contact of %(organisations)s. Put another one there first (Settings).") % {
        "organisations": ", ".join(named)
    }


def leave_organisations(person: Person, by: Actor) -> None:
    _revoke_invitations_by(person, by)
    for membership in Membership.objects.filter(user=person.user):
        record_event(
            "organisation.membership_removed",
            by=by,
            subject=membership,
            organisation_id=membership.organisation_id,
            role=membership.role,
            user=membership.user_id,
        )
        membership.delete()
    Invitation.objects.filter(email=person.email).delete()
    _replace_contact(person, by)


def _revoke_invitations_by(person: Person, by: Actor) -> None:
    """Those that she sent to an address of her own would bring her back."""
    sent = open_invitations(Invitation.objects.filter(invited_by=person.user))
    for invitation in sent.order_by("pk").select_for_update():
        revoke_invitation(invitation=invitation, by=by)


def _replace_contact(person: Person, by: Actor) -> None:
    """Where she could not do so herself (somebody else wrote her there), and after a restore."""
    contact = _platform_contact(person)
    for organisation in Organisation.objects.filter(contact_email=person.email).order_by("pk"):
        record_event("organisation.contact_erased", by=by, subject=organisation, organisation_id=organisation.pk)
        # With its version: a form that still shows her address does not write it back.
        Organisation.objects.filter(pk=organisation.pk).update(
            contact_email=contact, contact_name="", version=F("version") + 1
        )
    change_replies(old=person.email, new=contact)


def _platform_contact(person: Person) -> str:
    platform = Organisation.objects.filter(is_platform=True).exclude(contact_email=person.email).first()
    return platform.contact_email if platform else settings.SECURITY_CONTACT


def _contact_of(person: Person) -> QuerySet[Any]:
    found = Organisation.objects.filter(contact_email=person.email)
    return found if person.user else found.none()


def _invitations(person: Person) -> QuerySet[Any]:
    found = Invitation.objects.filter(email=person.email)
    return found if person.user else found.none()


def _name(row: Any) -> dict[str, Any]:
    return {"organisation_name": row.organisation.name}


def expire_invitations(before: datetime, dry_run: bool) -> int:
    return in_chunks(Invitation.objects.filter(created_at__lt=before), delete_chunk(Invitation), dry_run)


HOLDINGS = (
    Holding(
        "memberships",
        gettext_lazy("Organisations you work for"),
        Membership,
        of_user(Membership),
        {"user": "Herself."},
        _name,
    ),
    Holding(
        "invitations",
        gettext_lazy("Invitations to you"),
        Invitation,
        _invitations,
        {"invited_by": "Somebody else."},
        _name,
    ),
    Holding(
        "contact_of",
        gettext_lazy("Organisations that name you as their contact"),
        Organisation,
        _contact_of,
        {column.name: _ABOUT_IT for column in Organisation._meta.concrete_fields if column.name not in _CONTACT},
    ),
)
RULES = (Rule("invitations", Term(months=12), expire_invitations),)
