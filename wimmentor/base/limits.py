"""Rate limits in the database cache: they hold when Redis is down and are shared by all processes."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wimmentor.base.errors import DomainError


class TooMany(DomainError):
    pass


def client_address(request: HttpRequest) -> str:
    """The address behind TRUSTED_PROXY_COUNT proxies; a forged header in front of them changes nothing."""
    hops: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    header: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    forwarded = [part.strip() for part in header.split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return str(request.META.get("REMOTE_ADDR", ""))


def spend(action: str, key: str, *, allowed: int, seconds: int) -> None:
    """Count one use of `action` by `key`; raises TooMany after `allowed` uses in any `seconds`.

    Each use takes a slot of its own, which comes free `seconds` later. Counting up in one entry would not do:
    the cache reads and writes in two steps, and begins the entry's time anew with every use.
    """
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{action}:{key}".encode()).hexdigest()
    slots = [f"limit:{action}:{digest}:{number}" for number in range(allowed)]
    taken = cache.get_many(slots)
    if any(slot not in taken and cache.add(slot, 1, seconds) for slot in slots):
        return
    raise TooMany(_("That is too often for now. Your text is still here. Try again in a few minutes."), code="too_many")
