"""Fills the registries of lower rooms with what the inventory does."""

from inventory.analysis.sections import link_analysis, list_analysis, show_overview
from inventory.initiatives.guards import ANSWER
from inventory.initiatives.registry import (
    on_answers_changed,
    on_withdrawn,
    register_directory_part,
    register_own_part,
    register_read_elsewhere,
    register_way_on,
)
from inventory.initiatives.sections import list_entries, list_review_work
from inventory.personal_data import HOLDINGS, NOT_PERSONAL, RULES, forget_contact
from inventory.publications.domain import follow_publication, follow_withdrawal
from inventory.publications.queries import taken_down_of
from inventory.publications.sections import offer_data
from inventory.waves.domain import mark_started
from inventory.waves.queries import without_responses
from inventory.waves.registry import on_wave_published, register_left_out
from inventory.waves.renewal import ANSWER_LINK, ANSWER_RENEWAL
from inventory.waves.sections import find_open_wave, list_wave, list_wave_work, show_wave
from programmes.access.links import register_purpose
from programmes.access.renewals import register_renewal
from programmes.organisations.registry import register_desk_section, register_overview_section
from programmes.people.erasure import register_erasure
from programmes.people.holdings import register_not_personal, register_personal_data
from programmes.people.retention import register_rules


def register() -> None:
    register_purpose(ANSWER_LINK)
    register_renewal(ANSWER, ANSWER_RENEWAL)
    register_overview_section(list_wave)
    register_overview_section(list_entries)
    register_desk_section(list_wave_work)
    register_desk_section(list_review_work)
    register_desk_section(list_analysis)
    register_own_part(show_wave)
    register_way_on(find_open_wave)
    register_read_elsewhere(without_responses)
    register_own_part(link_analysis)
    register_directory_part(show_overview, place="above")
    on_answers_changed(mark_started)
    on_wave_published(follow_publication)
    on_withdrawn(follow_withdrawal)
    register_left_out(taken_down_of)
    register_directory_part(offer_data, place="below")
    register_not_personal(NOT_PERSONAL)
    register_personal_data(*HOLDINGS)
    register_erasure(forget_contact)
    register_rules(*RULES)
