"""What higher rooms know about a pair and do when it ends. Filled in matching/registrations.py."""

from collections.abc import Callable

from programmes.mentorships.models import Mentorship

Ended = Callable[[Mentorship], None]
Reasons = Callable[[Mentorship, str], list[str]]
_on_ended: list[Ended] = []
_reasons: list[Reasons] = []


def on_ended(function: Ended) -> None:
    """`function` runs inside the transaction that ends the pair: the mentor's place comes free."""
    if function not in _on_ended:
        _on_ended.append(function)


def tell_ended(mentorship: Mentorship) -> None:
    for function in _on_ended:
        function(mentorship)


def register_reasons(source: Reasons) -> None:
    _reasons[:] = [source]


def reasons_of(mentorship: Mentorship, side: str = "") -> list[str]:
    """Sentences on why the two were brought together, in the reader's language: to one side of the pair as "you"."""
    return _reasons[0](mentorship, side) if _reasons else []
