"""What higher rooms know and do about an application: offers end when she withdraws, and hold her while they are
open; whoever was offered a place stays when an import is undone. Filled in registrations."""

from collections.abc import Callable

from programmes.applications.models import Application

Withdrawn = Callable[[Application], None]
LiveOffers = Callable[[set[int]], set[int]]
LettersAbout = Callable[[Application], list[str]]
Held = Callable[[set[int]], dict[int, str]]
Counted = Callable[[set[int]], set[int]]
_on_withdrawn: list[Withdrawn] = []
_live_offers: list[LiveOffers] = []
_letters_about: list[LettersAbout] = []
_held: list[Held] = []
_counted: list[Counted] = []
_on_erased: list[Withdrawn] = []


def register_letters_about(function: LettersAbout) -> None:
    """`function`: beginnings of the event keys of letters that tell others about her."""
    if function not in _letters_about:
        _letters_about.append(function)


def letters_about(application: Application) -> tuple[str, ...]:
    return tuple(key for function in _letters_about for key in function(application))


def on_erased(function: Withdrawn) -> None:
    """`function` blanks what higher rooms wrote about her in free words; it runs whenever her answers go."""
    if function not in _on_erased:
        _on_erased.append(function)


def tell_erased(application: Application) -> None:
    for function in _on_erased:
        function(application)


def on_withdrawn(function: Withdrawn) -> None:
    """`function` runs inside the withdrawal's transaction, while her answers are still there."""
    if function not in _on_withdrawn:
        _on_withdrawn.append(function)


def tell_withdrawn(application: Application) -> None:
    for function in _on_withdrawn:
        function(application)


def register_live_offers(function: LiveOffers) -> None:
    """`function`: of these application ids, those with an open offer or a confirmed pair."""
    if function not in _live_offers:
        _live_offers.append(function)


def with_live_offers(ids: set[int]) -> set[int]:
    return {pk for function in _live_offers for pk in function(ids)}


def register_held(function: Held) -> None:
    """`function`: of these application ids, those that an undone import may not take away, each with the reason."""
    if function not in _held:
        _held.append(function)


def held_by_others(ids: set[int]) -> dict[int, str]:
    return {pk: reason for function in _held for pk, reason in function(ids).items()}


def register_counted(function: Counted) -> None:
    """`function`: of these application ids, those that results refer to: their rows are blanked, never deleted."""
    if function not in _counted:
        _counted.append(function)


def counted_by_others(ids: set[int]) -> set[int]:
    return {pk for function in _counted for pk in function(ids)}
