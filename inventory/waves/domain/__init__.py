"""Survey waves: planned and opened by IWiM, answered by organisations, read, published."""

from inventory.waves.domain.imports import apply_import, discard_import, prepare_import
from inventory.waves.domain.letters import change_contact, send_letters
from inventory.waves.domain.merging import merge_organisations
from inventory.waves.domain.publishing import publish_wave
from inventory.waves.domain.responding import (
    confirm_all_unchanged,
    confirm_unchanged,
    declare_none,
    mark_started,
    submit_response,
)
from inventory.waves.domain.reviewing import accept_response, return_response, take_up_response
from inventory.waves.domain.waves import ask_organisation, edit_wave, open_wave, plan_wave

__all__ = [
    "accept_response",
    "apply_import",
    "ask_organisation",
    "change_contact",
    "confirm_all_unchanged",
    "confirm_unchanged",
    "declare_none",
    "discard_import",
    "edit_wave",
    "mark_started",
    "merge_organisations",
    "open_wave",
    "plan_wave",
    "prepare_import",
    "publish_wave",
    "return_response",
    "send_letters",
    "submit_response",
    "take_up_response",
]
