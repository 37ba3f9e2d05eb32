"""Names of the kinds of e-mail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "application_confirm": _("Confirm the address"),
    "application_received": _("Application received"),
    "application_resume": _("Go on with the form"),
    "application_page": _("Link to her own page"),
    "decision_accepted": _("Accepted"),
    "decision_waitlisted": _("On the waiting list"),
    "decision_declined": _("No place this time"),
    "offer_mentee": _("A mentor for you"),
    "offer_mentor": _("A mentee for you"),
    "offer_reminder": _("Reminder of an offer"),
    "offer_ended": _("An offer has ended"),
    "pair_confirmed": _("You are a pair"),
    "pair_link": _("Link to the pair's page"),
    "pair_ended": _("A pair has ended"),
    "imported_notice": _("You are on our list"),
}


def name_kind(kind: str) -> str:
    return str(KINDS.get(kind, kind.replace("_", " ")))
