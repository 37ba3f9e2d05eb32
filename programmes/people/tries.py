"""Wrong tries for one account: passwords, and codes that were mailed.

The eleventh is refused, whether they come from one address or from many. One address takes at most half of what the
account has from all together, so that nobody shuts its owner out alone; where several do, the letter with the link is
left to her.
"""

from allauth.core.internal.ratelimit import RateLimitUsage, clear, consume
from django.http import HttpRequest

from wimmentor.base.limits import client_address
from wimmentor.base.text import fold_email

APP = "allauth.account"
PASSWORD, CODE = "wrong_password", "wrong_code"
# Their rates stand in ACCOUNT_RATE_LIMITS.
SHARE, ALL = "share", "all"
Tried = list[RateLimitUsage] | None


def take_try(request: HttpRequest, action: str, email: str) -> Tried:
    """Counted before it is known how it ends; `give_back` where it ends well. None: there is none left."""
    account = fold_email(email)
    share = consume(request, app=APP, action=f"{action}_{SHARE}", key=name_place(request, account))
    left = consume(request, app=APP, action=f"{action}_{ALL}", key=account, dry_run=share is None)
    return None if left is None else [usage for usage in (share, left) if usage is not None]


def give_back(usages: Tried) -> None:
    for usage in usages or ():
        usage.rollback()


def forget_tries(request: HttpRequest, action: str, email: str) -> None:
    """She has proven who she is."""
    account = fold_email(email)
    clear(request, app=APP, action=f"{action}_{SHARE}", key=name_place(request, account))
    clear(request, app=APP, action=f"{action}_{ALL}", key=account)


def name_place(request: HttpRequest, account: str) -> str:
    return f"{account}|{client_address(request)}"
