"""A person goes: her account, and in every area what is hers. What stays counts, and names nobody."""

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction

from programmes.audit.domain import record_event
from programmes.audit.models import AuditEvent
from programmes.outbox.domain import erase_account_mail, erase_all_mail
from programmes.people import ledger
from programmes.people.holdings import Person
from programmes.people.models import Erasure, User
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import DomainError

# Of the digest that stands for her in the audit trail: enough to tell two persons apart.
PSEUDONYM = 12
Hindrance = Callable[[User], str]
EraseStep = Callable[[Person, Actor], None]
EraseAgain = Callable[[ledger.Known], int]
_holds: list[Callable[[User], None]] = []
_hindrances: list[Hindrance] = []
_steps: list[EraseStep] = []
_again: list[EraseAgain] = []


def register_hold(function: Callable[[User], None]) -> None:
    """`function` locks the rows that hindrances read; it runs before her own row is locked, as others do."""
    if function not in _holds:
        _holds.append(function)


def register_hindrance(function: Hindrance) -> None:
    """`function`: a sentence on what she has to do first, or ""."""
    if function not in _hindrances:
        _hindrances.append(function)


def register_erasure(step: EraseStep) -> None:
    """`step(person, by)` runs inside the erasure, while her account is still there."""
    if step not in _steps:
        _steps.append(step)


def register_erase_again(function: EraseAgain) -> None:
    """`function(known)` erases what a restored backup still holds of those whom the ledger knows."""
    if function not in _again:
        _again.append(function)


def hold_for(user: User) -> None:
    for function in _holds:
        function(user)


def hindrances_of(user: User) -> list[str]:
    return [sentence for function in _hindrances if (sentence := function(user))]


@transaction.atomic
def erase_person(*, user: User, by: Actor, after_restore: bool = False) -> None:
    """At once and for good. `after_restore`: she was erased already, so nothing stands against it."""
    hold_for(user)
    person = Person.of(User.objects.select_for_update().get(pk=user.pk))
    hold_for(user)  # what she got meanwhile; from here on she gets no more
    if not after_restore and (reasons := hindrances_of(user)):
        raise DomainError(" ".join(reasons), code="needed")
    record_event("person.erased", by=by, subject=user)
    for step in _steps:
        step(person, by)
    erase_all_mail(recipient=user.email)
    ledger.remember_erasure(ledger.ACCOUNT, name_account(user))
    ledger.remember_erasure(ledger.ADDRESS, user.email)
    _drop_account(person, user)


@transaction.atomic
def drop_account(*, user: User, by: Actor) -> None:
    """The account alone, its time being over: whatever has her address elsewhere has a time of its own. Not in the
    ledger, which would withdraw by address: after a restore the account's time is over once more."""
    person = Person.of(User.objects.select_for_update().get(pk=user.pk))
    if reasons := hindrances_of(user):
        raise DomainError(" ".join(reasons), code="needed")
    record_event("person.account_expired", by=by, subject=user)
    erase_account_mail(recipient=user.email)
    _drop_account(person, user)


def _drop_account(person: Person, user: User) -> None:
    drop_sessions(person)
    AuditEvent.objects.filter(actor=user).update(actor=None, actor_label=pseudonym_of(user))
    User.objects.filter(pk=user.pk).delete()


def name_account(user: User) -> str:
    """Her address may be another one in an old backup; ids may be given twice after a restore, moments are not."""
    return f"{user.pk}:{user.date_joined.isoformat()}"


def pseudonym_of(user: User) -> str:
    return f"erased-{ledger.key_of(ledger.ACCOUNT, name_account(user))[:PSEUDONYM]}"


def drop_sessions(person: Person) -> None:
    """Where she is signed in, and where somebody was about to with her address (a code asked for)."""
    mine = [
        session.pk for session in Session.objects.iterator(chunk_size=500) if _is_about(session.get_decoded(), person)
    ]
    for start in range(0, len(mine), 500):
        Session.objects.filter(pk__in=mine[start : start + 500]).delete()


def _is_about(content: dict[str, Any], person: Person) -> bool:
    hers = person.user is not None and content.get("_auth_user_id") == str(person.user.pk)
    return hers or person.email in str(content)


def erase_again() -> int:
    """After a restore: who went since the backup was made goes once more."""
    missing = ledger.read_missing()
    known = ledger.Known(entry.key for entry in missing)
    count = sum(function(known) for function in _again) if known else 0
    gone = [user for user in User.objects.order_by("pk").iterator() if is_known(user, known)] if known else []
    for user in gone:
        erase_person(user=user, by=SYSTEM, after_restore=True)
    Erasure.objects.bulk_create(missing, batch_size=500, ignore_conflicts=True)
    return count + len(gone)


def is_known(user: User, known: ledger.Known) -> bool:
    return known.has(ledger.ACCOUNT, name_account(user)) or known.has(ledger.ADDRESS, user.email)
