"""Lists of things with an address, shown on a person's page. Higher areas fill them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise

from programmes.people.models import User

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """`badge`: (done | now | waiting | attention, word); `next_step`: what comes next and when."""

    title: Text
    url: str
    text: Text = ""
    badge: tuple[str, Text] | None = None
    next_step: Text = ""


@dataclass(frozen=True)
class Section:
    """`empty` is (fact, what fills it); without it an empty section is not shown."""

    heading: Text
    entries: list[Entry] = field(default_factory=list)
    meta: Text = ""
    url: str = ""
    link_text: Text = ""
    empty: tuple[Text, Text] | None = None


AccountSection = Callable[[User], Section | None]
_account_sections: list[AccountSection] = []


def register_account_section(make: AccountSection) -> None:
    if make not in _account_sections:
        _account_sections.append(make)


def account_sections(user: User) -> list[Section]:
    return shown_sections(make(user) for make in _account_sections)


def shown_sections(sections: Iterable[Section | None]) -> list[Section]:
    return [section for section in sections if section is not None and (section.entries or section.empty)]


AddressFollower = Callable[[User, str], None]
_address_followers: list[AddressFollower] = []


def on_address_changed(follow: AddressFollower) -> None:
    """`follow(user, before)`: what else was hers under the address that she had before."""
    if follow not in _address_followers:
        _address_followers.append(follow)


def tell_address(user: User, before: str) -> None:
    for follow in _address_followers:
        follow(user, before)


_language_followers: list[Callable[[User], None]] = []


def on_language_chosen(follow: Callable[[User], None]) -> None:
    """`follow(user)`: what else of hers is worded in the language that she has just chosen."""
    if follow not in _language_followers:
        _language_followers.append(follow)


def tell_language(user: User) -> None:
    for follow in _language_followers:
        follow(user)


LeaveOut = Callable[[QuerySet[User]], QuerySet[User]]
_needs: list[LeaveOut] = []


def register_account_need(leave_out: LeaveOut) -> None:
    """`leave_out(users)`: without those whose address is in use, although nothing points to the account."""
    if leave_out not in _needs:
        _needs.append(leave_out)


def leave_out_needed(users: QuerySet[User]) -> QuerySet[User]:
    for leave_out in _needs:
        users = leave_out(users)
    return users
