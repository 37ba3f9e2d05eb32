from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.board.domain.rules import check_pair
from matching.board.domain.steps import Wanted, hold_cohort, note_step, read_rules, write_rules
from matching.board.fit import Couple
from matching.board.models import BoardStep, PairRule
from matching.board.queries import rules_of, steps_to_undo
from matching.board.wording import step_sentence
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


@transaction.atomic
def undo_step(*, cohort: Cohort, by: Actor, step_id: int | None = None) -> BoardStep | None:
    """Take the last step back. `step_id`: the step that the page showed; None: it was taken back already."""
    hold_cohort(cohort)
    last = steps_to_undo(cohort).first()
    if step_id is not None and (last is None or last.pk != step_id):
        _refuse_other(cohort, step_id, last, by)
        return None
    if last is None:
        raise DomainError(_("There is no step to take back."), code="nothing_to_undo")
    wanted = _wanted(last)
    if read_rules(last.mentee, wanted) != last.after:
        raise Conflict(
            _("The pair was changed after this step, so it cannot be taken back."),
            yours={_("To be taken back"): step_sentence(last, by.user_id)},
            theirs={last.mentee.name: _describe(read_rules(last.mentee, wanted))},
        )
    _check_restored(cohort, last)
    write_rules(cohort=cohort, mentee=last.mentee, wanted=wanted, by=by)
    last.undone_at = clock.now()
    last.save(update_fields=["undone_at"])
    note_step(last, "board.undo", by)
    return last


def _wanted(step: BoardStep) -> Wanted:
    """What each pair that the step touched was before it."""
    wanted: dict[int, dict[str, str] | None] = {row["mentor"]: None for row in step.after}
    wanted |= {row["mentor"]: {key: row[key] for key in ("kind", "reason", "breaks_rule")} for row in step.before}
    return wanted


def _check_restored(cohort: Cohort, step: BoardStep) -> None:
    """A lock that comes back must still be possible."""
    touched = set(_wanted(step))
    rules = [rule for rule in rules_of(cohort) if not (rule.mentee_id == step.mentee_id and rule.mentor_id in touched)]
    for row in step.before:
        if row["kind"] == PairRule.Kind.LOCK:
            mentor = Application.objects.get(pk=row["mentor"])
            check_pair(cohort=cohort, couple=Couple(step.mentee, mentor), rules=rules, despite=None)


def _refuse_other(cohort: Cohort, step_id: int, last: BoardStep | None, by: Actor) -> None:
    """A step that was taken back already is no reason to complain: the button was pressed twice."""
    seen = BoardStep.objects.filter(cohort=cohort, pk=step_id).select_related("mentee", "mentor", "by").first()
    if seen is None or seen.undone_at is not None:
        return
    raise Conflict(
        _("There is a later step now. Steps are taken back one by one, the last first."),
        yours={_("To be taken back"): step_sentence(seen, by.user_id)},
        theirs={_("The last step"): step_sentence(last, by.user_id) if last else ""},
    )


def _describe(rows: list[dict[str, Any]]) -> str:
    return ", ".join(str(PairRule.Kind(row["kind"]).label) for row in rows) or _("no lock and no ban")
