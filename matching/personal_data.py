"""What matching holds about a person. What is about both of a pair is nobody's alone, and stays out of the export."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matching.board.models import Offer
from matching.runs.models import Proposal
from programmes.applications.personal_data import applications_of
from programmes.people.holdings import Holding, Person

NOT_PERSONAL = {
    "matching.MatchingRun": "Codes and keyed digests of all people of a cohort together, so that its proof holds.",
    "matching.PairRule": "A coordinator's word on two people together.",
    "matching.BoardStep": "A coordinator's change of the above.",
}
_OTHER = "Who the other one is."
_TOGETHER = "Compares her with the other one."
_BOTH = {"mentee": _OTHER, "mentor": _OTHER, "parts": _TOGETHER, "run": "Of the whole cohort."}


def _rows(model: Any, side: str) -> Any:
    def rows(person: Person) -> QuerySet[Any]:
        return model.objects.filter(**{f"{side}__in": applications_of(person)})

    return rows


def _answers_of(side: str) -> dict[str, str]:
    names = ("answer", "answered_at", "answered_for")
    return {**{f"{side}_{name}": "The other one's answer." for name in names}, "sent_by": "A coordinator."}


HOLDINGS = (
    Holding("proposals_as_mentee", _("Mentors proposed for you"), Proposal, _rows(Proposal, "mentee"), _BOTH),
    Holding("proposals_as_mentor", _("Mentees proposed for you"), Proposal, _rows(Proposal, "mentor"), _BOTH),
    Holding(
        "offers_as_mentee",
        _("Questions to you about a mentor, and your answers"),
        Offer,
        _rows(Offer, "mentee"),
        {**_BOTH, **_answers_of("mentor")},
    ),
    Holding(
        "offers_as_mentor",
        _("Questions to you about a mentee, and your answers"),
        Offer,
        _rows(Offer, "mentor"),
        {**_BOTH, **_answers_of("mentee")},
    ),
)
