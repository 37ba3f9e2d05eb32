"""An expired link can be asked for anew where its area says how."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Renewal:
    """`address` gives the e-mail address of a subject id ("" if there is none any more); `send` mails a new link."""

    address: Callable[[int], str]
    send: Callable[[int], None]


_renewals: dict[str, Renewal] = {}


def register_renewal(purpose: str, renewal: Renewal) -> None:
    _renewals[purpose] = renewal


def find_renewal(purpose: str) -> Renewal | None:
    return _renewals.get(purpose)


def mask_address(email: str) -> str:
    """lucia@example.org -> l…@example.org"""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}" if host else ""
