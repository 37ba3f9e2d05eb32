"""What happens to offers when somebody withdraws or a pair ends. Called through registries of lower rooms."""

from typing import Any

from django.db.models import Q

from matching.board import emails, offer_queries
from matching.board.domain.endings import close_offer, record_offer, return_place
from matching.board.figures import record_figures
from matching.board.models import BoardStep, Offer, PairRule
from programmes.access import links
from programmes.applications.models import Application
from programmes.mentorships.domain import hold_mentor_of
from programmes.mentorships.models import Mentorship
from programmes.mentorships.sharing import other_side
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

State = Offer.State


def end_offers_of(application: Application) -> None:
    """Inside her withdrawal: live offers end, the other side is told, her own links stop working."""
    side = application.role
    for offer in offer_queries.live_offers(application):
        hold_mentor_of(application, offer.mentor_id)
        if close_offer(offer, State.WITHDRAWN, instant=clock.database_now(), tell=(other_side(side),)):
            record_offer("offer.withdrawn", offer, SYSTEM, because="withdrawal")
            record_figures(offer.cohort)
    for pk in offer_queries.offers_of_person(application).values_list("pk", flat=True):
        links.revoke_links(purpose=f"offer.{side}", subject_id=pk)


def free_ended_pair(mentorship: Mentorship) -> None:
    """Inside the ending of a pair, which has its own event and letters: its offer no longer holds the two."""
    instant = clock.database_now()
    for offer in offer_queries.full_offers().filter(mentorship=mentorship, state=State.CONFIRMED):
        changed = Offer.objects.filter(pk=offer.pk, state=State.CONFIRMED).update(
            state=State.WITHDRAWN, ended_at=instant, changed_at=instant
        )
        if changed:
            return_place(offer)
            emails.hold_reminders(offer, "mentee", "mentor")
            record_figures(offer.cohort)


def blank_reasons(application: Application) -> None:
    """What a coordinator wrote in free words about her and somebody else. The rules stay, and steps that were taken
    can still be taken back: rule and step are blanked alike."""
    hers = Q(mentee=application) | Q(mentor=application)
    PairRule.objects.filter(hers).exclude(reason="").update(reason="")
    for step in BoardStep.objects.filter(cohort_id=application.cohort_id):
        before, after = (_without_reasons(step, rows, application.pk) for rows in (step.before, step.after))
        if (before, after) != (step.before, step.after):
            BoardStep.objects.filter(pk=step.pk).update(before=before, after=after)


def _without_reasons(step: BoardStep, rows: list[dict[str, Any]], pk: int) -> list[dict[str, Any]]:
    return [{**row, "reason": ""} if pk in (step.mentee_id, row["mentor"]) else row for row in rows]
