"""Fills the registries of lower rooms with what the inventory does."""

from inventory.initiatives.sections import list_entries, list_review_work
from inventory.personal_data import NOT_PERSONAL
from programmes.organisations.registry import register_desk_section, register_overview_section
from programmes.people.holdings import register_not_personal


def register() -> None:
    register_overview_section(list_entries)
    register_desk_section(list_review_work)
    register_not_personal(NOT_PERSONAL)
