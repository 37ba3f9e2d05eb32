"""Retention of the lower rooms: letters, links, sessions, traces, accounts that nobody uses."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.access.models import PurposeLink
from programmes.audit.models import AuditEvent
from programmes.jobs.models import Job
from programmes.outbox.domain import blank_letters, erase_mail
from programmes.outbox.models import OutboxEmail
from programmes.people.erasure import drop_account
from programmes.people.models import User
from programmes.people.registry import leave_out_needed
from programmes.people.retention import Rule, Term, delete_chunk, in_chunks
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

_GONE = (OutboxEmail.State.SENT, OutboxEmail.State.FAILED, OutboxEmail.State.HELD)


def expire_sign_in_letters(before: datetime, dry_run: bool) -> int:
    """Codes and links of sign-in: to whom they went goes as well."""
    old = OutboxEmail.objects.filter(cohort_id=None, organisation_id=None, created_at__lt=before, state__in=_GONE)
    return in_chunks(old.exclude(recipient__startswith="erased-"), lambda ids: erase_mail(ids=ids), dry_run)


def expire_letters(before: datetime, dry_run: bool) -> int:
    """That something was sent, to whom and when, stays as long as her application: nothing goes to her twice. What
    belongs to no cohort (an invitation) has nothing to stay with: its address goes as well."""
    old = OutboxEmail.objects.filter(created_at__lt=before, state__in=_GONE)
    said = ~Q(body="") | ~Q(subject="") | ~Q(recipient_name="") | ~Q(error="")
    of_cohorts = old.exclude(cohort_id=None).filter(said)
    others = old.filter(cohort_id=None).exclude(recipient__startswith="erased-")
    blanked = in_chunks(of_cohorts, lambda ids: blank_letters(ids=ids), dry_run)
    return blanked + in_chunks(others, lambda ids: erase_mail(ids=ids), dry_run)


def expire_links(before: datetime, dry_run: bool) -> int:
    """Until then an expired link still offers a new one."""
    return in_chunks(PurposeLink.objects.filter(expires_at__lt=before), delete_chunk(PurposeLink), dry_run)


def expire_traces(before: datetime, dry_run: bool) -> int:
    return in_chunks(AuditEvent.objects.filter(at__lt=before), delete_chunk(AuditEvent), dry_run)


def expire_failures(before: datetime, dry_run: bool) -> int:
    old = Job.objects.filter(created_at__lt=before).exclude(error_text="")
    return in_chunks(old, lambda ids: Job.objects.filter(pk__in=ids).update(error_text=""), dry_run)


def expire_sessions(before: datetime, dry_run: bool) -> int:
    sessions = in_chunks(Session.objects.filter(expire_date__lt=before), delete_chunk(Session), dry_run)
    living = Session.objects.filter(expire_date__gte=before).values("session_key")
    left = UserSession.objects.exclude(session_key__in=living)
    return sessions + in_chunks(left, delete_chunk(UserSession), dry_run)


def expire_accounts(before: datetime, dry_run: bool) -> int:
    """Made by an application or an invitation, and never used for anything since."""
    unused = User.objects.filter(last_login=None, applications=None, memberships=None, date_joined__lt=before)
    return in_chunks(leave_out_needed(unused), _drop_accounts, dry_run)


def _drop_accounts(ids: list[Any]) -> None:
    for user in User.objects.filter(pk__in=ids):
        with suppress(DomainError):  # she is still named somewhere, as an organisation's contact
            drop_account(user=user, by=SYSTEM)


RULES = (
    Rule(
        "letters",
        Term(months=12),
        expire_letters,
        _("What our letters say"),
        _("%(number)d months after they were sent"),
    ),
    Rule(
        "sign_in_letters",
        Term(days=30),
        expire_sign_in_letters,
        _("Letters with a code to sign in"),
        _("%(number)d days"),
    ),
    Rule("links", Term(months=12), expire_links),
    Rule("failures", Term(months=12), expire_failures),
    Rule("sessions", Term(), expire_sessions),
    Rule(
        "accounts",
        Term(months=12),
        expire_accounts,
        _("An account that nobody ever used"),
        _("%(number)d months after it was made"),
    ),
    Rule(
        "traces",
        Term(months=24),
        expire_traces,
        _("Who did what on this site"),
        _("%(number)d months, without your answers"),
    ),
)
