"""Rate limits in the database cache: they hold when Redis is down and are shared by all processes."""

import hashlib
from ipaddress import IPv4Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wimmentor.base.errors import DomainError

HOUR = 3600
# An hour, to one recipient: asked from one address, and from all together.
LETTERS_FROM_ONE, LETTERS_FROM_ALL = 6, 24


class TooMany(DomainError):
    pass


def client_address(request: HttpRequest) -> str:
    """The address behind TRUSTED_PROXY_COUNT proxies; a forged header in front of them changes nothing.

    Of IPv6 the first address of its /64: that many belong to one visitor, who would else go round every limit.
    """
    hops: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    header: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    forwarded = [part.strip() for part in header.split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return _network(forwarded[-hops])
    return _network(str(request.META.get("REMOTE_ADDR", "")))


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False).network_address)


def spend(action: str, key: str, *, allowed: int, seconds: int) -> None:
    """Count one use of `action` by `key`; raises TooMany after `allowed` uses in any `seconds`.

    Each use takes a slot of its own, which comes free `seconds` later. Counting up in one entry would not do:
    the cache reads and writes in two steps, and begins the entry's time anew with every use.
    """
    slots = _slots(action, key, allowed)
    taken = cache.get_many(slots)
    if any(slot not in taken and cache.add(slot, 1, seconds) for slot in slots):
        return
    raise _too_many()


def spend_letter(action: str, recipient: str, request: HttpRequest) -> None:
    """Somebody asks for a letter to `recipient`. Whoever asks too often is refused where she asks from, and leaves the
    recipient herself a way from elsewhere; from all places together no mailbox is filled."""
    spend(f"{action}-here", f"{recipient}|{client_address(request)}", allowed=LETTERS_FROM_ONE, seconds=HOUR)
    spend(f"{action}-all", recipient, allowed=LETTERS_FROM_ALL, seconds=HOUR)


def refuse_spent(action: str, key: str, *, allowed: int) -> None:
    """Raises TooMany where all uses of `action` by `key` are spent, without spending one: for what counts only when
    it goes wrong."""
    if len(cache.get_many(_slots(action, key, allowed))) == allowed:
        raise _too_many()


def _slots(action: str, key: str, allowed: int) -> list[str]:
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{action}:{key}".encode()).hexdigest()
    return [f"limit:{action}:{digest}:{number}" for number in range(allowed)]


def _too_many() -> TooMany:
    words = _("That is too often for now. Your text is still here. Try again in a few minutes.")
    return TooMany(words, code="too_many")
