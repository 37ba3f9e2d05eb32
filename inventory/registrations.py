"""Fills the registries of lower rooms with what the inventory does."""

from inventory.initiatives.sections import list_entries, list_review_work
from programmes.organisations.registry import register_desk_section, register_overview_section


def register() -> None:
    register_overview_section(list_entries)
    register_desk_section(list_review_work)
