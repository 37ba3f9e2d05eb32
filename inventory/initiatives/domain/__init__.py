"""Entered by organisations, reviewed and published by IWiM staff."""

from inventory.initiatives.domain.editions import adopt_cohort, remove_edition, save_edition
from inventory.initiatives.domain.entering import create_initiative, save_answers, save_sheet
from inventory.initiatives.domain.evidence import add_evidence, remove_evidence, take_evidence_away
from inventory.initiatives.domain.opening import open_record, open_sheet
from inventory.initiatives.domain.review import (
    accept_record,
    archive_record,
    ask_about,
    give_up_draft,
    publish_record,
    reply_to,
    return_record,
    submit_record,
    take_up_record,
)

__all__ = [
    "accept_record",
    "add_evidence",
    "adopt_cohort",
    "archive_record",
    "ask_about",
    "create_initiative",
    "give_up_draft",
    "open_record",
    "open_sheet",
    "publish_record",
    "remove_edition",
    "remove_evidence",
    "reply_to",
    "return_record",
    "save_answers",
    "save_edition",
    "save_sheet",
    "submit_record",
    "take_evidence_away",
    "take_up_record",
]
