"""Fills the registries of lower rooms with what matching does."""

from collections.abc import Callable

from django.urls import reverse

from matching.board import domain, offer_pages, offer_queries
from matching.board.queries import list_rule_wishes
from matching.board.renewals import renewal_for
from matching.personal_data import HOLDINGS, NOT_PERSONAL
from matching.runs.domain import JOB_KIND, compute_run
from matching.runs.queries import counted_in_runs
from matching.runs.registry import register_wish_source
from programmes.access.links import Purpose, register_purpose
from programmes.access.renewals import register_renewal
from programmes.applications.models import Application
from programmes.applications.registry import (
    on_erased,
    on_withdrawn,
    register_counted,
    register_held,
    register_letters_about,
    register_live_offers,
)
from programmes.jobs.registry import register_kind, register_sweep
from programmes.mentorships.registry import on_ended, register_reasons
from programmes.mentorships.sharing import SIDES
from programmes.people.holdings import register_not_personal, register_personal_data
from programmes.people.registry import register_account_section

SWEEPS = {
    "offers.expire": domain.expire_due_offers,
    "offers.remind": domain.remind_due_offers,
    "offers.all_answered": domain.mark_all_answered,
}


def register() -> None:
    register_kind(JOB_KIND, compute_run)
    register_wish_source(list_rule_wishes)
    register_wish_source(offer_queries.held_and_declined)
    for side in SIDES:
        register_purpose(Purpose(f"offer.{side}", _offer_page(side), days=60))
        register_renewal(f"offer.{side}", renewal_for(side))
    for name, run in SWEEPS.items():
        register_sweep(name, run)
    on_withdrawn(domain.end_offers_of)
    register_letters_about(_letters_about)
    register_live_offers(offer_queries.held_by_offers)
    register_held(offer_queries.offered_a_place)
    register_counted(counted_in_runs)
    on_erased(domain.blank_reasons)
    register_personal_data(*HOLDINGS)
    register_not_personal(NOT_PERSONAL)
    on_ended(domain.free_ended_pair)
    register_reasons(offer_pages.reasons_for)
    register_account_section(offer_pages.account_offers)


def _letters_about(application: Application) -> list[str]:
    """Offers tell each side about the other; that one has ended names nobody."""
    offers = offer_queries.offers_of_person(application).values_list("pk", flat=True)
    return [f"{event}:{offer}" for offer in offers for event in ("offer.sent", "offer.reminder", "offer.link")]


def _offer_page(side: str) -> Callable[[int], str]:
    return lambda pk: reverse("offer-answer", kwargs={"pk": pk, "side": side})
