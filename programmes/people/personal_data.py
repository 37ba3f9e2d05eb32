"""What the lower rooms hold about a person: account, sign-in, letters, what she did here."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.audit.models import AuditEvent
from programmes.outbox.models import OutboxEmail
from programmes.people.holdings import Holding, Person
from programmes.people.models import User

# Kinds of letters that tell her about nobody but herself; others are listed, and stand in her own mailbox.
ABOUT_HER = (
    "application_confirm",
    "application_received",
    "application_resume",
    "application_page",
    "decision_accepted",
    "decision_waitlisted",
    "decision_declined",
    "imported_notice",
)
_OTHERS = "It tells her about somebody else, too; she has it in her mailbox."
_SENDING = {
    "event_key": "The site's own number of the event.",
    "links": "How links are made; the links themselves were in the letter.",
    "reply_to": "The organisation's address.",
    "attempts": "Of sending.",
    "lease_until": "Of sending.",
    "error": "What a mail server answered.",
    "send_after": "Of sending.",
}
NOT_PERSONAL = {
    "programmes.Job": "Work of the site; carries numbers only.",
    "programmes.PurposeLink": "Hashes of links; what they open is in the rows they open.",
    "programmes.Erasure": "Digests of who is no longer here.",
    "account.EmailConfirmation": "Not used: addresses are confirmed by code.",
    "sessions.Session": "Sealed; the list of her browsers says what they are.",
    "contenttypes.ContentType": "Names of tables.",
    "auth.Permission": "Not used.",
    "auth.Group": "Not used.",
    "auth.Group_permissions": "Not used.",
}


def of_user(model: type[Model], path: str = "user") -> Any:
    """Rows of one's account; none for whoever came by a link."""

    def rows(person: Person) -> QuerySet[Any]:
        found: QuerySet[Any] = model._base_manager.all()
        return found.none() if person.user is None else found.filter(**{path: person.user.pk})

    return rows


def _letters(person: Person) -> QuerySet[OutboxEmail]:
    """By the link of one application: those of that application only."""
    hers = OutboxEmail.objects.filter(recipient=person.email).exclude(recipient="")
    if person.application_id is None:
        return hers
    named = Q(event_key__endswith=f":{person.application_id}") | Q(event_key__contains=f":{person.application_id}:")
    return hers.filter(named, event_key__regex=r"^(application|decision|import)")


def _deeds(person: Person) -> QuerySet[AuditEvent]:
    if person.user is None:
        return AuditEvent.objects.none()
    about_her = Q(subject_type=User._meta.label_lower, subject_id=person.user.pk)
    return AuditEvent.objects.filter(Q(actor=person.user) | about_her)


HOLDINGS = (
    Holding(
        "account",
        _("Your account"),
        User,
        of_user(User, "pk"),
        {"password": "A digest that opens her account."},
    ),
    Holding("addresses", _("Your addresses"), EmailAddress, of_user(EmailAddress), {"user": "Herself."}),
    Holding(
        "second_steps",
        _("Your second step to sign in"),
        Authenticator,
        of_user(Authenticator),
        {"user": "Herself.", "data": "A secret that opens her account."},
    ),
    Holding(
        "browsers",
        _("Where you are signed in"),
        UserSession,
        of_user(UserSession),
        {"user": "Herself.", "session_key": "A secret that opens her account."},
    ),
    Holding(
        "letters",
        _("Letters to you"),
        OutboxEmail,
        lambda person: _letters(person).filter(kind__in=ABOUT_HER),
        _SENDING,
    ),
    Holding(
        "other_letters",
        _("Other letters to you"),
        OutboxEmail,
        lambda person: _letters(person).exclude(kind__in=ABOUT_HER),
        {**_SENDING, "subject": _OTHERS, "body": _OTHERS},
    ),
    Holding(
        "deeds",
        _("What you did on this site"),
        AuditEvent,
        _deeds,
        {
            "actor": "Herself, or somebody else who looked after her account.",
            "actor_label": "As actor.",
            "subject_id": "The number of a row that may be about somebody else.",
            "details": "Codes and numbers, which may be of somebody else.",
        },
    ),
)
