from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.transitions import Table, change_status

_P = Cohort.Phase

# Opening has its own conditions (open_cohort, extend_deadline), so no move leads to "open".
MOVES: Table = {
    _P.DRAFT.value: frozenset(),
    _P.OPEN.value: frozenset({_P.SELECTING.value, _P.MATCHING.value}),
    _P.SELECTING.value: frozenset({_P.MATCHING.value}),
    _P.MATCHING.value: frozenset({_P.SELECTING.value, _P.CONFIRMING.value}),
    _P.CONFIRMING.value: frozenset({_P.MATCHING.value, _P.RUNNING.value}),
    _P.RUNNING.value: frozenset({_P.CLOSING.value}),
    _P.CLOSING.value: frozenset({_P.RUNNING.value, _P.CLOSED.value}),
    _P.CLOSED.value: frozenset(),
}
REOPENING: Table = {
    _P.OPEN.value: frozenset({_P.OPEN.value}),
    _P.SELECTING.value: frozenset({_P.OPEN.value}),
}


@transaction.atomic
def move_phase(*, cohort: Cohort, to: str, by: Actor) -> Cohort:
    if to == _P.OPEN:
        raise DomainError(
            _("A draft is opened, and a later phase takes applications again when its deadline is extended."),
            code="open_otherwise",
        )
    before = cohort.phase
    change_status(cohort, to, table=MOVES, field="phase")
    record_event(
        "cohort.move_phase",
        by=by,
        subject=cohort,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        before=before,
        after=to,
    )
    return cohort


def next_phases(cohort: Cohort) -> list[tuple[str, str]]:
    """(code, name) of where it can be moved, in the order of the phases."""
    allowed = MOVES[cohort.phase]
    return [(phase.value, str(phase.label)) for phase in Cohort.Phase if phase.value in allowed]
