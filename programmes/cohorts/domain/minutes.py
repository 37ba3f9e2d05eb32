"""The coordinator's minutes: what she spends, kept from what she does. Looking at a page writes nothing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum

from programmes.cohorts.models import Cohort, CohortFigures, Minutes
from wimmentor.base import clock

LONGEST_GAP = timedelta(minutes=5)


@transaction.atomic
def add_minutes(*, cohort: Cohort, task: str, user_id: int | None) -> None:
    """Add the time since her last action at this task; a longer gap was a pause. Commands and the system: nothing."""
    if user_id is None:
        return
    instant = clock.now()
    today = clock.wall_of(instant, cohort.time_zone).date()
    own = Minutes.objects.filter(cohort=cohort, user_id=user_id, task=task)
    entry = own.order_by("-last_at").first()
    # work that goes on past midnight stays with the day on which it began
    if entry is None or (entry.day != today and instant - entry.last_at > LONGEST_GAP):
        own.get_or_create(cohort=cohort, user_id=user_id, task=task, day=today, defaults={"last_at": instant})
    elif _advance(entry, instant):
        _sum_up(cohort)


def _advance(entry: Minutes, instant: datetime) -> int:
    """Seconds added. The condition on `last_at` makes two tabs count the same stretch once."""
    gap = instant - entry.last_at
    seconds = int(gap.total_seconds()) if timedelta(0) < gap <= LONGEST_GAP else 0
    # the rest of a second is kept for the next action
    last_at = entry.last_at + timedelta(seconds=seconds) if gap <= LONGEST_GAP else instant
    held = Minutes.objects.filter(pk=entry.pk, last_at=entry.last_at)
    return seconds if held.update(seconds=F("seconds") + seconds, last_at=last_at) else 0


def _sum_up(cohort: Cohort) -> None:
    total = Minutes.objects.filter(cohort=cohort).aggregate(total=Sum("seconds"))["total"] or 0
    figures, _fresh = CohortFigures.objects.get_or_create(
        cohort=cohort, defaults={"method": cohort.programme.matching_method}
    )
    CohortFigures.objects.filter(pk=figures.pk).update(minutes=total // 60)
