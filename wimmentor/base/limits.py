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
    hops = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return str(request.META.get("REMOTE_ADDR", ""))


def spend(action: str, key: str, *, allowed: int, seconds: int) -> None:
    """Count one use of `action` by `key`; raises TooMany after `allowed` uses in `seconds`."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{action}:{key}".encode()).hexdigest()
    name = f"limit:{action}:{digest}"
    if cache.add(name, 1, seconds):
        return
    try:
        used = cache.incr(name)
    except ValueError:
        cache.set(name, 1, seconds)
        return
    if used > allowed:
        raise TooMany(
            _("That is too often for now. Your text is still here. Try again in a few minutes."), code="too_many"
        )
