"""Every change on the board is one step: the rules of a mentee before and after, so that it can be taken back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from matching.board.models import BoardStep, PairRule
from programmes.applications.models import Application
from programmes.audit.domain import record_event
from programmes.cohorts.domain.minutes import add_minutes
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict

TASK = "matching"
# What a rule about a pair shall be: kind, reason, breaks_rule; None = no rule.
Wanted = Mapping[int, dict[str, str] | None]


def hold_cohort(cohort: Cohort) -> None:
    """One change at a time in a cohort: what was checked is still so when it is written."""
    list(Cohort.objects.select_for_update().filter(pk=cohort.pk).values_list("pk"))


def record_step(
    *, cohort: Cohort, mentee: Application, mentor: Application, action: str, wanted: Wanted, by: Actor
) -> BoardStep:
    """`wanted`: by mentor id, what the rule about her and this mentee shall be."""
    before = read_rules(mentee, wanted)
    write_rules(cohort=cohort, mentee=mentee, wanted=wanted, by=by)
    step = BoardStep.objects.create(
        cohort=cohort,
        mentee=mentee,
        mentor=mentor,
        action=action,
        before=before,
        after=read_rules(mentee, wanted),
        by_id=by.user_id,
    )
    note_step(step, f"board.{action}", by)
    return step


def note_step(step: BoardStep, verb: str, by: Actor) -> None:
    organisation_id = step.cohort.programme.organisation_id
    record_event(verb, by=by, subject=step, organisation_id=organisation_id, cohort_id=step.cohort_id)
    add_minutes(cohort=step.cohort, task=TASK, user_id=by.user_id)


def read_rules(mentee: Application, mentors: Iterable[int]) -> list[dict[str, Any]]:
    rows = PairRule.objects.filter(mentee=mentee, mentor_id__in=list(mentors)).order_by("mentor_id")
    return [
        {"mentor": rule.mentor_id, "kind": rule.kind, "reason": rule.reason, "breaks_rule": rule.breaks_rule}
        for rule in rows
    ]


def write_rules(*, cohort: Cohort, mentee: Application, wanted: Wanted, by: Actor) -> None:
    """The database holds one rule a pair and one lock a mentee, whoever else writes."""
    try:
        with transaction.atomic():
            PairRule.objects.filter(mentee=mentee, mentor_id__in=list(wanted)).delete()
            for mentor_id, values in wanted.items():
                if values is not None:
                    PairRule.objects.create(
                        cohort=cohort, mentee=mentee, mentor_id=mentor_id, created_by_id=by.user_id, **values
                    )
    except IntegrityError as error:
        raise Conflict(_("Somebody fixed %(mentee)s at this moment.") % {"mentee": mentee.name}) from error
