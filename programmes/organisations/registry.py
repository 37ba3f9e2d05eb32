"""Sections of the desk and of an organisation's page that higher areas fill (programmes and cohorts, inventory)."""

from collections.abc import Callable

from programmes.access.permissions import Permission
from programmes.organisations.models import Organisation
from programmes.people.models import User
from programmes.people.registry import Section, shown_sections

DeskSections = Callable[[User], list[Section]]
OverviewSection = Callable[[Organisation, frozenset[Permission]], Section | None]
_desk: list[DeskSections] = []
_overview: list[OverviewSection] = []


def register_desk_section(make: DeskSections) -> None:
    """`make(user)` gives sections for all organisations of the person at once, at a fixed number of queries."""
    if make not in _desk:
        _desk.append(make)


def register_overview_section(make: OverviewSection) -> None:
    if make not in _overview:
        _overview.append(make)


def desk_sections(user: User) -> list[Section]:
    return shown_sections(section for make in _desk for section in make(user))


def overview_sections(organisation: Organisation, permissions: frozenset[Permission]) -> list[Section]:
    return shown_sections(make(organisation, permissions) for make in _overview)
