"""Purpose links: made with a secret, stored hashed, exchanged for a short session and a redirect.

A GET never changes anything (mail scanners open links); what the link opens asks by POST.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from programmes.access.models import PurposeLink
from wimmentor.base import clock

SESSION_KEY = "purpose_links"
SESSION_HOURS = 12
# Of one browser: more than anybody needs, so that a session does not grow without end.
MOST_GRANTS = 50


@dataclass(frozen=True)
class Purpose:
    """`target` gives the address to go to for a subject id; `minutes`, or else `days`: how long a new link works."""

    code: str
    target: Callable[[int], str]
    days: int = 14
    minutes: int = 0

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=self.minutes) if self.minutes else timedelta(days=self.days)


PURPOSES: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    PURPOSES[purpose.code] = purpose


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def create_link(
    *, purpose: str, subject_id: int, user_id: int | None = None, days: int | None = None, language: str = ""
) -> str:
    """The absolute address of a new link. `language`: of the letter that it goes into."""
    token = secrets.token_urlsafe(32)
    PurposeLink.objects.create(
        purpose=purpose,
        token_hash=hash_token(token),
        subject_id=subject_id,
        user_id=user_id,
        language=language,
        expires_at=clock.now() + (timedelta(days=days) if days else PURPOSES[purpose].lasts),
    )
    return settings.SITE_URL + reverse("purpose-link", args=[token])


def find_link(token: str) -> PurposeLink | None:
    return PurposeLink.objects.filter(token_hash=hash_token(token)).first()


def is_usable(link: PurposeLink) -> bool:
    return link.revoked_at is None and link.expires_at > clock.now()


def revoke_links(*, purpose: str, subject_id: int) -> None:
    PurposeLink.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at=None).update(revoked_at=clock.now())


def grant_session(
    request: HttpRequest, *, purpose: str, subject_id: int, link_id: int | None = None, hours: int = SESSION_HOURS
) -> None:
    """Let this browser do `purpose` for one subject during the next hours. What has ended is forgotten."""
    instant = clock.now()
    kept = {name: grant for name, grant in request.session.get(SESSION_KEY, {}).items() if _lasts(grant, instant)}
    kept.pop(f"{purpose}:{subject_id}", None)
    until = int((instant + timedelta(hours=hours)).timestamp())
    latest = list(kept.items())[-(MOST_GRANTS - 1) :]
    request.session[SESSION_KEY] = {**dict(latest), f"{purpose}:{subject_id}": [until, link_id]}


def may_by_link(request: HttpRequest, *, purpose: str, subject_id: int) -> bool:
    grant = request.session.get(SESSION_KEY, {}).get(f"{purpose}:{subject_id}")
    if not grant or not _lasts(grant, clock.now()):
        return False
    if grant[1] is None:
        return True
    return PurposeLink.objects.filter(pk=grant[1], revoked_at=None).exists()


def granted_link(request: HttpRequest, *, purpose: str, subject_id: int) -> int | None:
    """The id of the link by which this browser may, if it came by one."""
    grant = request.session.get(SESSION_KEY, {}).get(f"{purpose}:{subject_id}")
    link_id: int | None = grant[1] if grant else None
    return link_id


def _lasts(grant: list[int], instant: datetime) -> bool:
    return grant[0] >= instant.timestamp()
